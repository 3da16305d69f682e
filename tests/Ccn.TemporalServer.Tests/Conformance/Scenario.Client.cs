using Grpc.Core;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>What a client does.</content>
internal sealed partial class Scenario
{
    private string firstRun = "";

    public async Task<StartWorkflowExecutionResponse> StartAsync(Action<StartWorkflowExecutionRequest>? with = null)
    {
        var request = StartRequest();
        with?.Invoke(request);
        var answer = await server.CallAsync<StartWorkflowExecutionResponse>(request, cancel);
        Started(answer.RunId);
        return answer;
    }

    /// <summary>Starts another workflow beside the scenario's own; nobody polls its queue unless the scenario does.</summary>
    public async Task<string> StartOtherAsync(string workflowId, string queue)
    {
        var request = StartRequest();
        request.WorkflowId = workflowId;
        request.RequestId = workflowId + "-start-000000";
        request.TaskQueue.Name = queue;
        return (await server.CallAsync<StartWorkflowExecutionResponse>(request, cancel)).RunId;
    }

    public async Task SignalWithStartAsync(string requestId, Action<SignalWithStartWorkflowExecutionRequest>? with = null)
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
        Started((await server.CallAsync<SignalWithStartWorkflowExecutionResponse>(request, cancel)).RunId);
    }

    public Task SignalAsync(string signal, object? input = null) => SignalAsync(signal, request => request.Input = Data.Jsons(input ?? 1));

    public Task SignalAsync(string signal, Action<SignalWorkflowExecutionRequest> with)
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

    public Task RequestCancelAsync() => server.CallAsync<RequestCancelWorkflowExecutionResponse>(
        new RequestCancelWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = name },
            Identity = Golden,
            RequestId = name + "-cancel",
            Reason = "cancel reason",
        },
        cancel);

    public Task TerminateAsync(string? workflowId = null) => server.CallAsync<TerminateWorkflowExecutionResponse>(
        new TerminateWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = workflowId ?? name },
            Identity = Golden,
            Reason = "terminate reason",
            Details = Data.Jsons("terminate details"),
        },
        cancel);

    public Task ResetStickyQueueAsync() => server.CallAsync<ResetStickyTaskQueueResponse>(
        new ResetStickyTaskQueueRequest { Namespace = Golden, Execution = new() { WorkflowId = name } }, cancel);

    public Task UpdateActivityOptionsAsync(Action<UpdateActivityOptionsRequest> with)
    {
        var request = new UpdateActivityOptionsRequest { Namespace = Golden, Execution = new() { WorkflowId = name }, Identity = Golden };
        with(request);
        return server.CallAsync<UpdateActivityOptionsResponse>(request, cancel);
    }

    /// <summary>Asks a query; the answer comes when the worker has given it.</summary>
    public Task<QueryWorkflowResponse> QueryAsync(string query) => server.CallAsync<QueryWorkflowResponse>(
        new QueryWorkflowRequest
        {
            Namespace = Golden,
            Execution = new WorkflowExecution { WorkflowId = name },
            Query = new() { QueryType = query, QueryArgs = Data.Jsons("q-in") },
        },
        cancel);

    /// <summary>Sends an update and comes back when the server has admitted it, with the call that waits for its outcome.</summary>
    public async Task<Task<UpdateWorkflowExecutionResponse>> AdmitAsync(string updateId)
    {
        var call = server.CallAsync<UpdateWorkflowExecutionResponse>(UpdateRequest(updateId), cancel);
        while (!call.IsCompleted && !await IsKnownAsync(updateId)) { await Task.Delay(10, cancel); }
        return call;
    }

    /// <summary>Update-with-start; the answer comes with the update's outcome.</summary>
    public Task<ExecuteMultiOperationResponse> UpdateWithStartAsync(string updateId, Action<StartWorkflowExecutionRequest> with)
    {
        var start = StartRequest();
        with(start);
        return server.CallAsync<ExecuteMultiOperationResponse>(
            new ExecuteMultiOperationRequest
            {
                Namespace = Golden,
                Operations = { new ExecuteMultiOperationRequest.Types.Operation { StartWorkflow = start }, new ExecuteMultiOperationRequest.Types.Operation { UpdateWorkflow = UpdateRequest(updateId) } },
            },
            cancel);
    }

    private async Task<bool> IsKnownAsync(string updateId)
    {
        try
        {
            await server.CallAsync<PollWorkflowExecutionUpdateResponse>(
                new PollWorkflowExecutionUpdateRequest
                {
                    Namespace = Golden,
                    UpdateRef = new() { WorkflowExecution = new() { WorkflowId = name }, UpdateId = updateId },
                    Identity = Golden,
                },
                cancel);
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
        WaitPolicy = new() { LifecycleStage = Temporalio.Api.Enums.V1.UpdateWorkflowExecutionLifecycleStage.Completed },
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
