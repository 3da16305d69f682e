using System.Reflection;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;

namespace Ccn.TemporalServer.Wire;

/// <summary>
/// Binds every method of the served descriptors without generated code: the descriptor gives names and message types,
/// <see cref="RpcMethods"/> says who answers, and whatever nobody answers is UNIMPLEMENTED.
/// </summary>
internal sealed class RpcBinder(RpcMethods methods, RpcInvoker invoker) : IServiceMethodProvider<RpcEndpoint>
{
    private static readonly MethodInfo AddMethod =
        typeof(RpcBinder).GetMethod(nameof(Add), BindingFlags.Instance | BindingFlags.NonPublic)!;

    /// <inheritdoc/>
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<RpcEndpoint> context)
    {
        foreach (var method in methods.Services.SelectMany(service => service.Methods))
        {
            AddMethod.MakeGenericMethod(method.InputType.ClrType, method.OutputType.ClrType).Invoke(this, [context, method]);
        }
    }

    private void Add<TRequest, TResponse>(ServiceMethodProviderContext<RpcEndpoint> context, MethodDescriptor method)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        var binding = new Method<TRequest, TResponse>(
            MethodType.Unary, method.Service.FullName, method.Name, Marshalling.Of<TRequest>(), Marshalling.Of<TResponse>());
        var name = method.Name;
        if (methods.Find<TRequest, TResponse>(method) is { } answer)
        {
            context.AddUnaryMethod(binding, [], (_, request, call) => invoker.InvokeAsync(name, answer, request, call));
        }
        else
        {
            context.AddUnaryMethod(binding, [], (_, _, _) => throw new RpcException(new Status(StatusCode.Unimplemented, $"unknown method {name}")));
        }
    }
}
