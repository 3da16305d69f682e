using Ccn.Data.Bids;
using Ccn.Data.Contests;
using Ccn.Data.Lifecycle;
using Ccn.Data.Payouts;
using Ccn.Data.Production;
using Ccn.Data.Royalties;
using Ccn.Data.Sourcing;
using Ccn.Domain.Bids;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data.Tests.Lifecycle;

/// <summary>The whole story in a database of its own for each test, because what is compared is every row there is.</summary>
public sealed class ProjectionTests(PostgresServer server)
{
    [Fact]
    public void The_story_has_every_kind_of_event() =>
        Assert.Empty(EventTypes.All.Except(Story.Tell(distinct: true).Select(e => e.Data.GetType())));

    [Fact]
    public async Task A_rebuild_gives_every_row_again()
    {
        await using var database = await NewDatabaseAsync();
        var story = Story.Tell(distinct: false);
        foreach (var batch in story.Chunk(3))
        {
            await using var db = database.Open();
            await EventStore.AppendAsync(db, batch);
        }

        var before = await RowsAsync(database, withSequences: true);
        await using (var db = database.Open()) { Assert.Equal(story.Count, await ProjectionRebuilder.RebuildAsync(db)); }

        AssertSame(before, await RowsAsync(database, withSequences: true));
        Assert.All(before, table => Assert.NotEmpty(table.Value));
    }

    [Fact]
    public async Task A_repeat_of_everything_changes_nothing()
    {
        await using var database = await NewDatabaseAsync();
        var story = Story.Tell(distinct: false);
        await using var db = database.Open();
        Assert.Equal(story.Count, await EventStore.AppendAsync(db, story));
        var before = await RowsAsync(database, withSequences: true);
        foreach (var batch in story.Chunk(7)) { Assert.Equal(0, await EventStore.AppendAsync(db, batch)); }

        AssertSame(before, await RowsAsync(database, withSequences: true));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Events_that_overtake_each_other_give_the_same_rows(int seed)
    {
        await using var inOrder = await NewDatabaseAsync();
        await using var shuffled = await NewDatabaseAsync();
        var story = Story.Tell(distinct: true);
        var mixed = story.ToArray();
        new Random(seed).Shuffle(mixed);
        await using (var db = inOrder.Open()) { await EventStore.AppendAsync(db, story); }

        foreach (var batch in mixed.Chunk(5))
        {
            await using var db = shuffled.Open();
            await EventStore.AppendAsync(db, batch);
        }

        AssertSame(await RowsAsync(inOrder, withSequences: false), await RowsAsync(shuffled, withSequences: false));
    }

    [Fact]
    public async Task The_rows_tell_the_story()
    {
        await using var database = await NewDatabaseAsync();
        await using var db = database.Open();
        await EventStore.AppendAsync(db, Story.Tell(distinct: false));

        var lamp = await db.Designs.SingleAsync(d => d.Id == Story.Lamp);
        Assert.Equal((DesignStage.Ended, Party.None, "term over"), (lamp.Stage, lamp.Turn, lamp.EndReason));
        Assert.Equal("files/dsg_lamp-400", Assert.Single(lamp.Variants).FileKey);
        Assert.NotNull(lamp.PublishedAt);
        Assert.Null((await db.Designs.SingleAsync(d => d.Id == Story.Mug)).PublishedAt);
        Assert.Equal(Story.Lamp, (await db.Designs.Where(d => d.Search.Matches(EF.Functions.PlainToTsQuery("english", "eco-friendly lamps"))).SingleAsync()).Id);

        var entry = await db.ContestEntries.SingleAsync(e => e.DesignId == Story.Lamp);
        Assert.Equal((1, 4.25, 2, Story.Ada), (entry.Rank, entry.Score, entry.Ballots, entry.CreatorId));

        var bids = await db.Bids.ToDictionaryAsync(b => b.Id, b => b.State);
        Assert.Equal(
            new Dictionary<string, BidState>
            {
                ["bid_0"] = BidState.Withdrawn, ["bid_1"] = BidState.Defaulted, ["bid_2"] = BidState.Lapsed, ["bid_3"] = BidState.Accepted, ["bid_4"] = BidState.Withdrawn,
            },
            bids);
        Assert.Equal(800, (await db.Bids.SingleAsync(b => b.Id == "bid_3")).Terms!.RateBasisPoints);
        Assert.Equal(BiddingState.Lapsed, (await db.Biddings.SingleAsync(b => b.DesignId == Story.Mug)).State);

        Assert.Equal((RfqState.Approved, "qte_1"), await db.Rfqs.Where(r => r.Id == Story.Rfq).Select(r => new ValueTuple<RfqState, string?>(r.State, r.ApprovedQuoteId)).SingleAsync());
        Assert.Equal(QuoteState.Stale, (await db.Quotes.SingleAsync(q => q.Id == "qte_2")).State);
        Assert.Equal(OrderState.Closed, (await db.Orders.SingleAsync(o => o.Id == Story.Order)).State);
        Assert.Equal(1_950, (await db.Listings.SingleAsync()).PriceMinor);

        var statement = await db.Statements.SingleAsync(s => s.Id == Story.Statement);
        Assert.Equal((StatementState.Final, 54_000, "pi_1", null), (statement.State, statement.NetMinor, statement.CollectionReference, statement.CollectionFailure));
        Assert.Equal(StatementState.InQuery, (await db.Statements.SingleAsync(s => s.Id == "stm_2")).State);
        var payout = await db.Payouts.SingleAsync();
        Assert.Equal((PayoutStatus.Returned, 2, Story.Finance, 25), (payout.State, payout.Attempt, payout.ApprovedBy, payout.ProviderFeeMinor));
        Assert.Null((await db.Payees.SingleAsync()).HoldReason);
        Assert.False((await db.ParkedSteps.SingleAsync()).IsOpen);
    }

    [Fact]
    public async Task A_sealed_bid_shows_its_receipt_and_nothing_of_its_terms()
    {
        await using var database = await NewDatabaseAsync();
        await using var db = database.Open();
        await EventStore.AppendAsync(db, [.. Story.Tell(distinct: false).TakeWhile(e => e.Data is not BidsRevealed)]);
        var states = await db.Bids.OrderBy(b => b.Id).Select(b => new { b.Receipt, b.Terms, b.Rank, b.State }).ToListAsync();
        Assert.Equal([BidState.Withdrawn, BidState.Sealed, BidState.Sealed, BidState.Sealed, BidState.Withdrawn], states.Select(s => s.State));
        Assert.All(states, s => Assert.True(s is { Receipt: not null, Terms: null, Rank: null }));
    }

    private async Task<CcnDatabase> NewDatabaseAsync()
    {
        var database = new CcnDatabase(server);
        await database.InitializeAsync();
        return database;
    }

    /// <summary>Every row of every projection as text, by table.</summary>
    private static async Task<SortedDictionary<string, List<string>>> RowsAsync(CcnDatabase database, bool withSequences)
    {
        await using var db = database.Open();
        await using var connection = await database.Source.OpenConnectionAsync();
        var rows = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in ProjectionRebuilder.Tables(db))
        {
            // Where events arrive in another order their numbers differ, and with them what is only there to compare.
            var without = withSequences ? "" : "where key <> 'sequence' and key not like '%\\_stamp'";
            await using var command = new NpgsqlCommand(
                $"select line from (select (select jsonb_object_agg(key, value) from jsonb_each(to_jsonb(t)) {without})::text as line from \"{table}\" t) lines order by line collate \"C\"", connection);
            await using var reader = await command.ExecuteReaderAsync();
            rows[table] = [];
            while (await reader.ReadAsync()) { rows[table].Add(reader.GetString(0)); }
        }

        return rows;
    }

    private static void AssertSame(SortedDictionary<string, List<string>> expected, SortedDictionary<string, List<string>> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        Assert.All(expected, table => Assert.Equal(table.Value, actual[table.Key]));
    }
}
