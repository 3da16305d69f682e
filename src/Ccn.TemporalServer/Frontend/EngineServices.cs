using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Wire;

namespace Ccn.TemporalServer.Frontend;

/// <summary>Registers the engine and the RPCs it answers.</summary>
internal static class EngineServices
{
    /// <summary>Adds workflows, task queues, and (where asked for) the service by which tests steer the clock.</summary>
    public static IServiceCollection AddEngine(this IServiceCollection services, TemporalServerOptions options)
    {
        services.AddSingleton<WorkflowEngine>();
        services.AddSingleton<IServerPart, EnginePart>();
        services.AddRpcHandlers<WorkflowHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<HistoryHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<DescribeHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<UpdateHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<QueryHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<WorkflowTaskHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<ActivityTaskHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<ResetHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<ActivityControlHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<WorkflowControlHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<TaskQueueHandlers>(RpcServices.Workflow);
        services.AddRpcHandlers<RefusedHandlers>(RpcServices.Workflow);
        if (options.TimeSkipping)
        {
            services.AddRpcHandlers<TestServiceHandlers>(RpcServices.Test);
        }

        return services;
    }
}
