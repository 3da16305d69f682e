using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Sourcing;
using Ccn.Data;
using Ccn.Data.Production;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ccn.Api.Production;

public sealed record OrderSummary(string OrderId, string DesignId, string RfqId, string? SupplierName, int Quantity, Money UnitPrice, Money Total, Money Deposit, OrderState State, DateTimeOffset? PlacedAt);
/// <param name="SupplierLink">For the seller of an order outside the network: the supplier's personal link to report by, to hand over with the order.</param>
public sealed record OrderDetail(OrderSummary Order, string SellerId, string? ProviderReference, DateTimeOffset? DepositPaidAt, DateTimeOffset? BalancePaidAt, Receipt? Receipt, DateTimeOffset? ReceivedAt,
    SamplingPlan Sampling, IReadOnlyList<MilestoneSummary> Milestones, IReadOnlyList<InspectionSummary> Inspections, string? SupplierLink = null);
public sealed record MilestoneSummary(Milestone Milestone, DateTimeOffset At, string? Note);
public sealed record InspectionSummary(int Number, InspectionFindings Findings, SamplingPlan Plan, bool Passed, DateTimeOffset RecordedAt);

public sealed class ProductionQueries(CcnDbContext db, CurrentUser user, IOptions<SignedLinkOptions> links)
{
    private static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(730);

    public async Task<IReadOnlyList<OrderSummary>> ListAsync(CancellationToken cancel)
    {
        var (reader, staff) = (user.Id, user.IsStaff);
        var rows = await db.Orders.AsNoTracking().Where(order => staff || db.Rfqs.Any(rfq => rfq.Id == order.RfqId && rfq.SellerId == reader))
            .OrderByDescending(order => order.PlacedAt).ThenBy(order => order.Id).Take(500).ToListAsync(cancel);
        return [.. rows.Select(Summary)];
    }

    public async Task<OrderDetail> GetAsync(string orderId, CancellationToken cancel)
    {
        var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderId, cancel) ?? throw ProblemException.NotFound("order");
        var sellerId = await db.Rfqs.AsNoTracking().Where(rfq => rfq.Id == order.RfqId).Select(rfq => rfq.SellerId).SingleOrDefaultAsync(cancel) ?? "";
        if (sellerId != user.Id && !user.IsStaff) { throw ProblemException.NotFound("order"); }

        var milestones = await db.Milestones.AsNoTracking().Where(row => row.OrderId == orderId).OrderBy(row => row.At).ThenBy(row => row.Sequence).ToListAsync(cancel);
        var inspections = await db.Inspections.AsNoTracking().Where(row => row.OrderId == orderId).OrderBy(row => row.Number).ToListAsync(cancel);
        return new(Summary(order), sellerId, order.ProviderReference, order.DepositPaidAt, order.BalancePaidAt,
            order.Received is { } received ? new Receipt(order.Quantity, received, order.Damaged ?? 0) : null, order.ReceivedAt,
            AqlPlans.Normal(Math.Max(1, order.Quantity), 2.5m, 4.0m),
            [.. milestones.Select(row => new MilestoneSummary(row.Milestone, row.At, row.Note))],
            [.. inspections.Select(row => new InspectionSummary(row.Number, row.Findings, row.Plan, row.Passed, row.RecordedAt))],
            sellerId == user.Id ? LinkFor(order) : null);
    }

    // The network has the link with the order; everybody else gets it from the seller.
    private string? LinkFor(OrderView order) => order is { Supplier: { Channel: SupplierChannel.AlibabaHandOff } supplier, PlacedAt: { } placedAt }
        ? links.Value.PageFor(new(SupplierLinks.OrderPurpose, order.Id, supplier.SupplierId, placedAt + LinkLifetime))
        : null;

    private static OrderSummary Summary(OrderView order) => new(order.Id, order.DesignId, order.RfqId, order.Supplier?.Name, order.Quantity, order.UnitPrice, order.Total, order.Deposit, order.State, order.PlacedAt);
}
