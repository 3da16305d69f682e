using Google.Protobuf;
using Grpc.Core;

namespace Ccn.TemporalServer.Wire;

/// <summary>
/// An answer that is an error: status code and text, and the details which clients read from the trailer
/// <c>grpc-status-details-bin</c>. SDKs look at the first detail only, so the telling one comes first.
/// </summary>
/// <param name="code">Status code of the answer. Never <see cref="StatusCode.Internal"/> for a caller's mistake: SDKs retry it.</param>
/// <param name="message">Text of the status, as the real server words it where a client or a person may compare.</param>
/// <param name="details">Messages of <c>temporal.api.errordetails.v1</c>, each packed into an Any.</param>
public sealed class RpcFailure(StatusCode code, string message, params IMessage[] details) : Exception(message)
{
    /// <summary>Status code of the answer.</summary>
    public StatusCode Code { get; } = code;

    /// <summary>Details in the order in which they are sent.</summary>
    public IReadOnlyList<IMessage> Details { get; } = details;
}
