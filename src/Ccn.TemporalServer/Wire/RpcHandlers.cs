using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Ccn.TemporalServer.Wire;

/// <summary>Registers classes whose methods answer RPCs.</summary>
internal static class RpcHandlers
{
    /// <summary>
    /// Adds a handler class as a singleton. Every public method of the shape
    /// <c>Task&lt;TResponse&gt; MethodName(TRequest request, RpcContext call)</c> answers the RPC of that name; RPCs which
    /// no class answers are UNIMPLEMENTED. Several classes may share a service, but not a method.
    /// </summary>
    /// <param name="services">Services of the server.</param>
    /// <param name="serviceName">Full proto name, for example <c>temporal.api.workflowservice.v1.WorkflowService</c>.</param>
    public static IServiceCollection AddRpcHandlers<THandlers>(this IServiceCollection services, string serviceName)
        where THandlers : class
    {
        services.TryAddSingleton<THandlers>();
        return services.AddSingleton(new RpcHandlerRegistration(serviceName, typeof(THandlers)));
    }
}

/// <summary>A handler class and the service whose methods it answers.</summary>
internal sealed record RpcHandlerRegistration(string ServiceName, Type HandlerType);
