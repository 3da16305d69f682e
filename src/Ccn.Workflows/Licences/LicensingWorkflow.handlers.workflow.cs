using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Licences;

public sealed partial class LicensingWorkflow
{
    /// <summary>One message of the e-sign provider. It decides nothing: it makes the workflow ask. Late messages are kept in the history and change nothing.</summary>
    [WorkflowSignal("envelopeEvent")]
    public Task EnvelopeEventAsync(EnvelopeEvent message)
    {
        if (handled.TryAdd(message.MessageId) && (envelope is null || message.EnvelopeId == envelope.EnvelopeId)) { askProvider = true; }

        return Task.CompletedTask;
    }

    /// <summary>A personal signing page, made while the party waits for it.</summary>
    [WorkflowUpdate("OpenSigning")]
    public async Task<SigningPage> OpenSigningAsync(OpenSigning command)
    {
        try
        {
            return await Workflow.ExecuteActivityAsync((ILicenceActivities a) => a.OpenSigningPageAsync(new(envelope!.EnvelopeId, command.UserId, command.ReturnUrl)),
                ActivityPolicies.Interactive.Titled("Open the signing page"));
        }
        catch (ActivityFailureException e) { throw Refusal.Unavailable(e); }
    }

    [WorkflowUpdateValidator(nameof(OpenSigningAsync))]
    public void ValidateOpenSigning(OpenSigning command)
    {
        if (command.UserId != input.Terms.CreatorId && command.UserId != input.Terms.SellerId) { throw Refusal.Conflict("You are not a party of this licence."); }
        if (ended || envelope is null) { throw Refusal.Conflict($"The licence is {progress.State}."); }
        if (signed.Contains(command.UserId, StringComparer.Ordinal)) { throw Refusal.Conflict("You have signed."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);
}
