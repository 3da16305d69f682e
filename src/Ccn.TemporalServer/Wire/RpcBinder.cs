using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Ccn.TemporalServer.Wire;

/// <summary>
/// Binds every method of the served descriptors without generated code: the descriptor gives names and message types,
/// <see cref="RpcHandlers"/> says who answers, and whatever nobody answers is UNIMPLEMENTED.
/// </summary>
internal sealed class RpcBinder(IEnumerable<RpcHandlerRegistration> registrations, IServiceProvider services, RpcInvoker invoker)
    : IServiceMethodProvider<RpcEndpoint>
{
    private static readonly MethodInfo AddMethod =
        typeof(RpcBinder).GetMethod(nameof(Add), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<RpcEndpoint> context)
    {
        foreach (var service in registrations.GroupBy(r => r.ServiceName, StringComparer.Ordinal))
        {
            var handlers = HandlersOf(service.Key, service.Select(r => r.HandlerType));
            foreach (var method in RpcServices.All[service.Key].Methods)
            {
                AddMethod.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType)
                    .Invoke(this, [context, method, handlers.GetValueOrDefault(method.Name)]);
            }
        }
    }

    /// <summary>The answering method for each RPC of a service. A mistake in a handler class must show at start, not in a call.</summary>
    private static Dictionary<string, MethodInfo> HandlersOf(string serviceName, IEnumerable<Type> types)
    {
        var service = RpcServices.All[serviceName];
        var found = new Dictionary<string, MethodInfo>(StringComparer.Ordinal);
        foreach (var method in types.SelectMany(t => t.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly)))
        {
            if (method.GetParameters() is not [var request, var call] || call.ParameterType != typeof(RpcContext))
            {
                continue;
            }

            var rpc = service.FindMethodByName(method.Name)
                ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} answers no method of {serviceName}.");
            if (request.ParameterType != rpc.InputType.ClrType || method.ReturnType != typeof(Task<>).MakeGenericType(rpc.OutputType.ClrType))
            {
                throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} has not the messages of {rpc.FullName}.");
            }

            if (!found.TryAdd(method.Name, method))
            {
                throw new InvalidOperationException($"{rpc.FullName} is answered by both {found[method.Name].DeclaringType} and {method.DeclaringType}.");
            }
        }

        return found;
    }

    private void Add<TRequest, TResponse>(ServiceMethodProviderContext<RpcEndpoint> context, MethodDescriptor method, MethodInfo? handler)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var binding = new Method<TRequest, TResponse>(
            MethodType.Unary, method.Service.FullName, method.Name, Marshalling.Of<TRequest>(), Marshalling.Of<TResponse>());
        var name = method.Name;
        if (handler is null)
        {
            context.AddUnaryMethod(binding, [], (_, _, _) =>
                throw new RpcException(new Status(StatusCode.Unimplemented, $"unknown method {name}")));
            return;
        }

        var answer = handler.CreateDelegate<Func<TRequest, RpcContext, Task<TResponse>>>(services.GetRequiredService(handler.DeclaringType!));
        context.AddUnaryMethod(binding, [], (_, request, call) => invoker.InvokeAsync(name, answer, request, call));
    }
}
