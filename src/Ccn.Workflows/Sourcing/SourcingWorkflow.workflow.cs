using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Lifecycle;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Sourcing;

/// <summary>One request for quotation: several suppliers, a wait for each in its own business calendar (see the suppliers part), and one approved quote.</summary>
[Workflow("Sourcing")]
public sealed partial class SourcingWorkflow
{
    private readonly SourcingInput input;
    private readonly WorkflowProgress progress;
    private readonly HandledMessages handled = new();
    private readonly List<SupplierThread> threads = [];
    private InviteSuppliers? request;
    private RfqReceipt? receipt;
    private ApprovedQuote? approved;
    private GiveUpSourcing? givenUp;
    private bool closed;

    [WorkflowInit]
    public SourcingWorkflow(SourcingInput input)
    {
        this.input = input;
        progress = new(input.DesignId, "Sourcing", "Open");
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private bool Decided => approved is not null || givenUp is not null;

    public static string IdFor(string licenceId) => $"sourcing/{licenceId}";

    [WorkflowRun]
    public async Task<SourcingResult> RunAsync(SourcingInput input)
    {
        try
        {
            await SellerAsksAsync();
            if (request is not null)
            {
                await OpenAsync(request);
                await QuoteIsApprovedAsync(request);
            }

            return await CloseAsync();
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            givenUp ??= new(this.input.SellerId, "The sourcing was canceled.");
            await CloseAsync();
            throw;
        }
    }

    private async Task SellerAsksAsync()
    {
        await progress.EnterStageAsync(DesignStage.Sourcing, "Preparing",
            FormattableString.Invariant($"the seller's request to {input.Rules.MinSuppliers} to {input.Rules.MaxSuppliers} suppliers"), Party.Seller, relatedId: input.LicenceId);
        await Workflow.WaitConditionAsync(() => request is not null || Decided);
    }

    private async Task OpenAsync(InviteSuppliers asked)
    {
        progress.Working("Inviting");
        await progress.RecordAsync($"{asked.RfqId}:opened", asked.SellerId, new RfqOpened(asked.RfqId, input.LicenceId, asked.SellerId, asked.Quantity, asked.Specification));
        var invitations = await InviteAsync("invite", asked.SupplierIds, fallback: false);
        receipt = new(asked.RfqId, [.. invitations.Select(invitation => new InvitationReceipt(invitation.Supplier.SupplierId, invitation.ReplyBy, invitation.HandOffLink))]);
        await ShowWaitAsync();
    }

    /// <summary>The supplier threads run beside it; here is only the seller's decision and, on the tenth day, the word to the creator.</summary>
    private async Task QuoteIsApprovedAsync(InviteSuppliers asked)
    {
        var tellCreatorAt = WorkflowTime.Now + input.Rules.TellCreator;
        if (!await WorkflowTime.UntilAsync(() => Decided, tellCreatorAt, "Tell the creator of the delay"))
        {
            var quotes = threads.Count(thread => thread.Quote is not null);
            await progress.RecordAsync($"{asked.RfqId}:creator-told", null, new CreatorToldOfDelay(asked.RfqId,
                FormattableString.Invariant($"No quote is approved yet: {threads.Count} suppliers were asked, {quotes} have quoted.")));
            await Workflow.WaitConditionAsync(() => Decided);
        }
    }

    /// <summary>The seller is answered as soon as the decision is on record; word to the suppliers may take longer.</summary>
    private async Task<SourcingResult> CloseAsync()
    {
        stop.Cancel();
        progress.Working("Closing");
        if (request is not null)
        {
            await (approved is not null ? RecordApprovalAsync(approved) : progress.RecordAsync($"{request.RfqId}:closed", givenUp!.SellerId, new RfqClosed(request.RfqId, givenUp.Reason)));
        }

        progress.Working(approved is null ? "Closed" : "Approved");
        closed = true;
        await TellSuppliersAsync();
        await WorkflowTime.HandlersFinishedAsync();
        return new(approved);
    }

    private Task RecordApprovalAsync(ApprovedQuote quote) => progress.RecordAsync($"{quote.RfqId}:approved", input.SellerId,
        new QuoteApproved(quote.RfqId, quote.QuoteId, quote.Supplier.SupplierId, quote.Quantity, quote.UnitPrice, quote.Total));

    private async Task TellSuppliersAsync()
    {
        // By index: an invitation that was under way when the seller decided still joins, and is told too.
        for (var told = 0; ; told++)
        {
            await Workflow.WaitConditionAsync(() => told < threads.Count || invitationsUnderWay == 0, CancellationToken.None);
            if (told == threads.Count) { return; }

            await TellOutcomeAsync(threads[told].Supplier);
        }
    }

    private Task TellOutcomeAsync(Supplier supplier)
    {
        var kind = supplier.SupplierId == approved?.Supplier.SupplierId ? "approved" : "closed";
        return progress.TryAsync($"tell-{supplier.SupplierId}", () => Workflow.ExecuteActivityAsync(
            (ISourcingActivities a) => a.TellOutcomeAsync(new($"{request!.RfqId}:outcome:{supplier.SupplierId}", request.RfqId, supplier.SupplierId, kind)),
            ActivityPolicies.Provider.Detached().Titled($"Tell {supplier.Name}: {kind}")));
    }

    private Task ShowWaitAsync()
    {
        var quoted = threads.Count(thread => thread.State is InvitationState.Quoted);
        if (quoted > 0)
        {
            var firstEnd = threads.Where(thread => thread.State is InvitationState.Quoted).Min(thread => thread.Quote!.ValidUntil);
            return progress.EnterStageAsync(DesignStage.Sourcing, "Quoted", FormattableString.Invariant($"the seller's approval of one of {quoted} quotes"), Party.Seller, firstEnd, "the first quote goes stale", request!.RfqId);
        }

        var waiting = threads.Where(thread => thread.WaitsUntil is not null).ToList();
        return progress.EnterStageAsync(DesignStage.Sourcing, "Open", FormattableString.Invariant($"quotes of {threads.Count} suppliers"), Party.Supplier,
            waiting.Count == 0 ? null : waiting.Min(thread => thread.WaitsUntil), "the supplier is reminded, then others are asked", request!.RfqId);
    }
}
