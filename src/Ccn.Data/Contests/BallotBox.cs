using Ccn.Data.Lifecycle;
using Npgsql;

namespace Ccn.Data.Contests;

/// <summary>What became of a ballot.</summary>
public enum CastOutcome
{
    /// <summary>The member's first ballot for the design.</summary>
    Cast,
    /// <summary>It replaced the member's earlier, different score.</summary>
    Changed,
    /// <summary>The member already has a ballot with this score; nothing changed.</summary>
    AlreadyCast,
    /// <summary>Voting has not begun, is over, or the ballots are frozen.</summary>
    Closed,
    /// <summary>Nobody votes for their own design.</summary>
    OwnDesign,
    /// <summary>The design is not in the contest.</summary>
    NotEntered,
}

/// <summary>A ballot after the freeze, in the order of the canonical ballot file: by design id, then member id, bytewise.</summary>
public sealed record FrozenBallot(string DesignId, string MemberId, int Score, DateTimeOffset CastAt, DateTimeOffset? VoidedAt, string? VoidReason);

/// <summary>Takes ballots until a contest is frozen. The database's row locks decide, so a ballot lands before the freeze or not at all.</summary>
public sealed class BallotBox(NpgsqlDataSource source)
{
    /// <summary>
    /// One statement: the share lock on the box waits for a freeze in progress and then sees it; a freeze waits for
    /// ballots in progress. Whether a score is new is decided under the ballot's own lock. Only the member's own tabs are told:
    /// when an entry gets ballots is as secret as their scores.
    /// </summary>
    private const string CastSql = $"""
        with box as (
            select contest_id from ballot_boxes
            where contest_id = $1 and frozen_at is null and opens_at <= $5 and closes_at > $5
            for share),
        entry as (
            select creator_id from contest_entries where contest_id = $1 and design_id = $2),
        cast_now as (
            insert into ballots as b (contest_id, design_id, member_id, score, cast_at, revision)
            select contest_id, $2, $3, $4, $5, 1 from box, entry where entry.creator_id <> $3
            on conflict (contest_id, design_id, member_id)
            do update set score = excluded.score, cast_at = excluded.cast_at, revision = b.revision + 1 where b.score <> excluded.score
            returning revision)
        select exists (select 1 from box), (select creator_id from entry), (select revision from cast_now), (select pg_notify('{Changes.Channel}', $3) from cast_now)
        """;

    /// <summary>Casts or changes a ballot.</summary>
    /// <param name="score">1 to 5.</param>
    /// <param name="now">The application's clock, judged against the window; the freeze holds whatever it says.</param>
    public async Task<CastOutcome> CastAsync(string contestId, string designId, string memberId, int score, DateTimeOffset now, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(score, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(score, 5);
        await using var command = source.CreateCommand(CastSql);
        command.Parameters.Add(new() { Value = contestId });
        command.Parameters.Add(new() { Value = designId });
        command.Parameters.Add(new() { Value = memberId });
        command.Parameters.Add(new() { Value = (short)score });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        var isOpen = reader.GetBoolean(0);
        var creatorId = await reader.IsDBNullAsync(1, cancel) ? null : reader.GetString(1);
        var revision = await reader.IsDBNullAsync(2, cancel) ? 0 : reader.GetInt32(2);
        return (isOpen, creatorId, revision) switch
        {
            (_, null, _) => CastOutcome.NotEntered,
            (false, _, _) => CastOutcome.Closed,
            (_, var creator, _) when creator == memberId => CastOutcome.OwnDesign,
            (_, _, 0) => CastOutcome.AlreadyCast,
            (_, _, 1) => CastOutcome.Cast,
            _ => CastOutcome.Changed,
        };
    }

    /// <summary>Ends the taking of ballots. The first call decides; later ones change nothing.</summary>
    /// <returns>When the ballots were frozen.</returns>
    /// <exception cref="InvalidOperationException">The contest's opening is not on record.</exception>
    public async Task<DateTimeOffset> FreezeAsync(string contestId, DateTimeOffset now, CancellationToken cancel = default)
    {
        // The update's row lock and the ballots' share locks exclude each other: it waits for every ballot in progress.
        await using var command = source.CreateCommand(
            "update ballot_boxes set frozen_at = coalesce(frozen_at, $2) where contest_id = $1 returning frozen_at");
        command.Parameters.Add(new() { Value = contestId });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        return await command.ExecuteScalarAsync(cancel) is DateTime at
            ? new(at, TimeSpan.Zero)
            : throw new InvalidOperationException($"The opening of contest {contestId} is not on record.");
    }

    /// <summary>Leaves a ballot out of the count, with the reason; after a freeze too, and without telling the member.</summary>
    /// <returns>False when there is no such ballot or it was left out already.</returns>
    public async Task<bool> VoidAsync(string contestId, string designId, string memberId, string reason, DateTimeOffset now, CancellationToken cancel = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        await using var command = source.CreateCommand("""
            update ballots set voided_at = $5, void_reason = $4
            where contest_id = $1 and design_id = $2 and member_id = $3 and voided_at is null
            """);
        command.Parameters.Add(new() { Value = contestId });
        command.Parameters.Add(new() { Value = designId });
        command.Parameters.Add(new() { Value = memberId });
        command.Parameters.Add(new() { Value = reason });
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        return await command.ExecuteNonQueryAsync(cancel) == 1;
    }

    /// <summary>Every ballot of a frozen contest, voided ones included, in a fixed order.</summary>
    /// <exception cref="InvalidOperationException">The contest is not frozen: its ballots may still change.</exception>
    public async Task<IReadOnlyList<FrozenBallot>> ReadFrozenAsync(string contestId, CancellationToken cancel = default)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using (var frozen = new NpgsqlCommand("select 1 from ballot_boxes where contest_id = $1 and frozen_at is not null", connection))
        {
            frozen.Parameters.Add(new() { Value = contestId });
            if (await frozen.ExecuteScalarAsync(cancel) is null) { throw new InvalidOperationException($"Contest {contestId} is not frozen."); }
        }

        // A later statement than the check, so it sees all that landed before the freeze. Order is the same under every collation.
        await using var command = new NpgsqlCommand("""
            select design_id, member_id, score, cast_at, voided_at, void_reason from ballots
            where contest_id = $1 order by design_id collate "C", member_id collate "C"
            """, connection);
        command.Parameters.Add(new() { Value = contestId });
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var ballots = new List<FrozenBallot>();
        while (await reader.ReadAsync(cancel))
        {
            ballots.Add(new(reader.GetString(0), reader.GetString(1), reader.GetInt16(2), await reader.GetFieldValueAsync<DateTimeOffset>(3, cancel),
                await reader.GetFieldValueAsync<DateTimeOffset?>(4, cancel), await reader.IsDBNullAsync(5, cancel) ? null : reader.GetString(5)));
        }

        return ballots;
    }
}
