using System.Text.Json;
using Ccn.Data.Notifications;
using Ccn.Domain;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Ccn.Data.Lifecycle;

/// <summary>The append-only store of business events.</summary>
public static class EventStore
{
    /// <summary>
    /// Stores events in order and applies the new ones to the projections, in one transaction: the context's own when it
    /// has one (the caller commits), else one of its own. An event id that is stored already is a no-op.
    /// </summary>
    /// <returns>How many events were new.</returns>
    /// <exception cref="InvalidOperationException">The context has changes that are not saved: they must not slip into this transaction unseen.</exception>
    public static async Task<int> AppendAsync(CcnDbContext db, IReadOnlyList<BusinessEvent> events, CancellationToken cancel = default)
    {
        if (db.ChangeTracker.HasChanges()) { throw new InvalidOperationException("Save or drop the changes in the context before appending events."); }

        if (events.Count == 0) { return 0; }

        var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancel) : null;
        await using var ownership = own;
        await LockAsync(db, events, cancel);
        var stored = await InsertAsync(db, events, cancel);

        // Rows the caller read before the locks may be stale.
        db.ChangeTracker.Clear();
        await Projector.ApplyAsync(db, stored, cancel);
        var told = await NoticeWriter.WriteAsync(db, stored, cancel);
        db.ChangeTracker.Clear();
        await Changes.AnnounceAsync(db, events.Where(e => stored.Any(row => row.EventId == e.EventId)).SelectMany(EventTypes.KeysOf).Concat(told), cancel);
        if (own is not null) { await own.CommitAsync(cancel); }

        return stored.Count;
    }

    /// <summary>
    /// Two events on one design, contest or payout are applied one after the other, so a projection may read a row, decide
    /// and write it. Everybody asks in the same order, so nobody waits in a circle. Sequence numbers are taken under the
    /// locks: for one thing their order is the order of commits.
    /// </summary>
    private static async Task LockAsync(CcnDbContext db, IReadOnlyList<BusinessEvent> events, CancellationToken cancel)
    {
        var keys = events.SelectMany(EventTypes.KeysOf).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        await using var command = Command(db, "select pg_advisory_xact_lock_shared($1)");
        command.Parameters.Add(new() { Value = AdvisoryLocks.Projections });
        await command.ExecuteNonQueryAsync(cancel);
        if (keys.Length == 0) { return; }

        await using var rows = Command(db, "select pg_advisory_xact_lock(hashtextextended(k, 0)) from unnest($1) k");
        rows.Parameters.Add(new() { Value = keys });
        await rows.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<StoredEvent>> InsertAsync(CcnDbContext db, IReadOnlyList<BusinessEvent> events, CancellationToken cancel)
    {
        await using var command = Command(db, """
            insert into business_events (event_id, design_id, source, occurred_at, actor_id, type, data)
            select e.event_id, e.design_id, e.source, e.occurred_at, e.actor_id, e.type, e.data::jsonb
            from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality as e (event_id, design_id, source, occurred_at, actor_id, type, data, place)
            order by e.place
            on conflict (event_id) do nothing
            returning sequence, event_id
            """);
        Add(command, NpgsqlDbType.Text, events.Select(e => e.EventId));
        Add(command, NpgsqlDbType.Text, events.Select(e => e.DesignId));
        Add(command, NpgsqlDbType.Text, events.Select(e => e.Source));
        Add(command, NpgsqlDbType.TimestampTz, events.Select(e => InMicroseconds(e.OccurredAt)));
        Add(command, NpgsqlDbType.Text, events.Select(e => e.ActorId));
        Add(command, NpgsqlDbType.Text, events.Select(e => EventTypes.NameOf(e.Data)));
        Add(command, NpgsqlDbType.Text, events.Select(e => JsonSerializer.Serialize(e.Data, CcnJson.Options)));

        var sequences = new Dictionary<string, long>(StringComparer.Ordinal);
        await using (var reader = await command.ExecuteReaderAsync(cancel))
        {
            while (await reader.ReadAsync(cancel)) { sequences.Add(reader.GetString(1), reader.GetInt64(0)); }
        }

        return [.. events.DistinctBy(e => e.EventId, StringComparer.Ordinal).Where(e => sequences.ContainsKey(e.EventId))
            .Select(e => new StoredEvent(sequences[e.EventId], e.EventId, e.DesignId, e.Source, InMicroseconds(e.OccurredAt), e.ActorId, e.Data))];
    }

    /// <summary>What PostgreSQL keeps of an instant. Cut off before anything compares it, so a rebuild sees what the first run saw.</summary>
    private static DateTimeOffset InMicroseconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });

    private static NpgsqlCommand Command(CcnDbContext db, string sql) =>
        new(sql, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
}
