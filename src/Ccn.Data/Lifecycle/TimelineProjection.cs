using Ccn.Domain.Events;

namespace Ccn.Data.Lifecycle;

/// <summary>One entry for each event of a design.</summary>
internal static class TimelineProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        if (e.DesignId is null) { return; }

        await db.Timeline.RowAsync(
            () => new()
            {
                Sequence = e.Sequence, DesignId = e.DesignId, EventId = e.EventId, OccurredAt = e.OccurredAt, ActorId = e.ActorId,
                Type = EventTypes.NameOf(e.Data), Summary = TimelineText.Of(e.Data), IsPublic = IsPublic(e.Data),
            },
            cancel, e.Sequence);
    }

    /// <summary>What anybody may see: the way of the design, never offers, money or problems.</summary>
    private static bool IsPublic(EventData data) => data is DesignSubmitted or DesignPublished or StageEntered or LifecycleEnded or ContestEntered or ContestDecided
        or BadgeAwarded or SpotlightOpened or BiddingOpened or LicenceInForce or ListingBuyable;
}
