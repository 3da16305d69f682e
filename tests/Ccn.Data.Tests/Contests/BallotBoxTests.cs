using Ccn.Data.Contests;
using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Npgsql;

namespace Ccn.Data.Tests.Contests;

public sealed class BallotBoxTests(CcnDatabase database) : IClassFixture<CcnDatabase>
{
    private static readonly DateTimeOffset Opens = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Closes = Opens.AddDays(7);
    private readonly BallotBox box = new(database.Source);

    [Fact]
    public async Task One_ballot_for_each_member_and_design_and_the_last_one_counts()
    {
        var contest = await OpenContestAsync("ctt_one");
        Assert.Equal(CastOutcome.Cast, await box.CastAsync(contest, "dsg_a", "usr_1", 4, Opens));
        Assert.Equal(CastOutcome.AlreadyCast, await box.CastAsync(contest, "dsg_a", "usr_1", 4, Opens.AddHours(1)));
        Assert.Equal(CastOutcome.Changed, await box.CastAsync(contest, "dsg_a", "usr_1", 2, Opens.AddHours(2)));
        Assert.Equal(CastOutcome.Cast, await box.CastAsync(contest, "dsg_b", "usr_1", 5, Opens.AddHours(3)));
        await box.FreezeAsync(contest, Closes);
        Assert.Equal(
            [new("dsg_a", "usr_1", 2, Opens.AddHours(2), null, null), new("dsg_b", "usr_1", 5, Opens.AddHours(3), null, null)],
            await box.ReadFrozenAsync(contest));
    }

    [Fact]
    public async Task Nobody_votes_for_their_own_design_or_for_one_that_is_not_entered()
    {
        var contest = await OpenContestAsync("ctt_own");
        Assert.Equal(CastOutcome.OwnDesign, await box.CastAsync(contest, "dsg_a", "usr_a", 5, Opens));
        Assert.Equal(CastOutcome.NotEntered, await box.CastAsync(contest, "dsg_x", "usr_1", 5, Opens));
        Assert.Equal(CastOutcome.NotEntered, await box.CastAsync("ctt_none", "dsg_a", "usr_1", 5, Opens));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => box.CastAsync(contest, "dsg_a", "usr_1", 6, Opens));
        await box.FreezeAsync(contest, Closes);
        Assert.Empty(await box.ReadFrozenAsync(contest));
    }

    [Fact]
    public async Task The_window_ends_with_its_last_instant()
    {
        var contest = await OpenContestAsync("ctt_window");
        Assert.Equal(CastOutcome.Closed, await box.CastAsync(contest, "dsg_a", "usr_1", 3, Opens.AddTicks(-10)));
        Assert.Equal(CastOutcome.Cast, await box.CastAsync(contest, "dsg_a", "usr_1", 3, Closes.AddTicks(-10)));
        Assert.Equal(CastOutcome.Closed, await box.CastAsync(contest, "dsg_a", "usr_2", 3, Closes));
    }

    [Fact]
    public async Task A_freeze_holds_whatever_the_clock_of_the_caller_says()
    {
        var contest = await OpenContestAsync("ctt_frozen");
        await Assert.ThrowsAsync<InvalidOperationException>(() => box.ReadFrozenAsync(contest));
        Assert.Equal(Closes, await box.FreezeAsync(contest, Closes));
        Assert.Equal(Closes, await box.FreezeAsync(contest, Closes.AddHours(1)));
        Assert.Equal(CastOutcome.Closed, await box.CastAsync(contest, "dsg_a", "usr_1", 3, Opens));
        await Assert.ThrowsAsync<InvalidOperationException>(() => box.FreezeAsync("ctt_nowhere", Closes));
    }

    [Fact]
    public async Task A_ballot_that_meets_a_freeze_in_progress_waits_and_is_refused()
    {
        var contest = await OpenContestAsync("ctt_wait");
        await using var freezing = await database.Source.OpenConnectionAsync();
        await using var transaction = await freezing.BeginTransactionAsync();
        await using (var freeze = new NpgsqlCommand("update ballot_boxes set frozen_at = now() where contest_id = 'ctt_wait'", freezing, transaction))
        {
            await freeze.ExecuteNonQueryAsync();
        }

        var cast = box.CastAsync(contest, "dsg_a", "usr_1", 3, Opens);
        await WaitForAWaiterAsync(cast);
        Assert.False(cast.IsCompleted);
        await transaction.CommitAsync();
        Assert.Equal(CastOutcome.Closed, await cast);
    }

    [Fact]
    public async Task Of_votes_that_race_with_the_freeze_none_lands_after_it()
    {
        var contest = await OpenContestAsync("ctt_race");
        var landed = 0;
        var enough = new TaskCompletionSource();
        var voters = Enumerable.Range(0, 8).Select(voter => Task.Run(async () =>
        {
            for (var i = 0; ; i++)
            {
                var outcome = await box.CastAsync(contest, i % 2 == 0 ? "dsg_a" : "dsg_b", $"usr_{voter}_{i}", 1 + (i % 5), Opens);
                if (outcome is CastOutcome.Closed) { return; }

                Assert.Equal(CastOutcome.Cast, outcome);
                if (Interlocked.Increment(ref landed) == 100) { enough.SetResult(); }
            }
        })).ToList();

        await enough.Task;
        await box.FreezeAsync(contest, Closes);
        var atTheFreeze = await box.ReadFrozenAsync(contest);
        await Task.WhenAll(voters);
        Assert.Equal(landed, atTheFreeze.Count);
        Assert.Equal(atTheFreeze, await box.ReadFrozenAsync(contest));
    }

    [Fact]
    public async Task A_voided_ballot_stays_with_its_reason_even_when_it_is_changed()
    {
        var contest = await OpenContestAsync("ctt_void");
        await box.CastAsync(contest, "dsg_a", "usr_1", 5, Opens);
        Assert.True(await box.VoidAsync(contest, "dsg_a", "usr_1", "one device, many accounts", Opens.AddHours(1)));
        Assert.False(await box.VoidAsync(contest, "dsg_a", "usr_1", "again", Opens.AddHours(2)));
        Assert.Equal(CastOutcome.Changed, await box.CastAsync(contest, "dsg_a", "usr_1", 1, Opens.AddHours(3)));
        await box.FreezeAsync(contest, Closes);
        Assert.Equal([new("dsg_a", "usr_1", 1, Opens.AddHours(3), Opens.AddHours(1), "one device, many accounts")], await box.ReadFrozenAsync(contest));
    }

    [Fact]
    public async Task A_rebuild_of_the_projections_loses_neither_ballots_nor_the_freeze()
    {
        var contest = await OpenContestAsync("ctt_rebuild");
        await box.CastAsync(contest, "dsg_a", "usr_1", 5, Opens);
        await box.FreezeAsync(contest, Closes);
        await using (var db = database.Open()) { await ProjectionRebuilder.RebuildAsync(db); }

        Assert.Single(await box.ReadFrozenAsync(contest));
        Assert.Equal(CastOutcome.Closed, await box.CastAsync(contest, "dsg_a", "usr_2", 5, Opens));
    }

    private async Task<string> OpenContestAsync(string contestId)
    {
        await using var db = database.Open();
        await EventStore.AppendAsync(db,
        [
            new($"contest/{contestId}:opened", null, "contest", Opens.AddDays(-15), "usr_admin",
                new ContestOpened(contestId, "Lamps", "Light for a desk", "home", StandardTemplates.OpenChallenge.Contest, Opens.AddDays(-15), Opens.AddDays(-1), Opens, Closes, Closes.AddDays(2))),
            new($"contest/{contestId}:entered:dsg_a", "dsg_a", "contest", Opens.AddDays(-3), null, new ContestEntered(contestId, "usr_a", "h1")),
            new($"contest/{contestId}:entered:dsg_b", "dsg_b", "contest", Opens.AddDays(-2), null, new ContestEntered(contestId, "usr_b", "h2")),
        ]);
        return contestId;
    }

    /// <summary>Until the server says that a session of this database waits for a row, or there is nothing that could.</summary>
    private async Task WaitForAWaiterAsync(Task waiter)
    {
        await using var connection = new NpgsqlConnection(database.OwnerConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select exists (select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')", connection);
        while (!waiter.IsCompleted && await command.ExecuteScalarAsync() is not true) { await Task.Yield(); }
    }
}
