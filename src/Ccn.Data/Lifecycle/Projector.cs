using Ccn.Data.Bids;
using Ccn.Data.Contests;
using Ccn.Data.Designs;
using Ccn.Data.Licences;
using Ccn.Data.Listings;
using Ccn.Data.Payouts;
using Ccn.Data.Production;
using Ccn.Data.Royalties;
using Ccn.Data.Sourcing;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Lifecycle;

/// <summary>
/// Applies events to the projections. Every projection gives the same rows whatever the order and however often an event
/// is applied: a group of columns belongs to the newest event by <see cref="Stamp"/>, or a state is derived from facts
/// that are each written once. A row is made by whichever event names it first.
/// </summary>
internal static class Projector
{
    /// <summary>Applies events and saves. The caller holds the locks of the things they speak of.</summary>
    public static async Task ApplyAsync(CcnDbContext db, IReadOnlyList<StoredEvent> events, CancellationToken cancel)
    {
        foreach (var e in events)
        {
            await TimelineProjection.ApplyAsync(db, e, cancel);
            await ParkedStepProjection.ApplyAsync(db, e, cancel);
            await DesignProjection.ApplyAsync(db, e, cancel);
            await ContestProjection.ApplyAsync(db, e, cancel);
            await BidProjection.ApplyAsync(db, e, cancel);
            await LicenceProjection.ApplyAsync(db, e, cancel);
            await SourcingProjection.ApplyAsync(db, e, cancel);
            await OrderProjection.ApplyAsync(db, e, cancel);
            await ListingProjection.ApplyAsync(db, e, cancel);
            await StatementProjection.ApplyAsync(db, e, cancel);
            await PayoutProjection.ApplyAsync(db, e, cancel);
        }

        await db.SaveChangesAsync(cancel);
    }

    /// <summary>The row with the key, or a new one.</summary>
    public static async ValueTask<T> RowAsync<T>(this DbSet<T> rows, Func<T> make, CancellationToken cancel, params object[] key)
        where T : class, IProjectionRow =>
        await rows.FindAsync(key, cancel) ?? rows.Add(make()).Entity;
}
