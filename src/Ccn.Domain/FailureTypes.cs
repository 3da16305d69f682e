namespace Ccn.Domain;

/// <summary>The closed list of failure types: what callers branch on, in workflows (ApplicationFailure type) and at the edge (problem code).</summary>
public static class FailureTypes
{
    /// <summary>The request's shape or values are wrong; repeating it cannot help. HTTP 400.</summary>
    public const string RequestInvalid = "request.invalid";
    /// <summary>The thing is in a state that does not allow the command. HTTP 409.</summary>
    public const string StateConflict = "state.conflict";
    /// <summary>The same key was used for a different request. HTTP 409.</summary>
    public const string RequestDuplicate = "request.duplicate";
    /// <summary>The provider definitely refused. HTTP 502.</summary>
    public const string ProviderRejected = "provider.rejected";
    /// <summary>The provider did not answer, or asked to wait; the outcome may be unknown. Retried. HTTP 503.</summary>
    public const string ProviderUnavailable = "provider.unavailable";
    /// <summary>The provider's answer could not be understood. HTTP 502.</summary>
    public const string ProviderContract = "provider.contract";
    /// <summary>Debits and credits differ. HTTP 500; someone is paged.</summary>
    public const string LedgerUnbalanced = "ledger.unbalanced";
}
