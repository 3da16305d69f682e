using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Sourcing;

/// <summary>Requests for quotation, whom they went to, and the quotes.</summary>
internal static class SourcingProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var rfqId = e.Data switch
        {
            RfqOpened opened => opened.RfqId,
            SupplierInvited invited => invited.RfqId,
            SupplierInvitationChanged changed => changed.RfqId,
            QuoteReceived received => received.RfqId,
            QuoteStale stale => stale.RfqId,
            QuoteApproved approved => approved.RfqId,
            RfqClosed closed => closed.RfqId,
            CreatorToldOfDelay told => told.RfqId,
            _ => null,
        };
        if (rfqId is null) { return; }

        var rfq = await db.Rfqs.RowAsync(() => new() { Id = rfqId }, cancel, rfqId);
        if (e.DesignId is not null) { rfq.DesignId = e.DesignId; }

        await RecordAsync(db, rfq, e, cancel);
        await db.Quotes.Where(q => q.RfqId == rfqId).LoadAsync(cancel);
        Derive(rfq, [.. db.Quotes.Local.Where(q => q.RfqId == rfqId)]);
    }

    private static async Task RecordAsync(CcnDbContext db, RfqView rfq, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case RfqOpened opened:
                (rfq.OpenedAt, rfq.LicenceId, rfq.SellerId) = (e.OccurredAt, opened.LicenceId, opened.SellerId);
                (rfq.Quantity, rfq.Specification) = (opened.Quantity, opened.Specification);
                break;
            case SupplierInvited invited:
            {
                var invitation = await InvitationAsync(db, rfq.Id, invited.Supplier.SupplierId, cancel);
                (invitation.Supplier, invitation.InvitedAt, invitation.ReplyBy) = (invited.Supplier, e.OccurredAt, invited.ReplyBy.ToUniversalTime());
                (invitation.HandOffLink, invitation.Fallback) = (invited.HandOffLink, invited.Fallback);
                SetState(invitation, e, InvitationState.Invited, invited.ReplyBy, reason: null);
                break;
            }

            case SupplierInvitationChanged changed:
                SetState(await InvitationAsync(db, rfq.Id, changed.SupplierId, cancel), e, changed.State, changed.Until, changed.Reason);
                break;
            case QuoteReceived received:
            {
                var quote = await QuoteAsync(db, rfq.Id, received.Quote.QuoteId, cancel);
                (quote.SupplierId, quote.Quote, quote.ReceivedAt) = (received.Quote.SupplierId, received.Quote, e.OccurredAt);
                quote.ValidUntil = received.Quote.ValidUntil.ToUniversalTime();
                if (quote.ApprovedAt is null) { quote.Currency = received.Quote.Tooling.Currency; }

                SetState(await InvitationAsync(db, rfq.Id, received.Quote.SupplierId, cancel), e, InvitationState.Quoted, received.Quote.ValidUntil, reason: null);
                break;
            }

            case QuoteStale stale:
                (await QuoteAsync(db, rfq.Id, stale.QuoteId, cancel)).StaleAt = e.OccurredAt;
                break;
            case QuoteApproved approved:
            {
                (rfq.ApprovedQuoteId, rfq.ApprovedAt) = (approved.QuoteId, e.OccurredAt);
                var quote = await QuoteAsync(db, rfq.Id, approved.QuoteId, cancel);
                (quote.SupplierId, quote.ApprovedAt, quote.ApprovedQuantity) = (approved.SupplierId, e.OccurredAt, approved.Quantity);
                (quote.ApprovedUnitPriceMinor, quote.ApprovedTotalMinor, quote.Currency) = (approved.UnitPrice.MinorUnits, approved.Total.MinorUnits, approved.Total.Currency);
                break;
            }

            case RfqClosed closed:
                (rfq.ClosedAt, rfq.CloseReason) = (e.OccurredAt, closed.Reason);
                break;
            case CreatorToldOfDelay told when rfq.CreatorToldAt is null || e.OccurredAt > rfq.CreatorToldAt:
                (rfq.CreatorToldAt, rfq.DelayMessage) = (e.OccurredAt, told.Message);
                break;
        }
    }

    private static void SetState(InvitationView invitation, StoredEvent e, InvitationState state, DateTimeOffset? until, string? reason)
    {
        if (!e.Stamp.Follows(invitation.StateStamp)) { return; }

        (invitation.StateStamp, invitation.StateSince, invitation.State) = (e.Stamp, e.OccurredAt, state);
        (invitation.Until, invitation.Reason) = (until?.ToUniversalTime(), reason);
    }

    private static void Derive(RfqView rfq, IReadOnlyList<QuoteView> quotes)
    {
        rfq.State = rfq switch
        {
            { ApprovedQuoteId: not null } => RfqState.Approved,
            { ClosedAt: not null } => RfqState.Closed,
            _ when quotes.Any(q => q.ReceivedAt is not null) => RfqState.Quoted,
            _ => RfqState.Open,
        };
        foreach (var quote in quotes)
        {
            quote.State = (quote.Id == rfq.ApprovedQuoteId, quote.StaleAt is not null, rfq.State is RfqState.Approved or RfqState.Closed) switch
            {
                (true, _, _) => QuoteState.Approved,
                (_, true, _) => QuoteState.Stale,
                (_, _, true) => QuoteState.NotChosen,
                _ => QuoteState.Open,
            };
        }
    }

    private static ValueTask<InvitationView> InvitationAsync(CcnDbContext db, string rfqId, string supplierId, CancellationToken cancel) =>
        db.Invitations.RowAsync(() => new() { RfqId = rfqId, SupplierId = supplierId }, cancel, rfqId, supplierId);

    private static async Task<QuoteView> QuoteAsync(CcnDbContext db, string rfqId, string quoteId, CancellationToken cancel)
    {
        var quote = await db.Quotes.RowAsync(() => new() { Id = quoteId }, cancel, quoteId);
        quote.RfqId = rfqId;
        return quote;
    }
}
