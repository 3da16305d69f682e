using Google.Protobuf;
using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Calls a Temporal service by the name of its request message: the package has the messages, but no client stubs.</summary>
internal static class Rpc
{
    private const string RequestSuffix = "Request";
    private static readonly Marshaller<IMessage> RequestMarshaller =
        Marshallers.Create<IMessage>(message => message.ToByteArray(), _ => throw new NotSupportedException("A client reads no requests."));

    /// <summary>Sends one unary request. <paramref name="timeout"/> becomes the deadline the server sees, 30 s when not given, none when infinite.</summary>
    public static async Task<TResponse> CallAsync<TResponse>(
        this CallInvoker server, IMessage request, CancellationToken cancel, TimeSpan? timeout = null)
        where TResponse : class, IMessage<TResponse>, new()
    {
        var method = new Method<IMessage, TResponse>(
            MethodType.Unary, ServiceOf(request), request.Descriptor.Name[..^RequestSuffix.Length], RequestMarshaller, ResponseMarshaller<TResponse>());
        DateTime? deadline = timeout == Timeout.InfiniteTimeSpan ? null : DateTime.UtcNow + (timeout ?? TimeSpan.FromSeconds(30));
        var options = new CallOptions(deadline: deadline, cancellationToken: cancel);
        return await server.AsyncUnaryCall(method, host: null, options, request);
    }

    private static string ServiceOf(IMessage request) => request.Descriptor.File.Package switch
    {
        "temporal.api.workflowservice.v1" => "temporal.api.workflowservice.v1.WorkflowService",
        "temporal.api.operatorservice.v1" => "temporal.api.operatorservice.v1.OperatorService",
        var package => throw new ArgumentException($"No service is known for messages of {package}.", nameof(request)),
    };

    private static Marshaller<TResponse> ResponseMarshaller<TResponse>()
        where TResponse : class, IMessage<TResponse>, new() =>
        Marshallers.Create(
            response => response.ToByteArray(),
            bytes =>
            {
                var response = new TResponse();
                response.MergeFrom(bytes);
                return response;
            });
}
