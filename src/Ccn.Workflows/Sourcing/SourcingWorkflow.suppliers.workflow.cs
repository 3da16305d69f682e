using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Sourcing;

/// <summary>The wait for one supplier: reply time, reminder, silence (another is asked), and at the end the network as fallback. Each wait counts that supplier's business hours.</summary>
public sealed partial class SourcingWorkflow
{
    /// <summary>Ends the waits for suppliers: nobody is reminded or asked after the decision.</summary>
    private readonly CancellationTokenSource stop = new();
    private readonly Temporalio.Workflows.Mutex search = new();
    private int invitationsUnderWay;
    private bool switchedToNetwork;

    private async Task<IReadOnlyList<Invitation>> InviteAsync(string step, IReadOnlyList<string> supplierIds, bool fallback)
    {
        if (supplierIds.Count == 0) { return []; }

        // Counted, because an invitation that reached a supplier after the decision is followed by word of the decision.
        invitationsUnderWay++;
        try
        {
            var invitations = await ReachSuppliersAsync(step, supplierIds);
            await progress.RecordAsync($"{request!.RfqId}:{step}", [.. invitations.Select(invitation => progress.Fact($"{request.RfqId}:{invitation.Supplier.SupplierId}:invited", null,
                new SupplierInvited(request.RfqId, invitation.Supplier, invitation.ReplyBy, invitation.HandOffLink, fallback)))]);
            foreach (var invitation in invitations)
            {
                var thread = new SupplierThread(invitation.Supplier, invitation.ReplyBy);
                threads.Add(thread);
                if (!Decided) { _ = Workflow.RunTaskAsync(() => FollowAsync(thread)); }
            }

            return invitations;
        }
        finally { invitationsUnderWay--; }
    }

    private Task<IReadOnlyList<Invitation>> ReachSuppliersAsync(string step, IReadOnlyList<string> supplierIds) => progress.RequireAsync(step, () => Workflow.ExecuteActivityAsync(
        (ISourcingActivities a) => a.InviteAsync(new($"{request!.RfqId}:{step}", request.RfqId, input.DesignId, input.SellerId, request.Quantity, request.Specification, supplierIds, input.Rules.ReplyHours)),
        ActivityPolicies.Provider.Detached().Titled($"Invite {supplierIds.Count} suppliers")));

    private async Task FollowAsync(SupplierThread thread)
    {
        try
        {
            if (await RepliesAsync(thread, thread.WaitsUntil!.Value, "reply")) { return; }

            await RemindAsync(thread);
            if (await RepliesAsync(thread, await BusinessDeadlineAsync(thread, input.Rules.WidenHours, InvitationState.Reminded, "has not answered"), "reply after the reminder")) { return; }

            var until = await BusinessDeadlineAsync(thread, input.Rules.SwitchHours, InvitationState.Silent, "is silent");
            await AskOthersAsync($"widen-{thread.Supplier.SupplierId}", 1);
            if (await RepliesAsync(thread, until, "late reply")) { return; }

            thread.WaitsUntil = null;
            if (!switchedToNetwork && !threads.Exists(other => other.State is InvitationState.Quoted))
            {
                switchedToNetwork = true;
                await AskOthersAsync("switch", input.Rules.MaxSuppliers);
            }
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e)) { thread.WaitsUntil = null; }
        catch (ApplicationFailureException e)
        {
            // An operator chose to go on without this supplier's step.
            thread.WaitsUntil = null;
            await ChangeAsync(thread, InvitationState.Silent, null, e.Message);
        }
    }

    private async Task<bool> RepliesAsync(SupplierThread thread, DateTimeOffset until, string what)
    {
        var replied = await WorkflowTime.UntilAsync(() => thread.HasReplied, until, $"{thread.Supplier.Name}: {what}", stop.Token);
        if (replied) { thread.WaitsUntil = null; }

        return replied;
    }

    private Task RemindAsync(SupplierThread thread) => progress.TryAsync($"remind-{thread.Supplier.SupplierId}", () => Workflow.ExecuteActivityAsync(
        (ISourcingActivities a) => a.RemindAsync(new($"{request!.RfqId}:remind:{thread.Supplier.SupplierId}", request.RfqId, thread.Supplier.SupplierId, "reminder")),
        ActivityPolicies.Provider.StoppedBy(stop.Token).Titled($"Remind {thread.Supplier.Name}")));

    /// <summary>The end of the next wait in the supplier's own calendar, with the supplier's new state on record.</summary>
    private async Task<DateTimeOffset> BusinessDeadlineAsync(SupplierThread thread, double hours, InvitationState state, string reason)
    {
        var until = await progress.RequireAsync($"deadline-{thread.Supplier.SupplierId}", () => Workflow.ExecuteActivityAsync(
            (ICalendarActivities a) => a.BusinessDeadlineAsync(new(WorkflowTime.Now, hours, thread.Supplier.Calendar, thread.Supplier.Zone)),
            ActivityPolicies.Data.StoppedBy(stop.Token).Titled($"Business hours of {thread.Supplier.Name}")));
        if (!thread.HasReplied)
        {
            thread.WaitsUntil = until;
            await ChangeAsync(thread, state, until, $"{thread.Supplier.Name} {reason}");
        }

        return until;
    }

    // One search at a time: two that run together would find and invite the same supplier.
    private async Task AskOthersAsync(string step, int count)
    {
        await search.WaitOneAsync(stop.Token);
        try
        {
            // Silence of the asked leads to asking others, but not without end.
            if (threads.Count >= input.Rules.MaxSuppliers * 3) { return; }

            var known = threads.Select(thread => thread.Supplier.SupplierId).ToList();
            var found = await progress.RequireAsync($"{step}-find", () => Workflow.ExecuteActivityAsync(
                (ISourcingActivities a) => a.FindFallbackAsync(new(input.DesignId, known, count)), ActivityPolicies.Data.StoppedBy(stop.Token).Titled("Find suppliers of the network")));
            if (Decided) { return; }

            await InviteAsync(step, found, fallback: true);
            if (!Decided) { await ShowWaitAsync(); }
        }
        finally { search.ReleaseMutex(); }
    }

    private Task ChangeAsync(SupplierThread thread, InvitationState state, DateTimeOffset? until, string? reason)
    {
        thread.State = state;
        return progress.RecordAsync(FormattableString.Invariant($"{request!.RfqId}:{thread.Supplier.SupplierId}:{state}-{++thread.Changes}"), null,
            new SupplierInvitationChanged(request.RfqId, thread.Supplier.SupplierId, state, until, reason));
    }

    private async Task QuoteExpiresAsync(SupplierThread thread, Quote quote)
    {
        try { await WorkflowTime.UntilAsync(() => thread.Quote != quote, quote.ValidUntil.AddTicks(1), $"{thread.Supplier.Name}: quote validity", stop.Token); }
        catch (Exception e) when (TemporalException.IsCanceledException(e)) { return; }

        if (thread.Quote != quote || Decided) { return; }

        await ChangeAsync(thread, InvitationState.Stale, null, "The quote's validity has ended.");
        await progress.RecordAsync($"{quote.QuoteId}:stale", null, new QuoteStale(request!.RfqId, quote.QuoteId));
        await ShowWaitAsync();
    }

    /// <summary>What is known of one supplier.</summary>
    private sealed class SupplierThread(Supplier supplier, DateTimeOffset replyBy)
    {
        public Supplier Supplier { get; } = supplier;
        public InvitationState State { get; set; } = InvitationState.Invited;
        public DateTimeOffset? WaitsUntil { get; set; } = replyBy;
        public Quote? Quote { get; set; }
        public bool HasReplied { get; set; }
        public int Changes { get; set; }
    }
}
