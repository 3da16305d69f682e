using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Licences;
using Ccn.Data.Production;
using Ccn.Data.Royalties;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Desk;

/// <summary>A seller's business at a glance.</summary>
/// <param name="Owed">Royalty of final statements that was not collected yet.</param>
public sealed record DeskOverview(int LicencesInForce, int UnitsInProduction, int OpenOrders, int OpenBids, int OpenRequests, Money Owed, IReadOnlyList<SellerTask> Tasks);

/// <summary>What waits for the seller.</summary>
public enum SellerTaskKind { AnswerStandby, SignLicence, AskSuppliers, ApproveQuote, WorkOnOrder, WorkOnListing, PayRoyalty }

/// <param name="SubjectId">The bid, licence, request, order, listing or statement that it is about.</param>
/// <param name="Until">When it ends by itself; null when nothing does.</param>
/// <param name="Then">What happens by itself at <paramref name="Until"/>.</param>
public sealed record SellerTask(SellerTaskKind Kind, string DesignId, string SubjectId, string What, DateTimeOffset? Until, string? Then);

/// <summary>What a seller's desk opens with.</summary>
public sealed class DeskQueries(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    private const string Currency = "USD";
    private static readonly OrderState[] OrdersOver = [OrderState.Received, OrderState.Closed, OrderState.Canceled];
    private static readonly LicenceState[] Signable = [LicenceState.Sent, LicenceState.PartSigned];

    public async Task<DeskOverview> OverviewAsync(CancellationToken cancel)
    {
        var seller = user.Id;
        var licences = await db.Licences.AsNoTracking().Where(licence => licence.SellerId == seller).ToListAsync(cancel);
        var rfqs = await db.Rfqs.AsNoTracking().Where(rfq => rfq.SellerId == seller).ToListAsync(cancel);
        var requests = rfqs.Select(rfq => rfq.Id).ToList();
        var orders = await db.Orders.AsNoTracking().Where(order => requests.Contains(order.RfqId) && !OrdersOver.Contains(order.State)).ToListAsync(cancel);
        var statements = await Uncollected(seller).ToListAsync(cancel);
        var bids = await db.Bids.CountAsync(bid => bid.SellerId == seller && (bid.State == BidState.Sealed || bid.State == BidState.Revealed || bid.State == BidState.Standby), cancel);
        var tasks = await TasksAsync(seller, licences, rfqs, statements, cancel);
        return new(licences.Count(licence => licence.State is LicenceState.InForce), orders.Sum(order => order.Quantity), orders.Count, bids, rfqs.Count(rfq => rfq.State is RfqState.Open or RfqState.Quoted),
            Money.Sum(statements.Where(statement => statement.Currency == Currency).Select(statement => statement.Gross), Currency), tasks);
    }

    /// <summary>The rules that a design's life cycle runs by, as they were when it was submitted.</summary>
    public async Task<LifecycleTemplate> RulesAsync(string designId, CancellationToken cancel) =>
        Templates.Get(await db.Designs.AsNoTracking().Where(design => design.Id == designId).Select(design => design.TemplateId).SingleOrDefaultAsync(cancel) ?? throw ProblemException.NotFound("design"));

    private async Task<IReadOnlyList<SellerTask>> TasksAsync(string seller, List<LicenceView> licences, List<RfqView> rfqs, List<StatementView> statements, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var offers = await db.Bids.AsNoTracking().Where(bid => bid.SellerId == seller && bid.StandbyOfferedAt != null && bid.StandbyAnsweredAt == null && bid.StandbyUntil > now).ToListAsync(cancel);
        var licensed = licences.Where(licence => licence.State is LicenceState.InForce).ToDictionary(licence => licence.DesignId, licence => licence.Id, StringComparer.Ordinal);
        var ids = licensed.Keys.ToList();
        var designs = await db.Designs.AsNoTracking().Where(design => ids.Contains(design.Id) && design.Turn == Party.Seller && design.WaitsFor != null).ToListAsync(cancel);
        return
        [
            .. offers.Select(bid => new SellerTask(SellerTaskKind.AnswerStandby, bid.DesignId, bid.Id, "your answer: the licence is free again and offered to you", bid.StandbyUntil, "the next bidder is asked"))
                .Concat(licences.Where(licence => Signable.Contains(licence.State) && !licence.Signatures.ContainsKey(seller))
                    .Select(licence => new SellerTask(SellerTaskKind.SignLicence, licence.DesignId, licence.Id, "your signature under the licence", licence.ExpiresAt, "it expires and a standby bidder is asked")))
                .Concat(designs.Select(design => Of(design.Id, design.Stage, design.RelatedId, design.WaitsFor!, design.Until, design.Then, licensed[design.Id], rfqs)))
                .Concat(statements.Where(statement => statement.CollectionFailure is not null)
                    .Select(statement => new SellerTask(SellerTaskKind.PayRoyalty, statement.DesignId, statement.Id, $"your payment of the royalty: the last charge was declined ({statement.CollectionFailure})", null, null)))
                .OrderBy(task => task.Until ?? DateTimeOffset.MaxValue).ThenBy(task => task.DesignId, StringComparer.Ordinal),
        ];
    }

    private static SellerTask Of(string designId, DesignStage stage, string? relatedId, string waitsFor, DateTimeOffset? until, string? then, string licenceId, List<RfqView> rfqs)
    {
        var rfq = rfqs.Where(row => row.LicenceId == licenceId && row.State is RfqState.Open or RfqState.Quoted).MaxBy(row => row.OpenedAt);
        var (kind, subject) = (stage, relatedId) switch
        {
            (_, ['l', 's', 't', '_', ..]) => (SellerTaskKind.WorkOnListing, relatedId),
            (_, ['p', 'o', '_', ..]) => (SellerTaskKind.WorkOnOrder, relatedId),
            _ when rfq is not null => (SellerTaskKind.ApproveQuote, rfq.Id),
            _ => (SellerTaskKind.AskSuppliers, licenceId),
        };
        return new(kind, designId, subject, waitsFor, until, then);
    }

    private IQueryable<StatementView> Uncollected(string seller) => db.Statements.AsNoTracking().Where(statement =>
        statement.State == StatementState.Final && statement.CollectedAt == null && statement.GrossMinor > 0 && db.Licences.Any(licence => licence.Id == statement.LicenceId && licence.SellerId == seller));
}
