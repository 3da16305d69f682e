using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>The real client and worker of the SDK against a server in the same process.</summary>
public sealed class SdkWorkflowTests(EmbeddedFixture temporal) : IClassFixture<EmbeddedFixture>
{
    private readonly SampleActivities activities = new();

    [Fact]
    public Task A_workflow_with_one_activity_returns_its_result() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((OneActivityWorkflow wf) => wf.RunAsync("Ada"), EmbeddedFixture.On(queue));

        Assert.Equal("Hello Ada", await handle.GetResultAsync());
        var history = await handle.FetchHistoryAsync();
        Assert.Equal(
            [
                EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted,
                EventType.ActivityTaskScheduled, EventType.ActivityTaskStarted, EventType.ActivityTaskCompleted,
                EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted, EventType.WorkflowExecutionCompleted,
            ],
            history.Events.Select(e => e.EventType));
        Assert.Contains(history.Events, e => e.WorkflowTaskCompletedEventAttributes?.SdkMetadata is { SdkName.Length: > 0 });
        Assert.Equal("\"greets\"", history.Events.ElementAt(4).UserMetadata.Summary.Data.ToStringUtf8());
    });

    [Fact]
    public Task Signals_queries_and_updates_reach_a_running_workflow() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), EmbeddedFixture.On(queue));

        await handle.SignalAsync(wf => wf.NoteAsync("one"));
        Assert.Equal(1, await handle.QueryAsync(wf => wf.Count()));
        Assert.Equal(2, await handle.ExecuteUpdateAsync(wf => wf.AddAsync("two")));
        await handle.SignalAsync(wf => wf.FinishAsync());

        Assert.Equal("one,two", await handle.GetResultAsync());
        Assert.Equal(2, await handle.QueryAsync(wf => wf.Count()));
    });

    [Fact]
    public Task A_rejected_update_fails_its_caller_and_leaves_no_event() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), EmbeddedFixture.On(queue));
        Assert.Equal(0, await handle.QueryAsync(wf => wf.Count()));   // the first workflow task is over
        var before = (await handle.FetchHistoryAsync()).Events.Count;

        var e = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => handle.ExecuteUpdateAsync(wf => wf.AddAsync("")));

        Assert.Equal("empty note", e.InnerException!.Message);
        Assert.Equal(before, (await handle.FetchHistoryAsync()).Events.Count);
    });

    [Fact]
    public Task Update_with_start_starts_once_and_updates_every_time() => WithWorkerAsync(async queue =>
    {
        var id = $"wf-{Guid.NewGuid()}";
        Task<int> AddAsync(string note) => temporal.Client.ExecuteUpdateWithStartWorkflowAsync(
            (MessagesWorkflow wf) => wf.AddAsync(note),
            new(WithStartWorkflowOperation.Create((MessagesWorkflow wf) => wf.RunAsync(), new(id, queue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting })));

        Assert.Equal(1, await AddAsync("a"));
        Assert.Equal(2, await AddAsync("b"));
        var handle = temporal.Client.GetWorkflowHandle<MessagesWorkflow, string>(id);
        await handle.SignalAsync(wf => wf.FinishAsync());

        Assert.Equal("a,b", await handle.GetResultAsync());
    });

    [Fact]
    public Task Retries_and_timers_of_weeks_pass_in_no_time_when_time_is_skipped() => WithWorkerAsync(async queue =>
    {
        var before = temporal.Clock.GetUtcNow();
        var handle = await temporal.Client.StartWorkflowAsync((RetryWorkflow wf) => wf.RunAsync("Ada"), EmbeddedFixture.On(queue));

        Assert.Equal("Hello Ada at last", await temporal.SkippingAsync(handle.GetResultAsync()));
        Assert.Equal(3, activities.Attempts);
        Assert.InRange(temporal.Clock.GetUtcNow() - before, TimeSpan.FromDays(30) + TimeSpan.FromHours(3), TimeSpan.FromDays(31));
        var started = Assert.Single((await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskStarted);
        Assert.Equal(3, started.ActivityTaskStartedEventAttributes.Attempt);
        Assert.Equal("attempt 2", started.ActivityTaskStartedEventAttributes.LastFailure.Message);
    });

    [Fact]
    public Task A_parent_gets_the_result_and_the_failure_of_its_children() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((ParentWorkflow wf) => wf.RunAsync("Ada"), EmbeddedFixture.On(queue));

        Assert.Equal("Hello Ada; as planned", await handle.GetResultAsync());
    });

    [Fact]
    public Task A_workflow_that_continues_as_new_is_followed_to_its_end() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((ChainWorkflow wf) => wf.RunAsync(3), EmbeddedFixture.On(queue));

        Assert.Equal(3, await temporal.SkippingAsync(handle.GetResultAsync()));
        var last = await temporal.Client.GetWorkflowHandle(handle.Id).DescribeAsync();
        Assert.Equal(WorkflowExecutionStatus.Completed, last.Status);
        Assert.NotEqual(handle.FirstExecutionRunId, last.RunId);
    });

    [Fact]
    public Task A_cancel_request_reaches_the_activity_and_ends_the_workflow() => WithWorkerAsync(async queue =>
    {
        var handle = await temporal.Client.StartWorkflowAsync((CancelWorkflow wf) => wf.RunAsync(), EmbeddedFixture.On(queue));
        await handle.CancelAsync();

        var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
        Assert.IsType<CanceledFailureException>(e.InnerException);
        Assert.Equal(WorkflowExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
    });

    [Fact]
    public Task A_taken_workflow_id_is_refused_with_the_run_that_has_it() => WithWorkerAsync(async queue =>
    {
        var options = EmbeddedFixture.On(queue);
        var handle = await temporal.Client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), options);

        var e = await Assert.ThrowsAsync<WorkflowAlreadyStartedException>(() =>
            temporal.Client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), new(options.Id!, queue)));

        Assert.Equal(handle.ResultRunId, e.RunId);
        await handle.TerminateAsync("The test is over.");   // a task that no worker takes any more would hold the time of the tests that follow
    });

    private Task WithWorkerAsync(Func<string, Task> body) => temporal.WithWorkerAsync(
        options => options
            .AddAllActivities(activities)
            .AddWorkflow<OneActivityWorkflow>().AddWorkflow<RetryWorkflow>().AddWorkflow<MessagesWorkflow>().AddWorkflow<ParentWorkflow>()
            .AddWorkflow<FailingWorkflow>().AddWorkflow<ChainWorkflow>().AddWorkflow<CancelWorkflow>(),
        body);
}
