namespace Ccn.Domain.Ledger;

/// <summary>The side an account grows on: assets and expenses by debits, the others by credits.</summary>
public enum AccountKind { Asset, Liability, Revenue, Expense }

/// <summary>An account of the chart.</summary>
/// <param name="Number">Stable number; never reused.</param>
/// <param name="PerOwner">Whether every posting names whose sub-account it is: a seller, a licence or a payee.</param>
public sealed record Account(int Number, string Name, AccountKind Kind, bool PerOwner = false)
{
    /// <summary>The balance in the account's natural sign: positive when it stands on the side it grows on.</summary>
    public long NaturalBalance(long debitMinor, long creditMinor) =>
        Kind is AccountKind.Asset or AccountKind.Expense ? checked(debitMinor - creditMinor) : checked(creditMinor - debitMinor);
}
