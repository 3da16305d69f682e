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

/// <param name="HandOffLink">For Alibaba: the prepared page there, with the reply link to hand over.</param>
public sealed record InvitationSummary(string SupplierId, string? Name, InvitationState State, DateTimeOffset? ReplyBy, DateTimeOffset? Until, string? HandOffLink, bool Fallback, string? Reason);

/// <param name="UnitPrice">At the RFQ's quantity; null where that is below the smallest break.</param>
/// <param name="LandedPerUnit">Unit price with the tooling spread over the quantity.</param>
public sealed record QuoteSummary(string QuoteId, string SupplierId, Quote? Quote, QuoteState State, DateTimeOffset? ValidUntil, Money? UnitPrice, Money? LandedPerUnit);

public sealed class SourcingQueries(CcnDbContext db, CurrentUser user)
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
            [.. invitations.Select(row => new InvitationSummary(row.SupplierId, row.Supplier?.Name, row.State, row.ReplyBy, row.Until, row.HandOffLink, row.Fallback, row.Reason))],
            [.. quotes.Select(row => Quote(row, rfq.Quantity))], rfq.DelayMessage);
    }

    private static QuoteSummary Quote(QuoteView row, int quantity)
    {
        var unit = row.Quote?.Prices.Where(price => price.FromQuantity <= quantity).MaxBy(price => price.FromQuantity)?.UnitPrice;
        var landed = unit is { } price && row.Quote is { } quote ? price + MoneyMath.Fraction(quote.Tooling, 1, quantity) : (Money?)null;
        return new(row.Id, row.SupplierId, row.Quote, row.State, row.ValidUntil, unit, landed);
    }

    private static RfqSummary Summary(RfqView rfq) => new(rfq.Id, rfq.DesignId, rfq.LicenceId, rfq.Quantity, rfq.State, rfq.OpenedAt);

    private static Money? Price(long? minor, string? currency) => minor is { } amount && currency is not null ? new(amount, currency) : null;
}
