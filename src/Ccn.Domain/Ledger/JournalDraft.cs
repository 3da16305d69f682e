namespace Ccn.Domain.Ledger;

/// <summary>The two sides of the book.</summary>
public enum Direction { Debit, Credit }

/// <summary>One line of an entry. The amount is positive; the direction is the sign.</summary>
/// <param name="Owner">Whose sub-account it is (<c>sac_…</c>, <c>lic_…</c>, <c>usr_…</c>); null for accounts of CCN alone.</param>
public sealed record JournalLine(Account Account, string? Owner, Direction Direction, Money Amount)
{
    /// <summary>A debit. A negative amount is the mirror of it, a credit: a refund is written as the sale with the sign turned.</summary>
    public static JournalLine Debit(Account account, string? owner, Money amount) =>
        amount.IsNegative ? new(account, owner, Direction.Credit, -amount) : new(account, owner, Direction.Debit, amount);

    /// <summary>A credit. A negative amount is the mirror of it, a debit.</summary>
    public static JournalLine Credit(Account account, string? owner, Money amount) =>
        amount.IsNegative ? new(account, owner, Direction.Debit, -amount) : new(account, owner, Direction.Credit, amount);
}

/// <summary>An entry before it is posted.</summary>
/// <param name="IdempotencyKey"><c>&lt;business id&gt;:&lt;step&gt;</c>, such as <c>stm_…:finalize</c>: the same step posts once.</param>
/// <param name="EffectiveAt">Business time of the fact, taken from it and not from a clock, so that a repeat says the same.</param>
public sealed record JournalDraft(string IdempotencyKey, DateTimeOffset EffectiveAt, IReadOnlyList<JournalLine> Postings)
{
    /// <summary>Checks the entry: two lines or more, positive amounts, owners where the chart asks for them, and equal sides in every currency.</summary>
    /// <exception cref="LedgerFailure">The entry must not be posted; <see cref="LedgerFailure.Type"/> tells why.</exception>
    public void AssertBalanced()
    {
        if (string.IsNullOrWhiteSpace(IdempotencyKey)) { throw Invalid("has no idempotency key"); }

        if (Postings.Count < 2) { throw Unbalanced("needs two postings or more"); }

        foreach (var line in Postings)
        {
            if (line.Amount.MinorUnits <= 0) { throw Invalid($"has an amount that is not positive: {line.Amount}"); }

            if (!Currencies.IsKnown(line.Amount.Currency)) { throw Invalid($"has the unknown currency '{line.Amount.Currency}'"); }

            if (line.Account.PerOwner == string.IsNullOrEmpty(line.Owner))
            {
                throw Invalid(line.Account.PerOwner ? $"names no owner of {line.Account.Name}" : $"names an owner of {line.Account.Name}, which is CCN's own");
            }
        }

        foreach (var currency in Postings.GroupBy(line => line.Amount.Currency, StringComparer.Ordinal))
        {
            var debits = Money.Sum(currency.Where(l => l.Direction is Direction.Debit).Select(l => l.Amount), currency.Key);
            var credits = Money.Sum(currency.Where(l => l.Direction is Direction.Credit).Select(l => l.Amount), currency.Key);
            if (debits != credits) { throw Unbalanced($"has debits of {debits} and credits of {credits}"); }
        }
    }

    private LedgerFailure Invalid(string what) => new(FailureTypes.RequestInvalid, $"Entry '{IdempotencyKey}' {what}.");

    private LedgerFailure Unbalanced(string what) => new(FailureTypes.LedgerUnbalanced, $"Entry '{IdempotencyKey}' {what}.");
}
