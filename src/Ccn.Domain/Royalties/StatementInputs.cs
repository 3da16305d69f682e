namespace Ccn.Domain.Royalties;

/// <summary>One shipped Amazon order line, as the engine reads it.</summary>
/// <param name="ItemPrice">Price of all units together, without shipping and tax (Amazon's item price is already for all units).</param>
/// <param name="Promotions">Seller-funded item promotions, zero or negative.</param>
public sealed record SaleLine(string SaleLineId, string OrderId, DateTimeOffset ShippedAt, int Units, Money ItemPrice, Money Promotions);

/// <summary>One refund event of a sale line of this or an earlier period.</summary>
/// <param name="Sale">The line it reverses.</param>
/// <param name="ItemRefund">Item money given back, positive, without shipping and tax.</param>
/// <param name="RefundedBefore">Item money given back on this line by earlier refunds, in any period.</param>
public sealed record RefundLine(string RefundLineId, DateTimeOffset At, int Units, Money ItemRefund, Money RefundedBefore, SaleLine Sale);

/// <summary>A reserve of an earlier period whose release date has come.</summary>
public sealed record DueReserve(int Period, Money Amount);

/// <summary>Everything a statement is computed from.</summary>
/// <param name="Carry">Negative closing balance of the period before; zero otherwise. Within the licence only.</param>
public sealed record StatementInput(Licences.LicenceTerms Terms, IReadOnlyList<SaleLine> Sales, IReadOnlyList<RefundLine> Refunds, IReadOnlyList<DueReserve> DueReserves, Money Carry);
