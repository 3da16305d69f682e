using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Tests.Sdk;
using Ccn.Testing;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;
using VersioningOverride = Temporalio.Common.VersioningOverride;

namespace Ccn.TemporalServer.Tests.Operators;

/// <summary>Operators pause open runs, where that is turned on, and change their options.</summary>
public sealed class WorkflowControlTests(RealTemporalFixture real) : IClassFixture<RealTemporalFixture>, IAsyncLifetime
{
    private static readonly RpcOptions Soon = new() { Timeout = TimeSpan.FromSeconds(20) };
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    private WorkflowService Service => client.WorkflowService;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new()
        {
            DynamicConfig = new Dictionary<string, string>(StringComparer.Ordinal) { ["frontend.WorkflowPauseEnabled"] = "true" },
        });
        client = await TemporalClient.ConnectAsync(new(server.Address));
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_paused_run_records_what_comes_and_sees_it_when_it_goes_on()
    {
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("notes").AddWorkflow<MessagesWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            var run = await client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), new("pause/1", "notes"));
            await run.ExecuteUpdateAsync(wf => wf.AddAsync("before"));   // answered when no task is under way any more
            await PauseAsync(run.Id);
            await run.SignalAsync(wf => wf.NoteAsync("meanwhile"));
            await run.SignalAsync(wf => wf.FinishAsync());

            var described = await Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = run.Id } });
            Assert.Equal(WorkflowExecutionStatus.Paused, described.WorkflowExecutionInfo.Status);
            Assert.Equal(("operator", "stock is counted"), (described.WorkflowExtendedInfo.PauseInfo.Identity, described.WorkflowExtendedInfo.PauseInfo.Reason));
            Assert.Equal(
                "[\"Workflow:pause/1\",\"Reason:stock is counted\"]",
                described.WorkflowExecutionInfo.SearchAttributes.IndexedFields["TemporalPauseInfo"].Data.ToStringUtf8());
            Assert.Equal(1, (await client.CountWorkflowsAsync("ExecutionStatus = 'Paused' AND TemporalPauseInfo = 'Workflow:pause/1'")).Count);

            await UnpauseAsync(run.Id);
            Assert.Equal("before,meanwhile", await run.GetResultAsync());
            var kinds = (await run.FetchHistoryAsync()).Events.Select(e => e.EventType).ToList();
            var (paused, unpaused) = (kinds.IndexOf(EventType.WorkflowExecutionPaused), kinds.IndexOf(EventType.WorkflowExecutionUnpaused));
            Assert.DoesNotContain(EventType.WorkflowTaskScheduled, kinds[paused..unpaused]);
            Assert.Equal(2, kinds[paused..unpaused].Count(k => k == EventType.WorkflowExecutionSignaled));
        });
    }

    [Fact]
    public async Task A_run_paused_before_its_first_task_waits_with_it()
    {
        await client.StartWorkflowAsync("Anything", [], new("pause/2", "later"));
        await PauseAsync("pause/2");

        var kept = await Service.PollWorkflowTaskQueueAsync(Poll("later"), new() { Timeout = TimeSpan.FromSeconds(3) });
        await UnpauseAsync("pause/2");
        var given = await Service.PollWorkflowTaskQueueAsync(Poll("later"), Soon);

        Assert.Empty(kept.TaskToken);
        Assert.Equal("pause/2", given.WorkflowExecution.WorkflowId);
        Assert.Equal(
            [EventType.WorkflowExecutionStarted, EventType.WorkflowTaskScheduled, EventType.WorkflowExecutionPaused, EventType.WorkflowExecutionUnpaused, EventType.WorkflowTaskStarted],
            given.History.Events.Select(e => e.EventType));
    }

    [Fact]
    public async Task What_cannot_be_done_to_a_paused_run_is_refused_as_on_the_real_server()
    {
        var run = await client.StartWorkflowAsync("Anything", [], new("pause/3", "nobody"));
        var notPaused = await RefusalAsync(() => UnpauseAsync(run.Id));
        await PauseAsync(run.Id, "p1");
        await PauseAsync(run.Id, "p1");
        var again = await RefusalAsync(() => PauseAsync(run.Id, "p2"));
        var update = await RefusalAsync(() => Service.UpdateWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = run.Id },
            Request = new() { Meta = new() { UpdateId = "u" }, Input = new() { Name = "x" } },
        }));
        var query = await Service.QueryWorkflowAsync(new() { Namespace = "default", Execution = new() { WorkflowId = run.Id }, Query = new() { QueryType = "x" } });
        await run.TerminateAsync();
        var closed = await RefusalAsync(() => PauseAsync(run.Id));

        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "workflow is not paused."), notPaused);
        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "workflow is already paused."), again);
        Assert.Equal((RpcException.StatusCode.FailedPrecondition, "Workflow is paused. Cannot update the workflow."), update);
        Assert.Equal(WorkflowExecutionStatus.Paused, query.QueryRejected.Status);
        Assert.Equal((RpcException.StatusCode.NotFound, "workflow execution already completed"), closed);
    }

    [Fact]
    public async Task Pausing_is_off_until_it_is_turned_on()
    {
        await using var plain = await EmbeddedTemporalServer.StartAsync(new(), TestContext.Current.CancellationToken);
        var other = await TemporalClient.ConnectAsync(new(plain.Address));

        var refusal = await RefusalAsync(() => other.WorkflowService.PauseWorkflowExecutionAsync(new() { Namespace = "default", WorkflowId = "x" }));

        Assert.Equal((RpcException.StatusCode.Unimplemented, "workflow pause is not enabled for namespace: default"), refusal);
    }

    [Fact]
    public async Task Options_of_an_open_run_are_changed_shown_and_recorded()
    {
        await client.StartWorkflowAsync("Anything", [], new("options/1", "nobody"));

        var first = await OptionsAsync("options/1", new() { VersioningOverride = new() { AutoUpgrade = true }, Priority = new() { PriorityKey = 2 } }, "versioningOverride", "priority");
        var second = await OptionsAsync("options/1", new(), "versioning_override");
        var described = await Service.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = "options/1" } });
        var history = await client.GetWorkflowHandle("options/1").FetchHistoryAsync();

        Assert.True(first.WorkflowExecutionOptions.VersioningOverride.AutoUpgrade);
        Assert.Null(second.WorkflowExecutionOptions.VersioningOverride);
        Assert.Equal(2, described.WorkflowExecutionInfo.Priority.PriorityKey);
        Assert.Null(described.WorkflowExecutionInfo.VersioningInfo.VersioningOverride);
        var changes = history.Events.Where(e => e.EventType == EventType.WorkflowExecutionOptionsUpdated).ToList();
        Assert.Equal(2, changes.Count);
        Assert.All(changes, e => Assert.True(e.WorkerMayIgnore));
        Assert.True(changes[0].WorkflowExecutionOptionsUpdatedEventAttributes.VersioningOverride.AutoUpgrade);
        Assert.True(changes[1].WorkflowExecutionOptionsUpdatedEventAttributes.UnsetVersioningOverride);
    }

    [Theory]
    [InlineData("time_skipping_config", RpcException.StatusCode.Unimplemented)]
    [InlineData("task_queue", RpcException.StatusCode.InvalidArgument)]
    [InlineData("versioning_override", RpcException.StatusCode.FailedPrecondition)]
    public async Task Options_that_have_no_meaning_here_are_refused(string path, RpcException.StatusCode code)
    {
        await client.StartWorkflowAsync("Anything", [], new("options/2", "nobody"));
        var options = new WorkflowExecutionOptions { VersioningOverride = new() { Pinned = new() { Version = new() { DeploymentName = "d", BuildId = "b" } } } };

        var refusal = await RefusalAsync(() => OptionsAsync("options/2", options, path));

        Assert.Equal(code, refusal.Code);
    }

    [Fact]
    public Task An_override_that_is_given_with_the_start_is_recorded_and_shown() => OverridesAsync(client);

    [Fact]
    public Task An_override_that_is_given_with_the_start_is_recorded_and_shown_on_a_real_server()
    {
        Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
        return OverridesAsync(real.Environment.Client);
    }

    private static async Task OverridesAsync(ITemporalClient client)
    {
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("started").AddWorkflow<MessagesWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            foreach (var (id, start) in Starts(client, new VersioningOverride.AutoUpgrade()))
            {
                await start();
                var run = client.GetWorkflowHandle<MessagesWorkflow>(id);
                var described = await client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = id } });
                Assert.True(described.WorkflowExecutionInfo.VersioningInfo.VersioningOverride.AutoUpgrade);
                Assert.True((await run.FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes.VersioningOverride.AutoUpgrade);
                await run.SignalAsync(wf => wf.FinishAsync());
            }
        });
    }

    [Fact]
    public Task An_override_ends_with_its_run() => ContinueAsync(client);

    [Fact]
    public Task An_override_ends_with_its_run_on_a_real_server()
    {
        Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
        return ContinueAsync(real.Environment.Client);
    }

    private static async Task ContinueAsync(ITemporalClient client)
    {
        await client.StartWorkflowAsync("Anything", [], new("continued/1", "continued") { VersioningOverride = new VersioningOverride.AutoUpgrade() });
        var task = await client.WorkflowService.PollWorkflowTaskQueueAsync(Poll("continued"), Soon);
        await client.WorkflowService.RespondWorkflowTaskCompletedAsync(new()
        {
            Namespace = "default",
            TaskToken = task.TaskToken,
            Commands = { new Command { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = "Anything" } } } },
        });

        var next = (await client.GetWorkflowHandle("continued/1").FetchHistoryAsync()).Events.First().WorkflowExecutionStartedEventAttributes;
        Assert.NotEmpty(next.ContinuedExecutionRunId);
        Assert.Null(next.VersioningOverride);
        await client.GetWorkflowHandle("continued/1").TerminateAsync();
    }

    [Fact]
    public async Task A_start_that_would_pin_a_run_is_refused_by_name()
    {
        foreach (var (id, start) in Starts(client, new VersioningOverride.Pinned(new("d", "b"))))
        {
            var refusal = await RefusalAsync(start);

            Assert.Equal((RpcException.StatusCode.FailedPrecondition, "Pinned version 'd:b' is not present in task queue 'started' of type 'Workflow'"), refusal);
            Assert.Equal(RpcException.StatusCode.NotFound, (await RefusalAsync(() => client.GetWorkflowHandle(id).DescribeAsync())).Code);
        }
    }

    /// <summary>The three ways to start a run.</summary>
    private static IEnumerable<(string Id, Func<Task> Start)> Starts(ITemporalClient client, VersioningOverride wanted)
    {
        WorkflowOptions Options(string id) => new("start/" + id, "started") { VersioningOverride = wanted };
        yield return ("start/plain", () => client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), Options("plain")));
        var signal = Options("signal");
        signal.SignalWithStart((MessagesWorkflow wf) => wf.NoteAsync("first"));
        yield return ("start/signal", () => client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), signal));
        var update = Options("update");
        update.IdConflictPolicy = WorkflowIdConflictPolicy.Fail;
        yield return ("start/update", () => client.ExecuteUpdateWithStartWorkflowAsync(
            (MessagesWorkflow wf) => wf.AddAsync("first"), new(WithStartWorkflowOperation.Create((MessagesWorkflow wf) => wf.RunAsync(), update))));
    }

    private Task<PauseWorkflowExecutionResponse> PauseAsync(string workflowId, string requestId = "") => Service.PauseWorkflowExecutionAsync(
        new() { Namespace = "default", WorkflowId = workflowId, Identity = "operator", Reason = "stock is counted", RequestId = requestId });

    private Task<UnpauseWorkflowExecutionResponse> UnpauseAsync(string workflowId) => Service.UnpauseWorkflowExecutionAsync(
        new() { Namespace = "default", WorkflowId = workflowId, Identity = "operator", Reason = "counted" });

    private Task<UpdateWorkflowExecutionOptionsResponse> OptionsAsync(string workflowId, WorkflowExecutionOptions options, params string[] paths) =>
        Service.UpdateWorkflowExecutionOptionsAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = workflowId },
            WorkflowExecutionOptions = options,
            UpdateMask = new() { Paths = { paths } },
        });

    private static PollWorkflowTaskQueueRequest Poll(string queue) => new() { Namespace = "default", TaskQueue = new() { Name = queue }, Identity = "test" };

    private static async Task<(RpcException.StatusCode Code, string Message)> RefusalAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAnyAsync<RpcException>(call);
        return (e.Code, e.Message);
    }
}
