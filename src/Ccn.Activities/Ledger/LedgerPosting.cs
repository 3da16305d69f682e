using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Ledger;

/// <summary>How activities post: once per key, whatever the clock says at a repeat.</summary>
internal static class LedgerPosting
{
    /// <summary>Posts the lines that are not zero under the key, in the context's transaction when it has one. A repeat must say the same, but may come at another time: the first entry's time stands.</summary>
    /// <returns>False when nothing was written: a repeat, or nothing to post.</returns>
    /// <exception cref="LedgerFailure">Not balanced, or the key was used for another entry.</exception>
    public static async Task<bool> PostOnceAsync(CcnDbContext db, string key, DateTimeOffset effectiveAt, IEnumerable<JournalLine> lines, CancellationToken cancel)
    {
        var postings = lines.Where(line => !line.Amount.IsZero).ToList();
        if (postings.Count == 0) { return false; }

        var first = await db.JournalEntries.AsNoTracking().Where(e => e.IdempotencyKey == key).Select(e => (DateTimeOffset?)e.EffectiveAt).SingleOrDefaultAsync(cancel);
        return !(await Journal.PostAsync(db, new(key, InMicroseconds(first ?? effectiveAt), postings), cancel)).Replayed;
    }

    /// <summary>Whether the key has been posted.</summary>
    public static Task<bool> IsPostedAsync(CcnDbContext db, string key, CancellationToken cancel) => db.JournalEntries.AnyAsync(e => e.IdempotencyKey == key, cancel);

    /// <summary>Others who work on the same thing wait until this transaction ends.</summary>
    public static Task LockAsync(CcnDbContext db, string name, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({name}, 1))", cancel);

    /// <summary>What PostgreSQL keeps of an instant: the entry's hash is over the time, so it must be the stored one from the start.</summary>
    private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
