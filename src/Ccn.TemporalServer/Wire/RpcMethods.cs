using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Ccn.TemporalServer.Wire;

/// <summary>Which method of which handler class answers each RPC of the served services.</summary>
internal sealed class RpcMethods
{
    private static readonly MethodInfo UntypedMethod = typeof(RpcMethods).GetMethod(nameof(ToUntyped), BindingFlags.Static | BindingFlags.NonPublic)!;

    private readonly Dictionary<string, MethodInfo> handlers = new(StringComparer.Ordinal);
    private readonly IServiceProvider services;

    public RpcMethods(IEnumerable<RpcHandlerRegistration> registrations, IServiceProvider services)
    {
        this.services = services;
        foreach (var service in registrations.GroupBy(r => r.ServiceName, StringComparer.Ordinal))
        {
            Services.Add(RpcServices.All[service.Key]);
            foreach (var type in service.Select(r => r.HandlerType))
            {
                Add(RpcServices.All[service.Key], type);
            }
        }
    }

    /// <summary>The services of which at least one method is answered.</summary>
    public List<Google.Protobuf.Reflection.ServiceDescriptor> Services { get; } = [];

    /// <summary>The answering method; null when nobody answers the RPC.</summary>
    public Func<TRequest, RpcContext, Task<TResponse>>? Find<TRequest, TResponse>(MethodDescriptor method) =>
        handlers.TryGetValue(method.FullName, out var handler)
            ? handler.CreateDelegate<Func<TRequest, RpcContext, Task<TResponse>>>(services.GetRequiredService(handler.DeclaringType!))
            : null;

    /// <summary>The same for callers that know the message types only by their descriptors.</summary>
    public Func<IMessage, RpcContext, Task<IMessage>>? Find(MethodDescriptor method) =>
        (Func<IMessage, RpcContext, Task<IMessage>>?)UntypedMethod.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(null, [this, method]);

    private static Func<IMessage, RpcContext, Task<IMessage>>? ToUntyped<TRequest, TResponse>(RpcMethods methods, MethodDescriptor method)
        where TRequest : IMessage
        where TResponse : IMessage =>
        methods.Find<TRequest, TResponse>(method) is { } answer ? async (request, call) => await answer((TRequest)request, call) : null;

    // A mistake in a handler class must show at start, not in a call.
    private void Add(Google.Protobuf.Reflection.ServiceDescriptor service, Type type)
    {
        foreach (var method in type.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly))
        {
            if (method.GetParameters() is not [var request, var call] || call.ParameterType != typeof(RpcContext))
            {
                continue;
            }

            var rpc = service.FindMethodByName(method.Name)
                ?? throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} answers no method of {service.FullName}.");
            if (request.ParameterType != rpc.InputType.ClrType || method.ReturnType != typeof(Task<>).MakeGenericType(rpc.OutputType.ClrType))
            {
                throw new InvalidOperationException($"{method.DeclaringType}.{method.Name} has not the messages of {rpc.FullName}.");
            }

            if (!handlers.TryAdd(rpc.FullName, method))
            {
                throw new InvalidOperationException($"{rpc.FullName} is answered by both {handlers[rpc.FullName].DeclaringType} and {method.DeclaringType}.");
            }
        }
    }
}
