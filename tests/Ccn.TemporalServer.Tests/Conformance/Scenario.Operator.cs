using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>What an operator does.</content>
internal sealed partial class Scenario
{
    public Task<PauseActivityResponse> PauseActivityAsync(string activityId) => server.CallAsync<PauseActivityResponse>(
        new PauseActivityRequest { Namespace = Golden, Execution = new() { WorkflowId = name }, Identity = Golden, Id = activityId, Reason = "pause reason" }, cancel);

    public Task<UnpauseActivityResponse> UnpauseActivityAsync(string activityId) => server.CallAsync<UnpauseActivityResponse>(
        new UnpauseActivityRequest { Namespace = Golden, Execution = new() { WorkflowId = name }, Identity = Golden, Id = activityId }, cancel);

    public Task<ResetActivityResponse> ResetActivityAsync(string activityId, bool resetHeartbeat = false) => server.CallAsync<ResetActivityResponse>(
        new ResetActivityRequest { Namespace = Golden, Execution = new() { WorkflowId = name }, Identity = Golden, Id = activityId, ResetHeartbeat = resetHeartbeat }, cancel);

    /// <summary>Resets the run that was started last.</summary>
    public async Task<ResetWorkflowExecutionResponse> ResetAsync(long finishEventId, Action<ResetWorkflowExecutionRequest>? with = null)
    {
        var request = new ResetWorkflowExecutionRequest
        {
            Namespace = Golden,
            WorkflowExecution = new() { WorkflowId = name, RunId = RunId },
            Reason = "reset reason",
            WorkflowTaskFinishEventId = finishEventId,
            RequestId = name + "-reset-000000",
            Identity = Golden,
        };
        with?.Invoke(request);
        return await server.CallAsync<ResetWorkflowExecutionResponse>(request, cancel);
    }
}
