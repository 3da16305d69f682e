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
        for (var repeat = 0; repeat < 2; repeat++)
        {
            await s.StartAsync(r =>
            {
                r.RequestId = s.Name + "-second-000000";
                r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting;
                r.OnConflictOptions = new() { AttachRequestId = true };
            });
        }

        await s.TurnAsync(Do.Complete());
    }
}
