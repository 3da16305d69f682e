namespace Ccn.Domain.Ledger;

/// <summary>An entry that must not be posted.</summary>
/// <param name="type">From <see cref="FailureTypes"/>: <c>ledger.unbalanced</c>, <c>request.invalid</c>, or <c>request.duplicate</c> for a key that was used for another entry.</param>
public sealed class LedgerFailure(string type, string message) : Exception(message)
{
    /// <summary>From <see cref="FailureTypes"/>; none of them can be helped by a repeat.</summary>
    public string Type { get; } = type;
}
