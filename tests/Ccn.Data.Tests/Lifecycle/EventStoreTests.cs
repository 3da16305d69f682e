using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Testing;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Tests.Lifecycle;

public sealed class EventStoreTests(CcnDatabase database) : IClassFixture<CcnDatabase>
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task What_is_read_is_what_was_stored()
    {
        await using var db = database.Open();
        var stored = Story.Tell(distinct: true);
        await EventStore.AppendAsync(db, stored);
        var rows = await db.BusinessEvents.OrderBy(e => e.Sequence).ToListAsync();
        var read = rows.Where(r => stored.Any(s => s.EventId == r.EventId)).ToList();
        Assert.Equal(stored.Select(s => s.EventId), read.Select(r => r.EventId));
        Assert.Equal(
            stored.Select(s => System.Text.Json.JsonSerializer.Serialize(s.Data, CcnJson.Options)),
            read.Select(r => System.Text.Json.JsonSerializer.Serialize(r.Data, CcnJson.Options)));
        Assert.All(read, r => Assert.Equal(EventTypes.NameOf(r.Data), r.Type));
    }

    [Fact]
    public async Task Of_many_at_once_with_one_id_one_is_stored()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var db = database.Open();
            return await EventStore.AppendAsync(db, [Stage("dsg_same", "1", Start, DesignStage.Published)]);
        }));
        Assert.Equal(1, added.Sum());
    }

    [Fact]
    public async Task Appends_that_run_at_once_on_one_design_leave_the_newest_stage()
    {
        var stages = Enum.GetValues<DesignStage>();
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async i =>
        {
            await using var db = database.Open();
            await EventStore.AppendAsync(db, [Stage("dsg_busy", $"{i}", Start.AddMinutes(i), stages[i % stages.Length])]);
        }));
        await using var reader = database.Open();
        var design = await reader.Designs.SingleAsync(d => d.Id == "dsg_busy");
        Assert.Equal((stages[39 % stages.Length], Start.AddMinutes(39)), (design.Stage, design.StageSince));
        Assert.Equal(40, await reader.Timeline.CountAsync(t => t.DesignId == "dsg_busy"));
    }

    [Fact]
    public async Task Batches_that_name_the_same_things_in_opposite_order_do_not_block_each_other_for_ever()
    {
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            BusinessEvent[] batch = [Stage("dsg_x", $"x{i}", Start.AddMinutes(i), DesignStage.Published), Stage("dsg_y", $"y{i}", Start.AddMinutes(i), DesignStage.Published)];
            if (i % 2 == 1) { Array.Reverse(batch); }

            await using var db = database.Open();
            Assert.Equal(2, await EventStore.AppendAsync(db, batch));
        }));
    }

    [Fact]
    public async Task Of_events_of_one_instant_the_later_in_the_batch_wins()
    {
        await using var db = database.Open();
        await EventStore.AppendAsync(db, [Stage("dsg_tie", "1", Start, DesignStage.Submitted), Stage("dsg_tie", "2", Start, DesignStage.Published), Stage("dsg_tie", "1", Start, DesignStage.Held)]);
        Assert.Equal(DesignStage.Published, (await db.Designs.SingleAsync(d => d.Id == "dsg_tie")).Stage);
    }

    [Fact]
    public async Task Events_and_what_they_tell_of_are_saved_together_or_not_at_all()
    {
        await using var db = database.Open();
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            await EventStore.AppendAsync(db, [Stage("dsg_back", "1", Start, DesignStage.Published)]);
            await transaction.RollbackAsync();
        }

        Assert.False(await db.Designs.AnyAsync(d => d.Id == "dsg_back"));
        Assert.False(await db.BusinessEvents.AnyAsync(e => e.DesignId == "dsg_back"));
    }

    [Fact]
    public async Task Unsaved_changes_do_not_slip_into_an_append()
    {
        await using var db = database.Open();
        db.Comments.Add(new() { Id = "cmt_1", DesignId = "dsg_1", AuthorId = "usr_1", Text = "!" });
        await Assert.ThrowsAsync<InvalidOperationException>(() => EventStore.AppendAsync(db, [Stage("dsg_1", "1", Start, DesignStage.Published)]));
    }

    private static BusinessEvent Stage(string designId, string step, DateTimeOffset at, DesignStage stage) =>
        new($"design/{designId}:stage:{step}", designId, "design", at, null, new StageEntered(stage, Party.None, null, null, null, null));
}
