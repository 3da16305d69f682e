namespace Ccn.Domain.Royalties;

public enum StatementLineKind { Sale, Return, PlatformFee, ReserveHeld, ReserveReleased, Carry }

/// <summary>One line with everything that gave its amount: a reader can redo it with a pencil.</summary>
/// <param name="Base">What the rate was applied to.</param>
/// <param name="Amount">Royalty, fee or balance; negative lowers what the creators get.</param>
/// <param name="Formula">The arithmetic in words: <c>300 x 20.00 USD x 10 % = 600.00 USD</c>.</param>
/// <param name="TermsVersion">Version of the terms the line was computed with.</param>
/// <param name="SaleLineId">The order line, or the order line a return reverses.</param>
public sealed record StatementLine(int Number, StatementLineKind Kind, int Units, Money Base, Money Amount, string Formula, int TermsVersion,
    string? OrderId = null, string? SaleLineId = null, string? RefundLineId = null);

/// <summary>A computed statement. Lines sum to <paramref name="Net"/>; the shares sum to what is payable, which is never negative.</summary>
/// <param name="Sales">Item money of the sale lines.</param>
/// <param name="Gross">Royalty of sales less returns, before fee and reserve.</param>
/// <param name="Payable">Net, or zero when net is negative.</param>
/// <param name="Closing">Net when negative: carried into the next period of this licence; zero otherwise.</param>
public sealed record Statement(IReadOnlyList<StatementLine> Lines, int Units, int ReturnedUnits, Money Sales, Money Gross, Money Fee, Money ReserveHeld, Money ReserveReleased,
    Money Carry, Money Net, Money Payable, Money Closing, IReadOnlyList<Money> Shares);
