using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Ccn.Data.Lifecycle;

/// <summary>Makes every projection anew from the events.</summary>
public static class ProjectionRebuilder
{
    private const int BatchSize = 500;

    /// <summary>
    /// Empties the projections and replays the store, in one transaction: appending waits meanwhile, pages go on reading the
    /// old rows until the commit (which is why rows are deleted and tables not truncated).
    /// </summary>
    /// <returns>How many events were replayed.</returns>
    public static async Task<long> RebuildAsync(CcnDbContext db, CancellationToken cancel = default)
    {
        if (db.ChangeTracker.HasChanges()) { throw new InvalidOperationException("Save or drop the changes in the context before rebuilding."); }

        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.Projections})", cancel);
        foreach (var table in Tables(db))
        {
#pragma warning disable EF1002 // a table's name from the model
            await db.Database.ExecuteSqlRawAsync($"delete from \"{table}\"", cancel);
#pragma warning restore EF1002
        }

        long replayed = 0, last = 0;
        while (true)
        {
            db.ChangeTracker.Clear();
            var after = last;
            var batch = await db.BusinessEvents.AsNoTracking().Where(e => e.Sequence > after).OrderBy(e => e.Sequence).Take(BatchSize).ToListAsync(cancel);
            if (batch.Count == 0) { break; }

            await Projector.ApplyAsync(db, [.. batch.Select(e => new StoredEvent(e.Sequence, e.EventId, e.DesignId, e.Source, e.OccurredAt, e.ActorId, e.Data))], cancel);
            last = batch[^1].Sequence;
            replayed += batch.Count;
        }

        await transaction.CommitAsync(cancel);
        return replayed;
    }

    /// <summary>Tables that hold projections.</summary>
    internal static IReadOnlyList<string> Tables(CcnDbContext db) =>
        [.. db.Model.GetEntityTypes().Where(t => typeof(IProjectionRow).IsAssignableFrom(t.ClrType)).Select(t => t.GetTableName()!).Order(StringComparer.Ordinal)];
}
