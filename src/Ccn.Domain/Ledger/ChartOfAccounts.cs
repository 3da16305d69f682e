using System.Collections.Frozen;

namespace Ccn.Domain.Ledger;

/// <summary>
/// The chart. CCN is the agent of a royalty that the seller owes: what a sale earns is a receivable from the seller and a
/// debt to the creators, and only CCN's commission is revenue.
/// </summary>
public static class ChartOfAccounts
{
    public static Account CashStripe { get; } = new(1000, "Cash: Stripe", AccountKind.Asset);
    public static Account CashPayPal { get; } = new(1001, "Cash: PayPal", AccountKind.Asset);
    /// <summary>Royalty that a seller owes; owner is the seller account.</summary>
    public static Account SellerReceivable { get; } = new(1150, "Receivable: sellers", AccountKind.Asset, PerOwner: true);
    /// <summary>What a payee owes after returns outweighed sales; owner is the licence, because a loss never crosses to another licence.</summary>
    public static Account ClawbackReceivable { get; } = new(1200, "Clawback receivable", AccountKind.Asset, PerOwner: true);
    /// <summary>Royalty of shipped sales whose statement is not final; owner is the licence.</summary>
    public static Account RoyaltiesAccrued { get; } = new(2100, "Royalties accrued", AccountKind.Liability, PerOwner: true);
    /// <summary>Royalty of final statements that is not paid; owner is the payee.</summary>
    public static Account RoyaltiesPayable { get; } = new(2110, "Royalties payable", AccountKind.Liability, PerOwner: true);
    /// <summary>Royalty held back for returns; owner is the licence.</summary>
    public static Account ReturnsReserve { get; } = new(2120, "Returns reserve", AccountKind.Liability, PerOwner: true);
    /// <summary>Payouts that were sent and are not confirmed; owner is the payee.</summary>
    public static Account PayoutsInTransit { get; } = new(2140, "Payouts in transit", AccountKind.Liability, PerOwner: true);
    public static Account WithholdingPayable { get; } = new(2200, "Withholding payable", AccountKind.Liability);
    /// <summary>Refundable deposits of a pre-order campaign; owner is the campaign.</summary>
    public static Account CustomerDeposits { get; } = new(2300, "Customer deposits", AccountKind.Liability, PerOwner: true);
    public static Account SalesTax { get; } = new(2400, "VAT and sales tax", AccountKind.Liability);
    /// <summary>CCN's fee on royalties.</summary>
    public static Account Commission { get; } = new(4100, "Commission", AccountKind.Revenue);
    /// <summary>Royalty that was paid out and could not be recovered.</summary>
    public static Account RoyaltyLosses { get; } = new(5100, "Royalty losses", AccountKind.Expense);
    /// <summary>What payment providers charge.</summary>
    public static Account ProviderFees { get; } = new(5200, "Provider fees", AccountKind.Expense);
    public static Account ExchangeDifferences { get; } = new(5900, "Exchange gains and losses", AccountKind.Expense);
    public static Account Rounding { get; } = new(5990, "Rounding", AccountKind.Expense);

    /// <summary>Every account, by number.</summary>
    public static IReadOnlyList<Account> All { get; } =
    [
        CashStripe, CashPayPal, SellerReceivable, ClawbackReceivable, RoyaltiesAccrued, RoyaltiesPayable, ReturnsReserve, PayoutsInTransit,
        WithholdingPayable, CustomerDeposits, SalesTax, Commission, RoyaltyLosses, ProviderFees, ExchangeDifferences, Rounding,
    ];

    private static readonly FrozenDictionary<int, Account> ByNumber = All.ToFrozenDictionary(a => a.Number);

    /// <exception cref="ArgumentException">The chart has no such account.</exception>
    public static Account Get(int number) =>
        ByNumber.TryGetValue(number, out var account) ? account : throw new ArgumentException($"The chart has no account {number}.", nameof(number));
}
