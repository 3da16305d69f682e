using Ccn.TemporalServer.Hosting;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Operators;

/// <summary>One operation on many runs.</summary>
public sealed class BatchTests : IAsyncLifetime
{
    private EmbeddedTemporalServer server = null!;
    private TemporalClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new());
        client = await TemporalClient.ConnectAsync(new(server.Address));
        foreach (var (id, type) in new[] { ("a-1", "A"), ("a-2", "A"), ("a-3", "A"), ("b-1", "B") })
        {
            await client.StartWorkflowAsync(type, [], new(id, "nobody"));
        }
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_query_selects_the_runs_that_are_signaled()
    {
        await StartAsync("signal", r => (r.VisibilityQuery, r.SignalOperation) = ("WorkflowType = 'A'", new() { Signal = "go", Identity = "ops" }));

        var done = await EndedAsync("signal");
        Assert.Equal((BatchOperationState.Completed, 3L, 3L, 0L), (done.State, done.TotalOperationCount, done.CompleteOperationCount, done.FailureOperationCount));
        Assert.Equal((BatchOperationType.SignalWorkflow, "ops", "because"), (done.OperationType, done.Identity, done.Reason));
        Assert.Equal(1, await SignalsOfAsync("a-2"));
        Assert.Equal(0, await SignalsOfAsync("b-1"));
    }

    [Fact]
    public async Task Runs_may_be_named_and_a_missing_one_is_no_failure()
    {
        await StartAsync("end", r =>
        {
            r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "a-1" });
            r.TargetExecutions.Add(new Execution { Type = ExecutionType.Workflow, BusinessId = "nope" });
            r.TerminationOperation = new() { Identity = "ops" };
        });

        var done = await EndedAsync("end");
        Assert.Equal((2L, 2L), (done.TotalOperationCount, done.CompleteOperationCount));
        Assert.Equal(["a-1", "nope"], done.Executions.Select(e => e.BusinessId));
        Assert.Equal(WorkflowExecutionStatus.Terminated, (await client.GetWorkflowHandle("a-1").DescribeAsync()).Status);
        var listed = Assert.Single((await client.WorkflowService.ListBatchOperationsAsync(new() { Namespace = "default" })).OperationInfo);
        Assert.Equal(("end", BatchOperationState.Completed), (listed.JobId, listed.State));
    }

    [Fact]
    public async Task A_reset_without_a_workflow_task_to_go_back_to_changes_nothing()
    {
        await StartAsync("reset", r => (r.VisibilityQuery, r.ResetOperation) = ("WorkflowType = 'B'", new() { Options = new() { FirstWorkflowTask = new() } }));

        await EndedAsync("reset");
        Assert.Equal(WorkflowExecutionStatus.Running, (await client.GetWorkflowHandle("b-1").DescribeAsync()).Status);
    }

    [Fact]
    public async Task A_job_ID_is_used_once_and_a_bad_query_fails_the_job()
    {
        await StartAsync("bad", r => (r.VisibilityQuery, r.TerminationOperation) = ("Nope = 1", new()));

        Assert.Equal(BatchOperationState.Failed, (await EndedAsync("bad")).State);
        var again = await Assert.ThrowsAsync<RpcException>(() => StartAsync("bad", r => (r.VisibilityQuery, r.TerminationOperation) = ("WorkflowType = 'A'", new())));
        Assert.Equal(RpcException.StatusCode.AlreadyExists, again.Code);
        var ended = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StopBatchOperationAsync(new() { Namespace = "default", JobId = "bad" }));
        Assert.Equal((RpcException.StatusCode.NotFound, "workflow execution already completed"), (ended.Code, ended.Message));
    }

    [Theory]
    [InlineData("", "because", "WorkflowType = 'A'", true)]
    [InlineData("job", "", "WorkflowType = 'A'", true)]
    [InlineData("job", "because", "", true)]
    [InlineData("job", "because", "WorkflowType = 'A'", false)]
    public async Task An_incomplete_request_is_refused(string jobId, string reason, string query, bool hasOperation)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => client.WorkflowService.StartBatchOperationAsync(new()
        {
            Namespace = "default", JobId = jobId, Reason = reason, VisibilityQuery = query, TerminationOperation = hasOperation ? new() : null,
        }));
        Assert.Equal(
            (RpcException.StatusCode.InvalidArgument, "must provide required parameters: BatchType,Reason,Namespace, AND one of (Query OR Executions OR TargetExecutions)"),
            (refused.Code, refused.Message));
    }

    private async Task StartAsync(string jobId, Action<StartBatchOperationRequest> with)
    {
        var request = new StartBatchOperationRequest { Namespace = "default", JobId = jobId, Reason = "because" };
        with(request);
        await client.WorkflowService.StartBatchOperationAsync(request);
    }

    private async Task<DescribeBatchOperationResponse> EndedAsync(string jobId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var described = await client.WorkflowService.DescribeBatchOperationAsync(new() { Namespace = "default", JobId = jobId });
            if (described.State != BatchOperationState.Running) { return described; }
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<int> SignalsOfAsync(string workflowId) =>
        (await client.GetWorkflowHandle(workflowId).FetchHistoryAsync()).Events.Count(e => e.EventType == EventType.WorkflowExecutionSignaled);
}
