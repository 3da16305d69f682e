using Ccn.Domain;
using Ccn.Domain.Ledger;

namespace Ccn.Data.Tests.Ledger;

public sealed class JournalDraftTests
{
    private static readonly Money Ten = new(1_000, "USD");

    [Fact]
    public void Equal_sides_in_every_currency_are_balanced() => Draft(
        JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_1", Ten), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, "lic_1", Ten),
        JournalLine.Debit(ChartOfAccounts.SellerReceivable, "sac_1", new(5, "JPY")), JournalLine.Credit(ChartOfAccounts.RoyaltiesAccrued, "lic_1", new(5, "JPY"))).AssertBalanced();

    [Fact]
    public void One_currency_does_not_balance_another() => AssertRefused(FailureTypes.LedgerUnbalanced,
        JournalLine.Debit(ChartOfAccounts.CashStripe, null, Ten), JournalLine.Credit(ChartOfAccounts.Commission, null, new(1_000, "EUR")));

    [Fact]
    public void A_cent_too_few_is_unbalanced() => AssertRefused(FailureTypes.LedgerUnbalanced,
        JournalLine.Debit(ChartOfAccounts.CashStripe, null, Ten), JournalLine.Credit(ChartOfAccounts.Commission, null, new(999, "USD")));

    [Fact]
    public void One_line_is_no_entry() => AssertRefused(FailureTypes.LedgerUnbalanced, JournalLine.Debit(ChartOfAccounts.CashStripe, null, Ten));

    [Fact]
    public void Zero_is_not_posted() => AssertRefused(FailureTypes.RequestInvalid,
        JournalLine.Debit(ChartOfAccounts.CashStripe, null, Money.Zero("USD")), JournalLine.Credit(ChartOfAccounts.Commission, null, Money.Zero("USD")));

    [Fact]
    public void A_sub_account_needs_its_owner() => AssertRefused(FailureTypes.RequestInvalid,
        JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, null, Ten), JournalLine.Credit(ChartOfAccounts.Commission, null, Ten));

    [Fact]
    public void An_account_of_the_platform_has_no_owner() => AssertRefused(FailureTypes.RequestInvalid,
        JournalLine.Debit(ChartOfAccounts.CashStripe, "usr_1", Ten), JournalLine.Credit(ChartOfAccounts.Commission, null, Ten));

    [Fact]
    public void A_negative_amount_is_written_on_the_other_side()
    {
        Assert.Equal(new(ChartOfAccounts.Commission, null, Direction.Debit, new(40, "USD")), JournalLine.Credit(ChartOfAccounts.Commission, null, new(-40, "USD")));
        Assert.Equal(new(ChartOfAccounts.Commission, null, Direction.Credit, new(40, "USD")), JournalLine.Debit(ChartOfAccounts.Commission, null, new(-40, "USD")));
    }

    private static JournalDraft Draft(params JournalLine[] lines) => new("x:1", DateTimeOffset.UnixEpoch, lines);

    private static void AssertRefused(string type, params JournalLine[] lines) =>
        Assert.Equal(type, Assert.Throws<LedgerFailure>(() => Draft(lines).AssertBalanced()).Type);
}
