using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Sourcing;

public sealed record SupplierSummary(string SupplierId, string Name, SupplierChannel Channel, string Country, string Zone, IReadOnlyList<string> Categories, decimal? Rating, int RatingCount, int MinimumOrderQuantity,
    int LeadTimeDays, Money? PriceFrom, Money? PriceTo, bool Vetted);
public sealed record RfqSummary(string RfqId, string DesignId, string LicenceId, int Quantity, RfqState State, DateTimeOffset? OpenedAt);

/// <param name="DelayMessage">What the creator was told when no supplier answered for long.</param>
public sealed record RfqDetail(RfqSummary Rfq, string Specification, IReadOnlyList<InvitationSummary> Invitations, IReadOnlyList<QuoteSummary> Quotes, string? DelayMessage);

/// <param name="Zone">The supplier's time zone (IANA), in which its deadline is read.</param>
/// <param name="HandOffLink">For Alibaba: the prepared page there, with the reply link to hand over.</param>
public sealed record InvitationSummary(string SupplierId, string? Name, InvitationState State, DateTimeOffset? ReplyBy, DateTimeOffset? Until, string? HandOffLink, bool Fallback, string? Reason, string? Country, string? Zone);

/// <param name="UnitPrice">At the RFQ's quantity; null where that is below the minimum order or the smallest break.</param>
/// <param name="LandedPerUnit">Unit price with the tooling spread over the quantity.</param>
public sealed record QuoteSummary(string QuoteId, string SupplierId, Quote? Quote, QuoteState State, DateTimeOffset? ValidUntil, Money? UnitPrice, Money? LandedPerUnit);

/// <summary>Quotes by quantity: what one unit and the whole order cost, tooling included.</summary>
/// <param name="ComparedIn">The currency in which the quotes are compared: theirs when it is the same one, else US dollars.</param>
public sealed record QuoteGrid(IReadOnlyList<int> Quantities, IReadOnlyList<QuoteGridRow> Rows, string? ComparedIn);

/// <param name="Rate">By which the row is compared; null where it needs none, and where there is none (<paramref name="RateMissing"/>).</param>
/// <param name="RateMissing">The row cannot be compared: nobody has entered a rate of its currency.</param>
public sealed record QuoteGridRow(QuoteSummary Quote, IReadOnlyList<QuoteGridCell> Cells, ExchangeRate? Rate, bool RateMissing);

/// <summary>Amounts are null where the quantity is below the minimum order.</summary>
/// <param name="ComparedPerUnit">The landed cost in the grid's currency, to compare only: the order is in the quote's own.</param>
/// <param name="ComparedTotal">The whole order likewise.</param>
/// <param name="Cheaper">A larger quantity whose goods cost less in all than this one's.</param>
public sealed record QuoteGridCell(int Quantity, Money? UnitPrice, Money? LandedPerUnit, Money? Total, Money? ComparedPerUnit, Money? ComparedTotal, CheaperQuantity? Cheaper);

public sealed class SourcingQueries(CcnDbContext db, ExchangeRates rates, CurrentUser user)
{
    public async Task<IReadOnlyList<SupplierSummary>> SuppliersAsync(string? category, int? quantity, CancellationToken cancel)
    {
        var rows = await db.Suppliers.AsNoTracking()
            .Where(supplier => supplier.Active && (category == null || supplier.Categories.Contains(category)) && (quantity == null || supplier.MinimumOrderQuantity <= quantity))
            .OrderByDescending(supplier => supplier.Vetted).ThenByDescending(supplier => supplier.Rating).ThenBy(supplier => supplier.Id).Take(200).ToListAsync(cancel);
        return [.. rows.Select(supplier => new SupplierSummary(supplier.Id, supplier.Name, supplier.Channel, supplier.Country, supplier.Zone, supplier.Categories, supplier.Rating, supplier.RatingCount, supplier.MinimumOrderQuantity,
            supplier.LeadTimeDays, Price(supplier.PriceFromMinor, supplier.Currency), Price(supplier.PriceToMinor, supplier.Currency), supplier.Vetted))];
    }

    public async Task<IReadOnlyList<RfqSummary>> ListAsync(CancellationToken cancel)
    {
        var (reader, staff) = (user.Id, user.IsStaff);
        return [.. (await db.Rfqs.AsNoTracking().Where(rfq => staff || rfq.SellerId == reader).OrderByDescending(rfq => rfq.OpenedAt).ThenBy(rfq => rfq.Id).Take(500).ToListAsync(cancel)).Select(Summary)];
    }

    public async Task<RfqDetail> GetAsync(string rfqId, CancellationToken cancel)
    {
        var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == rfqId, cancel);
        if (rfq is null || !(rfq.SellerId == user.Id || user.IsStaff)) { throw ProblemException.NotFound("RFQ"); }

        var invitations = await db.Invitations.AsNoTracking().Where(row => row.RfqId == rfqId).OrderBy(row => row.InvitedAt).ThenBy(row => row.SupplierId).ToListAsync(cancel);
        var quotes = await db.Quotes.AsNoTracking().Where(row => row.RfqId == rfqId).OrderBy(row => row.ReceivedAt).ThenBy(row => row.Id).ToListAsync(cancel);
        return new(Summary(rfq), rfq.Specification,
            [.. invitations.Select(row => new InvitationSummary(row.SupplierId, row.Supplier?.Name, row.State, row.ReplyBy, row.Until, row.HandOffLink, row.Fallback, row.Reason, row.Supplier?.Country, row.Supplier?.Zone))],
            [.. quotes.Select(row => Quote(row, rfq.Quantity))], rfq.DelayMessage);
    }

    /// <summary>Each quote at the RFQ's quantity, at every price break, and at the quantities that the seller asks for.</summary>
    /// <param name="asked">Quantities to compare besides; those that are not positive are left out.</param>
    public async Task<QuoteGrid> GridAsync(string rfqId, IEnumerable<int> asked, CancellationToken cancel)
    {
        var rfq = await GetAsync(rfqId, cancel);
        var quotes = rfq.Quotes.Where(row => row.Quote is not null).ToList();
        var quantities = quotes.SelectMany(row => row.Quote!.Prices.Select(price => Math.Max(price.FromQuantity, row.Quote.MinimumOrderQuantity))).Append(rfq.Rfq.Quantity).Concat(asked).Where(quantity => quantity > 0).Distinct().Order().ToList();
        var currencies = quotes.Select(row => row.Quote!.Tooling.Currency).Distinct(StringComparer.Ordinal).ToList();
        var into = currencies.Count switch { 0 => null, 1 => currencies[0], _ => ExchangeRateRow.Into };
        var known = currencies.Count > 1 ? await rates.NewestAsync(currencies, cancel) : new Dictionary<string, ExchangeRate>(StringComparer.Ordinal);
        return new(quantities, [.. quotes.Select(row => Row(row, quantities, into!, known.GetValueOrDefault(row.Quote!.Tooling.Currency)))], into);
    }

    private static QuoteGridRow Row(QuoteSummary summary, IReadOnlyList<int> quantities, string into, ExchangeRate? rate)
    {
        var quote = summary.Quote!;
        Money? Compared(Money? amount) => amount is not { } own ? null : own.Currency == into ? own : rate?.Convert(own);
        return new(summary, [.. quantities.Select(quantity =>
        {
            var (unit, landed) = (QuotePricing.UnitPrice(quote, quantity), QuotePricing.LandedPerUnit(quote, quantity));
            Money? total = unit is { } price ? QuotePricing.Total(price, quantity, quote.Tooling) : null;
            return new QuoteGridCell(quantity, unit, landed, total, Compared(landed), Compared(total), QuotePricing.Cheaper(quote, quantity));
        })], rate, RateMissing: quote.Tooling.Currency != into && rate is null);
    }

    private static QuoteSummary Quote(QuoteView row, int quantity) => new(row.Id, row.SupplierId, row.Quote, row.State, row.ValidUntil,
        row.Quote is null ? null : QuotePricing.UnitPrice(row.Quote, quantity), row.Quote is null ? null : QuotePricing.LandedPerUnit(row.Quote, quantity));

    private static RfqSummary Summary(RfqView rfq) => new(rfq.Id, rfq.DesignId, rfq.LicenceId, rfq.Quantity, rfq.State, rfq.OpenedAt);

    private static Money? Price(long? minor, string? currency) => minor is { } amount && currency is not null ? new(amount, currency) : null;
}
