using Ccn.Api.Problems;
using Ccn.Api.Production;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Production;
using Ccn.Workflows.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Ccn.Api.Sourcing;

/// <summary>What a supplier sees by its link: the specification and its own state; never the other suppliers.</summary>
/// <param name="Purpose"><c>rfq</c> or <c>order</c>: which doors the link opens.</param>
/// <param name="SubjectId">The request or the order.</param>
/// <param name="State">Of the invitation or of the order.</param>
/// <param name="Quote">The supplier's own offer, once it has made one.</param>
/// <param name="Reported">What the supplier has reported of the order.</param>
public sealed record SupplierInvitation(string Purpose, string SubjectId, string SupplierName, int Quantity, string Specification, DateTimeOffset? ReplyBy, string State, Quote? Quote = null, IReadOnlyList<MilestoneSummary>? Reported = null);

/// <summary>The doors that signed links open. Facts go to the workflow as signals with the supplier's own reply id.</summary>
public sealed class SupplierLinks(ITemporalClient temporal, CcnDbContext db, IOptions<SignedLinkOptions> options, TimeProvider clock)
{
    public const string RfqPurpose = "rfq", OrderPurpose = "order";
    private const int MaxReplyId = 100;

    public async Task<SupplierInvitation> OpenAsync(string token, CancellationToken cancel)
    {
        if (SignedLink.Read(token, OrderPurpose, options.Value.KeyBytes, clock.GetUtcNow()) is { } orderLink)
        {
            var order = await db.Orders.AsNoTracking().SingleOrDefaultAsync(row => row.Id == orderLink.SubjectId, cancel) ?? throw ProblemException.NotFound("order");
            var reported = await db.Milestones.AsNoTracking().Where(row => row.OrderId == order.Id).OrderBy(row => row.At).ThenBy(row => row.Sequence).ToListAsync(cancel);
            return new(OrderPurpose, order.Id, order.Supplier?.Name ?? "", order.Quantity, "", null, order.State.ToString(), Reported: [.. reported.Select(row => new MilestoneSummary(row.Milestone, row.At, row.Note))]);
        }

        var (rfq, invitation) = await InvitationAsync(Read(token, RfqPurpose), cancel);

        // That it was looked at is a fact once, and of no interest any more when the request is over.
        if (rfq.State is RfqState.Open or RfqState.Quoted && invitation.State is InvitationState.Invited or InvitationState.Reminded)
        {
            await Sourcing(rfq).SignalAsync(wf => wf.SupplierSeenAsync(new($"seen:{invitation.SupplierId}", rfq.Id, invitation.SupplierId)));
        }

        var quote = await db.Quotes.AsNoTracking().Where(row => row.RfqId == rfq.Id && row.SupplierId == invitation.SupplierId).OrderByDescending(row => row.ReceivedAt).FirstOrDefaultAsync(cancel);
        return new(RfqPurpose, rfq.Id, invitation.Supplier?.Name ?? "", rfq.Quantity, rfq.Specification, invitation.ReplyBy, invitation.State.ToString(), quote?.Quote);
    }

    public async Task QuoteAsync(string token, QuoteBody body, CancellationToken cancel)
    {
        var link = Read(token, RfqPurpose);
        Validate(body);
        var (rfq, invitation) = await InvitationAsync(link, cancel);
        var supplier = invitation.Supplier ?? throw ProblemException.NotFound("invitation");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(supplier.Zone);

        // An offer ends with its last day in the supplier's own zone.
        var validUntil = Periods.Midnight(body.ValidUntil.AddDays(1), zone).AddTicks(-TimeSpan.TicksPerMicrosecond);
        if (validUntil <= clock.GetUtcNow()) { throw new ProblemException(ProblemCode.QuoteExpired, "validUntil is in the past."); }

        // The id follows from the reply, so that a repeat is the same quote.
        var quoteId = $"{Ids.Quote}_{RequestHash.Of(rfq.Id, supplier.SupplierId, body.ReplyId)[..32]}";
        var quote = new Quote(quoteId, supplier.SupplierId, [.. body.Prices.OrderBy(price => price.FromQuantity)], body.MinimumOrderQuantity, body.Tooling, body.LeadTimeDays, body.Incoterm, validUntil);
        await Sourcing(rfq).SignalAsync(wf => wf.SupplierQuotedAsync(new($"{supplier.SupplierId}:{body.ReplyId}", rfq.Id, quote)));
    }

    public async Task DeclineAsync(string token, DeclineBody body, CancellationToken cancel)
    {
        var link = Read(token, RfqPurpose);
        var errors = new FieldErrors();
        errors.Text(body.ReplyId, "replyId", MaxReplyId);
        errors.Text(body.Reason, "reason", 2_000);
        errors.Throw();
        var (rfq, invitation) = await InvitationAsync(link, cancel);
        await Sourcing(rfq).SignalAsync(wf => wf.SupplierDeclinedAsync(new($"{invitation.SupplierId}:{body.ReplyId}", rfq.Id, invitation.SupplierId, body.Reason)));
    }

    public async Task ReportAsync(string token, MilestoneBody body, CancellationToken cancel)
    {
        var link = Read(token, OrderPurpose);
        var errors = new FieldErrors();
        errors.Text(body.ReportId, "reportId", MaxReplyId);
        errors.Add(body.Note?.Length > 2_000, "note", "has at most 2000 characters");
        errors.Add(body.At > clock.GetUtcNow().AddMinutes(5), "at", "is not in the future");
        errors.Throw();
        if (!await db.Orders.AnyAsync(order => order.Id == link.SubjectId, cancel)) { throw ProblemException.NotFound("order"); }

        var reportId = $"{link.PartyId}:{body.ReportId}";
        await temporal.GetWorkflowHandle<ProductionWorkflow>(ProductionWorkflow.IdFor(link.SubjectId))
            .ExecuteUpdateAsync(wf => wf.ReportMilestoneAsync(new(reportId, body.Milestone, body.At ?? clock.GetUtcNow(), body.Note)), new(reportId));
    }

    private static void Validate(QuoteBody body)
    {
        var errors = new FieldErrors();
        errors.Text(body.ReplyId, "replyId", MaxReplyId);
        errors.Add(body.Prices is not { Count: > 0 }, "prices", "has at least one price break");
        errors.Add(body.Prices?.Any(price => price is null || price.FromQuantity < 1 || price.UnitPrice.MinorUnits <= 0) is true, "prices", "are positive, each from a quantity of 1 or more");
        errors.Add(body.Prices?.Select(price => price?.FromQuantity).Distinct().Count() != body.Prices?.Count, "prices", "has one price for a quantity");
        errors.Add(body.Prices?.Any(price => price?.UnitPrice.Currency != body.Tooling.Currency || !Currencies.IsKnown(price.UnitPrice.Currency ?? "")) is true, "prices", "are in one known currency, that of the tooling");
        errors.Add(body.MinimumOrderQuantity < 1, "minimumOrderQuantity", "is 1 or more");
        errors.Add(body.Tooling.IsNegative, "tooling", "is zero or more");
        errors.Add(body.LeadTimeDays is < 0 or > 730, "leadTimeDays", "is between 0 and 730");
        errors.Text(body.Incoterm, "incoterm", 40);
        errors.Throw();
    }

    private SignedLink Read(string token, string purpose) => SignedLink.Read(token, purpose, options.Value.KeyBytes, clock.GetUtcNow())
        ?? throw new ProblemException(ProblemCode.LinkInvalid, "This link is not valid, or no longer. Ask the seller for a new one.");

    private async Task<(RfqView Rfq, InvitationView Invitation)> InvitationAsync(SignedLink link, CancellationToken cancel)
    {
        var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == link.SubjectId, cancel) ?? throw ProblemException.NotFound("RFQ");
        var invitation = await db.Invitations.AsNoTracking().SingleOrDefaultAsync(row => row.RfqId == link.SubjectId && row.SupplierId == link.PartyId, cancel) ?? throw ProblemException.NotFound("invitation");
        return (rfq, invitation);
    }

    private WorkflowHandle<SourcingWorkflow> Sourcing(RfqView rfq) => temporal.GetWorkflowHandle<SourcingWorkflow>(SourcingWorkflow.IdFor(rfq.LicenceId));
}
