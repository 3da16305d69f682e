using System.Net;

namespace Ccn.Host.Demo;

/// <summary>The API refused: problem details as an exception.</summary>
internal sealed class ProblemResponseException(HttpStatusCode status, string code, string detail, string request)
    : Exception($"{request}: {(int)status} {code}: {detail}")
{
    public HttpStatusCode Status { get; } = status;

    /// <summary>The stable code; empty when the answer was no problem document.</summary>
    public string Code { get; } = code;

    public string Detail { get; } = detail;
}
