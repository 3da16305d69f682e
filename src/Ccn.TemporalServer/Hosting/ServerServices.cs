using Ccn.TemporalServer.Batches;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Frontend;
using Ccn.TemporalServer.Json;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Schedules;
using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Ui;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Grpc.AspNetCore.Server.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ccn.TemporalServer.Hosting;

/// <summary>Puts the parts of the server together.</summary>
internal static class ServerServices
{
    private const int MaxMessageSize = 128 << 20;

    /// <summary>Everything behind the port. Options, clock, store and opening are there already.</summary>
    public static IServiceCollection AddTemporalServer(this IServiceCollection services, TemporalServerOptions options)
    {
        services.AddLogging();
        services.AddSingleton(options.LoggerFactory ?? NullLoggerFactory.Instance);
        services.AddSingleton(options);
        services.AddSingleton(new DynamicConfig(options.DynamicConfig));
        services.AddSingleton<ServerMetrics>();
        services.AddSingleton<CommitPipeline>();

        services.AddSingleton<NamespaceRegistry>();
        services.AddSingleton<SearchAttributeRegistry>();
        services.AddSingleton<IServerPart, NamespaceSetup>();
        services.AddRpcHandlers<NamespaceHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<ClusterHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<OperatorHandlers>(RpcServices.Operator);
        services.AddRpcHandlers<VisibilityHandlers>(RpcServices.Workflow);
        services.AddEngine(options);
        services.AddSchedules();
        services.AddSingleton<NamespaceRemoval>();
        services.AddSingleton<IServerPart>(provider => provider.GetRequiredService<NamespaceRemoval>());
        services.AddSingleton<BatchOperations>();
        services.AddRpcHandlers<BatchHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<WorkerHandlers>(RpcServices.Workflow);
        services.AddSingleton<IServerPart, Retention>();
        return services.AddWire();
    }

    private static IServiceCollection AddWire(this IServiceCollection services)
    {
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessageSize;
            grpc.MaxSendMessageSize = MaxMessageSize;
        });
        services.AddSingleton<RpcMethods>();
        services.AddSingleton<RpcInvoker>();
        services.AddSingleton<JsonApi>();
        services.AddSingleton<WebUiFiles>();
        services.AddSingleton<WebFrontend>();
        services.AddSingleton<HealthState>();
        services.AddSingleton<IServiceMethodProvider<RpcEndpoint>, RpcBinder>();
        return services.AddSingleton<IServiceMethodProvider<RpcEndpoint>, HealthService>();
    }
}
