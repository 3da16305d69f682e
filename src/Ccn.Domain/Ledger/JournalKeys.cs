namespace Ccn.Domain.Ledger;

/// <summary>Keys of journal entries that others look for again: <c>&lt;business id&gt;:&lt;step&gt;</c>.</summary>
public static class JournalKeys
{
    /// <summary>How the key of a statement that became final ends.</summary>
    public const string FinalizeStep = ":finalize";

    public static string Finalized(string statementId) => statementId + FinalizeStep;

    public static string Sent(string payoutId, int attempt) => FormattableString.Invariant($"{payoutId}:send:{attempt}");

    public static string Refused(string payoutId, int attempt) => FormattableString.Invariant($"{payoutId}:send:{attempt}:refused");

    public static string Confirmed(string payoutId) => $"{payoutId}:confirmed";

    public static string Returned(string payoutId) => $"{payoutId}:returned";

    /// <summary>How far a payout has come by the entries that are posted.</summary>
    /// <param name="posted">Keys of entries, of this payout and others.</param>
    public static PayoutProgress ProgressOf(string payoutId, IReadOnlyCollection<string> posted)
    {
        if (posted.Contains(Returned(payoutId))) { return PayoutProgress.None; }
        if (posted.Contains(Confirmed(payoutId))) { return PayoutProgress.Paid; }

        var sends = posted.Where(key => key.StartsWith($"{payoutId}:send:", StringComparison.Ordinal)).ToList();
        return sends.Exists(key => !key.EndsWith(":refused", StringComparison.Ordinal) && !sends.Contains($"{key}:refused")) ? PayoutProgress.UnderWay : PayoutProgress.None;
    }
}

/// <summary>Where a payout's money is. <see cref="None"/>: still, or again, payable.</summary>
public enum PayoutProgress { None, UnderWay, Paid }
