namespace Ccn.TemporalServer.Wire;

/// <summary>What a handler may know of the call it answers, apart from the request itself.</summary>
/// <param name="Method">Proto name of the method, for example <c>StartWorkflowExecution</c>.</param>
/// <param name="Headers">Text headers of the call by lower-case name; binary ones (<c>-bin</c>) are left out.</param>
/// <param name="Deadline">Instant on the REAL clock at which the caller gives up; null when it set none.</param>
/// <param name="Identity">Network address of the caller. Requests carry the identity that histories record.</param>
/// <param name="ClientName">The <c>client-name</c> header: <c>temporal-dotnet</c>, <c>temporal-cli</c>, <c>temporal-ui</c>, …</param>
/// <param name="Cancellation">Signalled when the caller goes away, its deadline passes or the server stops.</param>
public sealed record RpcContext(
    string Method,
    IReadOnlyDictionary<string, string> Headers,
    DateTimeOffset? Deadline,
    string Identity,
    string? ClientName,
    CancellationToken Cancellation);
