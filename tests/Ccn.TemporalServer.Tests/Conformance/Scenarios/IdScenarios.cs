using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance.Scenarios;

/// <summary>A second start of a workflow id that is taken.</summary>
internal static class IdScenarios
{
    [Recording("wf-terminate-existing")]
    public static async Task TerminateExistingAsync(Scenario s)
    {
        var first = await s.StartAsync();
        await s.StartAsync(r =>
        {
            r.RequestId = s.Name + "-second-000000";
            r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.TerminateExisting;
        });
        await s.TurnAsync(Do.Complete());
        await s.CaptureAsync("1", first.RunId);
    }

    [Recording("wf-use-existing-attach-request-id")]
    public static async Task AttachRequestIdAsync(Scenario s)
    {
        await s.StartAsync();
        foreach (var label in new[] { "use existing, on_conflict_options.attach_request_id", "the same request again" })
        {
            await s.LikeAsync("start-workflow-attach-request-id", label, s.StartAsync(r =>
            {
                r.RequestId = s.Name + "-second-000000";
                r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
                r.OnConflictOptions = new() { AttachRequestId = true };
            }));
        }

        await s.TurnAsync(Do.Complete());
    }

    [Recording("ans-start-taken")]
    public static async Task TakenAsync(Scenario s)
    {
        const string File = "start-workflow-taken-id";
        const string RecordedId = "ans-start-takenclosed: failed only175548";
        await s.StartAsync();
        await s.LikeAsync(File, "running: default policies", s.StartAsync(r => Second(r)));
        await s.LikeAsync(File, "running: use existing", s.StartAsync(r => Second(r, WorkflowIdConflictPolicy.UseExisting)));
        await s.LikeAsync(File, "running: same request id", s.StartAsync());
        await s.TerminateAsync();
        await s.LikeAsync(File, "closed (terminated): reject duplicate", s.StartAsync(r => Second(r, reuse: WorkflowIdReusePolicy.RejectDuplicate)));
        await s.LikeAsync(File, "closed: same request id as the closed run", s.StartAsync());
        await s.LikeAsync(File, "closed: failed only", s.StartAsync(r => Other(r, RecordedId, WorkflowIdReusePolicy.AllowDuplicateFailedOnly)));
        await s.TurnAsync(Do.Complete());
        await s.LikeAsync(File, "closed (completed): failed only", s.StartAsync(r => Other(r, "third", WorkflowIdReusePolicy.AllowDuplicateFailedOnly)));

        static void Other(Temporalio.Api.WorkflowService.V1.StartWorkflowExecutionRequest r, string requestId, WorkflowIdReusePolicy reuse) =>
            (r.RequestId, r.WorkflowIdReusePolicy) = (requestId, reuse);

        void Second(
            Temporalio.Api.WorkflowService.V1.StartWorkflowExecutionRequest r,
            WorkflowIdConflictPolicy conflict = WorkflowIdConflictPolicy.Unspecified,
            WorkflowIdReusePolicy reuse = WorkflowIdReusePolicy.Unspecified) =>
            (r.RequestId, r.WorkflowIdConflictPolicy, r.WorkflowIdReusePolicy) = (s.Name + "-second-000000", conflict, reuse);
    }
}
