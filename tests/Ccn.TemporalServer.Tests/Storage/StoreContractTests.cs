using Ccn.TemporalServer.Storage;
using Ccn.TemporalServer.Visibility;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Storage;

/// <summary>What every store must do.</summary>
public abstract class StoreContractTests : IAsyncLifetime
{
    private IStore store = null!;
    private StoreOpening opening = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        store = (IStore)await CreateStoreAsync();
        opening = await store.OpenAsync(Cancel);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>A fresh, empty store. (An object, because the contract itself is internal and test classes are public.)</summary>
    protected abstract Task<object> CreateStoreAsync();

    [Fact]
    public void An_empty_store_opens_in_its_first_epoch_with_nothing_in_it()
    {
        Assert.Equal(1, opening.Epoch);
        Assert.Equal(TimeSpan.Zero, opening.ClockOffset);
        Assert.Empty(opening.Namespaces);
        Assert.Empty(opening.SearchAttributes);
    }

    [Fact]
    public async Task A_run_is_loaded_as_it_was_written()
    {
        var written = Runs.Started("deposit/1", "r1");
        await store.CommitAsync([written], Cancel);

        var loaded = await store.LoadAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel);

        Assert.NotNull(loaded);
        Assert.True(loaded.IsCurrent);
        Assert.Equal(written.State, loaded.State);
        Assert.Equal(written.NextDue, loaded.NextDue);
        Assert.Equal(written.Visibility, loaded.Visibility);
    }

    [Fact]
    public async Task An_unknown_run_workflow_or_namespace_is_null()
    {
        await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);

        Assert.Null(await store.LoadAsync(Runs.NamespaceId, "deposit/1", "r2", Cancel));
        Assert.Null(await store.LoadAsync(Runs.NamespaceId, "deposit/2", null, Cancel));
        Assert.Null(await store.LoadAsync("other", "deposit/1", "r1", Cancel));
        Assert.Empty(await store.LoadHistoryAsync(Runs.NamespaceId, "deposit/1", "r2", Cancel));
    }

    [Fact]
    public async Task History_comes_back_batch_by_batch_in_the_order_of_its_events()
    {
        var first = Runs.Started("deposit/1", "r1");
        await store.CommitAsync([first], Cancel);
        await store.CommitAsync([Runs.Next(first, 4, 3), Runs.Next(first, 5, 10) with { Events = null }, Runs.Next(first, 6, 12)], Cancel);

        var batches = await store.LoadHistoryAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel);

        Assert.Equal([1, 3, 12], batches.Select(b => b.FirstEventId));
        Assert.Equal([[10, 11], [4], [6]], batches.Select(b => b.Events));
        Assert.Equal([6], (await store.LoadAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel))!.State);
    }

    [Fact]
    public async Task A_new_run_takes_the_place_of_the_current_one_even_when_the_old_one_is_written_after_it()
    {
        var old = Runs.Started("deposit/1", "r1");
        await store.CommitAsync([old], Cancel);
        await store.CommitAsync([Runs.Started("deposit/1", "r2"), Runs.Next(old, 9, 3, Runs.Row(WorkflowExecutionStatus.ContinuedAsNew))], Cancel);

        Assert.Equal("r2", (await store.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel))!.RunId);
        Assert.False((await store.LoadAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel))!.IsCurrent);
    }

    [Fact]
    public async Task A_closed_run_stays_the_current_one_and_is_not_loaded_at_boot()
    {
        var first = Runs.Started("deposit/1", "r1");
        await store.CommitAsync([first, Runs.Started("deposit/2", "r2", Runs.Row(start: Runs.Noon.AddMinutes(-1)))], Cancel);
        await store.CommitAsync([Runs.Next(first, 9, 3, Runs.Row(WorkflowExecutionStatus.Completed)), Runs.Started("deposit/3", "r3")], Cancel);

        var open = await store.LoadOpenAsync(Cancel).Select(e => e.RunId).ToListAsync(Cancel);

        Assert.Equal(["r2", "r3"], open);
        Assert.Equal("r1", (await store.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel))!.RunId);
    }

    [Fact]
    public async Task A_commit_with_one_impossible_write_changes_nothing()
    {
        await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);

        await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync([new ClockWrite(TimeSpan.FromDays(1)), Runs.Started("deposit/2", "r2"), Runs.Started("deposit/1", "r1")], Cancel));
        await Assert.ThrowsAnyAsync<Exception>(() => store.CommitAsync([Runs.Started("deposit/3", "r3"), Runs.Next(Runs.Started("deposit/4", "r4"), 1, 3)], Cancel));

        Assert.Null(await store.LoadAsync(Runs.NamespaceId, "deposit/2", null, Cancel));
        Assert.Null(await store.LoadAsync(Runs.NamespaceId, "deposit/3", null, Cancel));
        Assert.Single(await store.LoadHistoryAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel));

        await store.CommitAsync([Runs.Started("deposit/5", "r5")], Cancel);
        Assert.NotNull(await store.LoadAsync(Runs.NamespaceId, "deposit/5", null, Cancel));
    }

    [Fact]
    public async Task A_deleted_current_run_is_followed_by_the_latest_one_left()
    {
        await store.CommitAsync([Runs.Started("deposit/1", "r1", Runs.Row(WorkflowExecutionStatus.Failed))], Cancel);
        await store.CommitAsync([Runs.Started("deposit/1", "r2", Runs.Row(WorkflowExecutionStatus.Failed, Runs.Noon.AddMinutes(1)))], Cancel);
        await store.CommitAsync([Runs.Started("deposit/1", "r3", Runs.Row(start: Runs.Noon.AddMinutes(2)))], Cancel);

        await store.CommitAsync([new ExecutionDelete(Runs.NamespaceId, "deposit/1", "r3")], Cancel);
        Assert.Equal("r2", (await store.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel))!.RunId);
        Assert.Empty(await store.LoadHistoryAsync(Runs.NamespaceId, "deposit/1", "r3", Cancel));

        await store.CommitAsync(
            [new ExecutionDelete(Runs.NamespaceId, "deposit/1", "r1"), new ExecutionDelete(Runs.NamespaceId, "deposit/1", "r2"), new ExecutionDelete(Runs.NamespaceId, "deposit/1", "r2")],
            Cancel);
        Assert.Null(await store.LoadAsync(Runs.NamespaceId, "deposit/1", null, Cancel));
        await store.CommitAsync([Runs.Started("deposit/1", "r1")], Cancel);
        Assert.Single(await store.LoadHistoryAsync(Runs.NamespaceId, "deposit/1", "r1", Cancel));
    }

    [Fact]
    public async Task Lists_have_open_runs_first_then_the_latest_close_and_go_on_page_by_page()
    {
        await store.CommitAsync(
            [
                Runs.Started("a", "closed-early", Runs.Row(WorkflowExecutionStatus.Completed, close: Runs.Noon.AddMinutes(1))),
                Runs.Started("b", "closed-late", Runs.Row(WorkflowExecutionStatus.Failed, close: Runs.Noon.AddMinutes(9))),
                Runs.Started("c", "open-early", Runs.Row(start: Runs.Noon)),
                Runs.Started("d", "open-late", Runs.Row(start: Runs.Noon.AddMicroseconds(1))),
                Runs.Started("e", "closed-late-too", Runs.Row(WorkflowExecutionStatus.Failed, Runs.Noon.AddMinutes(2), Runs.Noon.AddMinutes(9))),
                Runs.Started("other", "hidden") with { NamespaceId = "other" },
            ],
            Cancel);
        var seen = new List<string>();
        VisibilityPosition? after = null;
        do
        {
            var page = await store.ListAsync(new(Runs.NamespaceId, PageSize: 2, After: after), Cancel);
            Assert.InRange(page.Hits.Count, 1, 2);
            seen.AddRange(page.Hits.Select(h => h.RunId));
            after = page.Next;
        }
        while (after is not null);

        Assert.Equal(["open-late", "open-early", "closed-late-too", "closed-late", "closed-early"], seen);
    }

    [Fact]
    public async Task Counts_are_given_as_a_whole_and_by_status()
    {
        await store.CommitAsync(
            [
                Runs.Started("a", "r1"),
                Runs.Started("b", "r2", Runs.Row(WorkflowExecutionStatus.Failed)),
                Runs.Started("c", "r3", Runs.Row(WorkflowExecutionStatus.Failed)),
            ],
            Cancel);

        var whole = await store.CountAsync(new(Runs.NamespaceId), Cancel);
        var grouped = await store.CountAsync(new(Runs.NamespaceId, GroupByStatus: true), Cancel);
        var none = await store.CountAsync(new("other", GroupByStatus: true), Cancel);

        Assert.Equal((3, 0), (whole.Total, whole.Groups.Count));
        Assert.Equal([(WorkflowExecutionStatus.Running, 1L), (WorkflowExecutionStatus.Failed, 2L)], grouped.Groups);
        Assert.Equal((0, 0), (none.Total, none.Groups.Count));
    }

    [Fact]
    public async Task Namespaces_search_attributes_schedules_and_the_clock_are_there_at_the_next_opening()
    {
        var ns = new DescribeNamespaceResponse { NamespaceInfo = new() { Id = Runs.NamespaceId, Name = "default" } };
        var changed = ns.Clone();
        changed.NamespaceInfo.Description = "changed";
        await store.CommitAsync(
            [
                new NamespaceWrite(ns.ToByteArray()),
                new NamespaceWrite(changed.ToByteArray()),
                new SearchAttributeWrite(Runs.NamespaceId, "CcnStage", IndexedValueType.Int),
                new SearchAttributeWrite(Runs.NamespaceId, "CcnStage", IndexedValueType.Keyword),
                new SearchAttributeWrite(Runs.NamespaceId, "CcnGone", IndexedValueType.Bool),
                new SearchAttributeWrite(Runs.NamespaceId, "CcnGone", null),
                new ScheduleWrite(Runs.NamespaceId, "weekly", [1]),
                new ScheduleWrite(Runs.NamespaceId, "weekly", [2, 3]),
                new ScheduleWrite(Runs.NamespaceId, "gone", [4]),
                new ScheduleWrite(Runs.NamespaceId, "gone", null),
                new ClockWrite(TimeSpan.FromDays(1)),
                new ClockWrite(TimeSpan.FromTicks(12_345_678_901)),
            ],
            Cancel);
        store = (IStore)await ReopenAsync(store);
        opening = await store.OpenAsync(Cancel);

        Assert.Equal(2, opening.Epoch);
        Assert.Equal(TimeSpan.FromTicks(12_345_678_901), opening.ClockOffset);
        Assert.Equal([changed.ToByteArray()], opening.Namespaces);
        Assert.Equal([new StoredSearchAttribute(Runs.NamespaceId, "CcnStage", IndexedValueType.Keyword)], opening.SearchAttributes);
        var schedule = Assert.Single(opening.Schedules);
        Assert.Equal((Runs.NamespaceId, "weekly"), (schedule.NamespaceId, schedule.ScheduleId));
        Assert.Equal([2, 3], schedule.State);
    }

    [Fact]
    public async Task A_deleted_namespace_takes_its_search_attributes_and_schedules_along_and_those_of_others_stay()
    {
        const string Other = "99999999-2222-3333-4444-555555555555";
        StoreWrite[] Of(string id) =>
        [
            new NamespaceWrite(new DescribeNamespaceResponse { NamespaceInfo = new() { Id = id, Name = id } }.ToByteArray()),
            new SearchAttributeWrite(id, "CcnStage", IndexedValueType.Keyword), new ScheduleWrite(id, "weekly", [1]),
        ];
        await store.CommitAsync([.. Of(Runs.NamespaceId), .. Of(Other), new NamespaceDelete(Runs.NamespaceId), new NamespaceDelete(Runs.NamespaceId)], Cancel);
        store = (IStore)await ReopenAsync(store);
        opening = await store.OpenAsync(Cancel);

        Assert.Equal(Other, DescribeNamespaceResponse.Parser.ParseFrom(Assert.Single(opening.Namespaces)).NamespaceInfo.Id);
        Assert.Equal(Other, Assert.Single(opening.SearchAttributes).NamespaceId);
        Assert.Equal(Other, Assert.Single(opening.Schedules).NamespaceId);
    }

    /// <summary>Closes the store and gives one with the same content, not yet open.</summary>
    protected abstract Task<object> ReopenAsync(object closing);
}

/// <summary>The store in memory. It lives as long as its object, so opening it again is all there is to reopening.</summary>
public sealed class InMemoryStoreTests : StoreContractTests
{
    protected override Task<object> CreateStoreAsync() => Task.FromResult<object>(new InMemoryStore());

    protected override Task<object> ReopenAsync(object closing) => Task.FromResult(closing);
}
