using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>What a client does.</content>
internal sealed partial class Scenario
{
    /// <summary>For a call without a deadline, which the command line makes.</summary>
    public static readonly double NoDeadline = Timeout.InfiniteTimeSpan.TotalSeconds;

    private string firstRun = "";

    /// <summary>The run that was current when it was remembered.</summary>
    public string Before { get; private set; } = "";

    public async Task<StartWorkflowExecutionResponse> StartAsync(Action<StartWorkflowExecutionRequest>? with = null)
    {
        var request = StartRequest();
        with?.Invoke(request);
        var answer = await server.CallAsync<StartWorkflowExecutionResponse>(request, cancel);
        Started(answer.RunId);
        return answer;
    }

    /// <summary>Remembers which run is the current one, for a look back at it.</summary>
    public async Task RememberCurrentRunAsync() => Before = (await DescribeAsync()).WorkflowExecutionInfo.Execution.RunId;

    /// <summary>Starts another workflow beside the scenario's own; nobody polls its queue unless the scenario does.</summary>
    public async Task<string> StartOtherAsync(string workflowId, string queue)
    {
        var request = StartRequest();
        request.WorkflowId = workflowId;
        request.RequestId = workflowId + "-start-000000";
        request.TaskQueue.Name = queue;
        return (await server.CallAsync<StartWorkflowExecutionResponse>(request, cancel)).RunId;
    }

    public async Task<SignalWithStartWorkflowExecutionResponse> SignalWithStartAsync(string requestId, Action<SignalWithStartWorkflowExecutionRequest>? with = null)
    {
        var request = new SignalWithStartWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowId = name,
            WorkflowType = new() { Name = "Golden" },
            TaskQueue = new() { Name = Queue },
            Input = Data.Jsons("in"),
            Identity = Golden,
            RequestId = $"{name}-{requestId}-000000",
            SignalName = "start-signal",
            SignalInput = Data.Jsons(1),
        };
        with?.Invoke(request);
        var answer = await server.CallAsync<SignalWithStartWorkflowExecutionResponse>(request, cancel);
        Started(answer.RunId);
        return answer;
    }

    public Task<SignalWorkflowExecutionResponse> SignalAsync(string signal, object? input = null) => SignalAsync(signal, request => request.Input = Data.Jsons(input ?? 1));

    public Task<SignalWorkflowExecutionResponse> SignalAsync(string signal, Action<SignalWorkflowExecutionRequest> with)
    {
        var request = new SignalWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = name },
            SignalName = signal,
            Identity = Golden,
            RequestId = $"{name}-sig-{signal}",
        };
        with(request);
        return server.CallAsync<SignalWorkflowExecutionResponse>(request, cancel);
    }

    public Task<RequestCancelWorkflowExecutionResponse> RequestCancelAsync(string requestId = "cancel") => server.CallAsync<RequestCancelWorkflowExecutionResponse>(
        new RequestCancelWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = name },
            Identity = Golden,
            RequestId = $"{name}-{requestId}",
            Reason = "cancel reason",
        },
        cancel);

    public Task<TerminateWorkflowExecutionResponse> TerminateAsync(string? workflowId = null, string runId = "", string firstRunId = "") => server.CallAsync<TerminateWorkflowExecutionResponse>(
        new TerminateWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = workflowId ?? name, RunId = runId },
            FirstExecutionRunId = firstRunId,
            Identity = Golden,
            Reason = "terminate reason",
            Details = Data.Jsons("terminate details"),
        },
        cancel);

    public Task ResetStickyQueueAsync() => server.CallAsync<ResetStickyTaskQueueResponse>(
        new ResetStickyTaskQueueRequest { Namespace = Golden, Execution = new() { WorkflowId = name } }, cancel);

    public Task<UpdateActivityOptionsResponse> UpdateActivityOptionsAsync(Action<UpdateActivityOptionsRequest> with)
    {
        var request = new UpdateActivityOptionsRequest { Namespace = Golden, Execution = new() { WorkflowId = name }, Identity = Golden };
        with(request);
        return server.CallAsync<UpdateActivityOptionsResponse>(request, cancel);
    }

    public Task<DescribeWorkflowExecutionResponse> DescribeAsync(string? workflowId = null) => server.CallAsync<DescribeWorkflowExecutionResponse>(
        new DescribeWorkflowExecutionRequest { Namespace = Golden, Execution = new() { WorkflowId = workflowId ?? name } }, cancel);

    public Task<DescribeWorkflowExecutionResponse> DescribeRunAsync(string runId) => server.CallAsync<DescribeWorkflowExecutionResponse>(
        new DescribeWorkflowExecutionRequest { Namespace = Golden, Execution = new() { WorkflowId = name, RunId = runId } }, cancel);

    /// <summary>Asks how far an update has come, without waiting.</summary>
    public Task<PollWorkflowExecutionUpdateResponse> PollUpdateAsync(string updateId) => server.CallAsync<PollWorkflowExecutionUpdateResponse>(
        new PollWorkflowExecutionUpdateRequest
        {
            Namespace = Golden,
            UpdateRef = new() { WorkflowExecution = new() { WorkflowId = name }, UpdateId = updateId },
            Identity = Golden,
        },
        cancel);

    /// <summary>Sends an update and waits for its outcome, for one whose answer needs no worker.</summary>
    public Task<UpdateWorkflowExecutionResponse> UpdateAsync(string updateId) => server.CallAsync<UpdateWorkflowExecutionResponse>(UpdateRequest(updateId), cancel);

    /// <summary>Asks a query; the answer comes when the worker has given it.</summary>
    public Task<QueryWorkflowResponse> QueryAsync(string query, QueryRejectCondition reject = QueryRejectCondition.None, double seconds = 30) => server.CallAsync<QueryWorkflowResponse>(
        new QueryWorkflowRequest
        {
            Namespace = Golden,
            Execution = new WorkflowExecution { WorkflowId = name },
            Query = new() { QueryType = query, QueryArgs = Data.Jsons("q-in") },
            QueryRejectCondition = reject,
        },
        cancel,
        TimeSpan.FromSeconds(seconds));

    /// <summary>Sends an update and comes back when the server has admitted it, with the call that waits for its outcome.</summary>
    public async Task<Task<UpdateWorkflowExecutionResponse>> AdmitAsync(string updateId)
    {
        var call = server.CallAsync<UpdateWorkflowExecutionResponse>(UpdateRequest(updateId), cancel);
        while (!call.IsCompleted && !await IsKnownAsync(updateId)) { await Task.Delay(10, cancel); }
        return call;
    }

    /// <summary>Update-with-start; the answer comes with the update's outcome.</summary>
    public Task<ExecuteMultiOperationResponse> UpdateWithStartAsync(
        string updateId, Action<StartWorkflowExecutionRequest> with, string? updateWorkflowId = null)
    {
        var start = StartRequest();
        with(start);
        var update = UpdateRequest(updateId);
        update.WorkflowExecution.WorkflowId = updateWorkflowId ?? name;
        return server.CallAsync<ExecuteMultiOperationResponse>(
            new ExecuteMultiOperationRequest
            {
                Namespace = Golden,
                Operations =
                {
                    new ExecuteMultiOperationRequest.Types.Operation { StartWorkflow = start },
                    new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = update },
                },
            },
            cancel);
    }

    private async Task<bool> IsKnownAsync(string updateId)
    {
        try
        {
            await PollUpdateAsync(updateId);
            return true;
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.NotFound) { return false; }
    }

    private StartWorkflowExecutionRequest StartRequest() => new()
    {
        Namespace = Golden,
        WorkflowId = name,
        WorkflowType = new() { Name = "Golden" },
        TaskQueue = new() { Name = Queue },
        Input = Data.Jsons("in"),
        Identity = Golden,
        RequestId = name + "-start-000000",
    };

    private UpdateWorkflowExecutionRequest UpdateRequest(string updateId) => new()
    {
        Namespace = Golden,
        WorkflowExecution = new() { WorkflowId = name },
        WaitPolicy = new() { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
        Request = new Request
        {
            Meta = new() { UpdateId = updateId, Identity = Golden },
            Input = new() { Name = "Upd", Args = Data.Jsons("u-in") },
        },
    };

    private void Started(string runId)
    {
        RunId = runId;
        if (firstRun.Length == 0) { firstRun = runId; }
    }
}
