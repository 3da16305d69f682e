using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Licences;

/// <summary>One licence on its way to two signatures: envelope, reminders, expiry. Only the provider's word on the envelope decides; webhooks merely say that it is worth asking.</summary>
[Workflow("Licensing")]
public sealed partial class LicensingWorkflow
{
    private readonly LicensingInput input;
    private readonly WorkflowProgress progress;
    private readonly HandledMessages handled = new();
    private readonly List<string> signed = [];
    private SentEnvelope? envelope;
    private DateTimeOffset sentAt;
    private DateTimeOffset expiresAt;
    private bool askProvider;
    private bool ended;

    [WorkflowInit]
    public LicensingWorkflow(LicensingInput input)
    {
        this.input = input;
        progress = new(input.Terms.DesignId, "Licensing", "Drafted");
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private string LicenceId => input.Terms.LicenceId;

    public static string IdFor(string licenceId) => $"licence/{licenceId}";

    [WorkflowRun]
    public async Task<LicensingResult> RunAsync(LicensingInput input)
    {
        EnvelopeState? decision;
        try
        {
            await SendAsync();
            decision = await SignaturesDecideAsync() ?? await VoidAsync("The signing time is over.");
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            // Compensation of the sending. A party may have completed it at the last moment: then the licence is in force all the same.
            decision = envelope is null ? null : await VoidAsync("The licence was canceled.");
            if (decision is null || !Is(decision, "completed"))
            {
                await NotSignedAsync(LicenceOutcome.Voided, "The licence was canceled.");
                throw;
            }
        }

        return decision switch
        {
            _ when Is(decision, "completed") => await InForceAsync(decision),
            _ when Is(decision, "declined") => await NotSignedAsync(LicenceOutcome.Declined, decision.Reason),
            _ when WorkflowTime.Now >= expiresAt => await NotSignedAsync(LicenceOutcome.Expired, "Not all parties signed in time."),
            _ => await NotSignedAsync(LicenceOutcome.Voided, decision.Reason),
        };
    }

    private async Task SendAsync()
    {
        sentAt = WorkflowTime.Now;
        expiresAt = sentAt + input.Rules.Expiry;

        // Detached: a cancellation must not leave an envelope behind whose id nobody knows.
        envelope = await progress.RequireAsync("send-envelope", () => Workflow.ExecuteActivityAsync(
            (ILicenceActivities a) => a.SendEnvelopeAsync(new($"{LicenceId}:envelope", input.Terms, expiresAt)), ActivityPolicies.Provider.Detached().Titled("Send the envelope to both parties")));
        await progress.RecordAsync("sent",
            [progress.Fact("drafted", null, new LicenceDrafted(input.Terms, input.BidId, envelope.TermsHash)),
                progress.Fact("sent", null, new LicenceSent(LicenceId, envelope.EnvelopeId, expiresAt))]);
        await ShowWaitAsync();
    }

    /// <summary>The provider's final word, or null when the time is over without one.</summary>
    private async Task<EnvelopeState?> SignaturesDecideAsync()
    {
        foreach (var (number, at, title) in Alarms())
        {
            while (await WorkflowTime.UntilAsync(() => askProvider, at, title))
            {
                askProvider = false;
                var state = await ReadAsync();
                await RecordSignaturesAsync(state);
                if (IsFinal(state)) { return state; }
            }

            if (number is not null) { await RemindAsync(number.Value); }
        }

        return null;
    }

    private IEnumerable<(int? Number, DateTimeOffset At, string Title)> Alarms() =>
        [.. input.Rules.Reminders.Select((after, index) => ((int?)(index + 1), sentAt + after, FormattableString.Invariant($"Reminder {index + 1}"))), (null, expiresAt, "Envelope expires")];

    private Task<EnvelopeState> ReadAsync() => progress.RequireAsync("read-envelope", () => Workflow.ExecuteActivityAsync(
        (ILicenceActivities a) => a.ReadEnvelopeAsync(envelope!.EnvelopeId), ActivityPolicies.Provider.Titled("Ask the provider who signed")));

    private async Task RemindAsync(int number)
    {
        var step = FormattableString.Invariant($"reminder-{number}");
        if (await progress.TryAsync(step, () => Workflow.ExecuteActivityAsync(
            (ILicenceActivities a) => a.RemindAsync(new($"{LicenceId}:{step}", envelope!.EnvelopeId, number)), ActivityPolicies.Provider.Titled("Remind those who have not signed"))))
        {
            await progress.RecordAsync(step, null, new LicenceReminderSent(LicenceId, number));
        }
    }

    // Asking to void is the only way to end an envelope; the answer tells whether a signature was faster.
    private Task<EnvelopeState> VoidAsync(string reason) => progress.RequireAsync("void-envelope", async () =>
    {
        var state = await Workflow.ExecuteActivityAsync((ILicenceActivities a) => a.VoidEnvelopeAsync(new($"{LicenceId}:void", envelope!.EnvelopeId, reason)),
            ActivityPolicies.Provider.Detached().Titled("Ask the provider to void"));
        return IsFinal(state) ? state : throw new ApplicationFailureException($"The envelope is still {state.Status} after it was voided.", FailureTypes.ProviderContract, nonRetryable: true);
    });

    private async Task RecordSignaturesAsync(EnvelopeState state)
    {
        foreach (var signature in state.Signatures)
        {
            if (signature.SignedAt is not { } at || signed.Contains(signature.UserId, StringComparer.Ordinal)) { continue; }

            signed.Add(signature.UserId);
            await progress.RecordAsync($"{signature.UserId}:signed", signature.UserId, new LicencePartySigned(LicenceId, signature.UserId, at));
        }

        if (!IsFinal(state) && signed.Count > 0) { await ShowWaitAsync(); }
    }

    private async Task<LicensingResult> InForceAsync(EnvelopeState state)
    {
        ended = true;
        progress.Working("Storing");
        await RecordSignaturesAsync(state);
        var effectiveAt = state.CompletedAt ?? WorkflowTime.Now;
        var endsAt = await progress.RequireAsync("term", () => Workflow.ExecuteActivityAsync(
            (ICalendarActivities a) => a.AnniversaryAsync(new(effectiveAt, input.Terms.TermMonths, input.Terms.Zone)), ActivityPolicies.Data.Detached().Titled("End of the term")));
        var copy = await progress.RequireAsync("store-sealed-copy", () => Workflow.ExecuteActivityAsync(
            (ILicenceActivities a) => a.StoreSealedCopyAsync(new(LicenceId, envelope!.EnvelopeId)), ActivityPolicies.Provider.Detached().Titled("Store the sealed copy and enter the registry")));
        await progress.RecordAsync("in-force", null, new LicenceInForce(LicenceId, effectiveAt, endsAt, copy.FileKey, copy.Sha256));
        progress.Working("InForce");
        await WorkflowTime.HandlersFinishedAsync();
        return new(LicenceOutcome.InForce, effectiveAt, endsAt, null);
    }

    private async Task<LicensingResult> NotSignedAsync(LicenceOutcome outcome, string? reason)
    {
        ended = true;
        await progress.RecordAsync("not-signed", null, new LicenceNotSigned(LicenceId, outcome.ToString(), reason));
        progress.Working(outcome.ToString());
        await WorkflowTime.HandlersFinishedAsync();
        return new(outcome, null, null, reason);
    }

    private Task ShowWaitAsync()
    {
        var creatorSigned = signed.Contains(input.Terms.CreatorId, StringComparer.Ordinal);
        var turn = creatorSigned ? Party.Seller : Party.Creator;
        var waitsFor = signed.Count == 0 ? "the signatures of both parties" : $"the signature of the {(creatorSigned ? "seller" : "creator")}";
        return progress.EnterStageAsync(DesignStage.Licensing, signed.Count == 0 ? "Sent" : "PartSigned", waitsFor, turn, expiresAt, "the envelope is voided and the next bidder is asked", LicenceId);
    }

    private static bool IsFinal(EnvelopeState state) => Is(state, "completed") || Is(state, "declined") || Is(state, "voided");

    private static bool Is(EnvelopeState state, string status) => string.Equals(state.Status, status, StringComparison.OrdinalIgnoreCase);
}
