using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Workflows.Lifecycle;
using Temporalio.Client;

namespace Ccn.Api.Lifecycle;

public sealed class LifecycleCommands(ITemporalClient temporal, CurrentUser user)
{
    /// <summary>An operator decides a parked step: run it again, or give it up, with a reason.</summary>
    public Task ResolveAsync(ResolutionBody body, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(body.WorkflowId, "workflowId", 300);
        errors.Text(body.Step, "step", 300);
        errors.Text(body.Reason, "reason", 2_000);
        errors.Throw();
        return temporal.GetWorkflowHandle(body.WorkflowId).ExecuteUpdateAsync("Resolve", [new ResolveStep(body.Step, body.Resolution, body.Reason, user.Id)], new(IdempotencyKey.For(key, user.Id)));
    }
}
