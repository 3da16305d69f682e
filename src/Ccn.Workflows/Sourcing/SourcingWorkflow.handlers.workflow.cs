using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Sourcing;

public sealed partial class SourcingWorkflow
{
    /// <summary>Opens the RFQ with the chosen suppliers; the same RFQ again is answered with the first receipt.</summary>
    [WorkflowUpdate("InviteSuppliers")]
    public async Task<RfqReceipt> InviteSuppliersAsync(InviteSuppliers command)
    {
        request ??= command;
        await Workflow.WaitConditionAsync(() => receipt is not null || closed);
        return receipt ?? throw Refusal.Conflict("The request was closed before the suppliers were asked.");
    }

    [WorkflowUpdateValidator(nameof(InviteSuppliersAsync))]
    public void ValidateInviteSuppliers(InviteSuppliers command)
    {
        if (command.SellerId != input.SellerId) { throw Refusal.Conflict("Only the licence's seller asks suppliers."); }
        if (request is not null)
        {
            if (request.RfqId == command.RfqId) { return; }

            throw Refusal.Conflict("A request is open.");
        }

        if (Decided) { throw Refusal.Conflict("The sourcing is closed."); }
        if (command.Quantity <= 0) { throw Refusal.Invalid("The quantity is above zero."); }
        if (string.IsNullOrWhiteSpace(command.Specification)) { throw Refusal.Invalid("The request has a specification."); }
        if (command.SupplierIds.Distinct(StringComparer.Ordinal).Count() != command.SupplierIds.Count) { throw Refusal.Invalid("Each supplier is asked once."); }
        if (command.SupplierIds.Count < input.Rules.MinSuppliers || command.SupplierIds.Count > input.Rules.MaxSuppliers)
        {
            throw Refusal.Invalid(FormattableString.Invariant($"{input.Rules.MinSuppliers} to {input.Rules.MaxSuppliers} suppliers are asked."));
        }
    }

    [WorkflowSignal("supplierSeen")]
    public async Task SupplierSeenAsync(SupplierSeen reply)
    {
        if (Find(reply.ReplyId, reply.RfqId, reply.SupplierId) is { State: InvitationState.Invited or InvitationState.Reminded } thread)
        {
            await ChangeAsync(thread, InvitationState.Seen, thread.WaitsUntil, null);
        }
    }

    /// <summary>A quote. It counts as an answer; its validity runs from now on. A later quote of the same supplier replaces it.</summary>
    [WorkflowSignal("supplierQuoted")]
    public async Task SupplierQuotedAsync(SupplierQuoted reply)
    {
        if (Find(reply.ReplyId, reply.RfqId, reply.Quote.SupplierId) is not { } thread || reply.Quote.QuoteId == thread.Quote?.QuoteId) { return; }

        thread.HasReplied = true;
        thread.Quote = reply.Quote;
        await progress.RecordAsync($"{reply.Quote.QuoteId}:received", null, new QuoteReceived(reply.RfqId, reply.Quote));
        await ChangeAsync(thread, InvitationState.Quoted, reply.Quote.ValidUntil, null);
        _ = Workflow.RunTaskAsync(() => QuoteExpiresAsync(thread, reply.Quote));
        if (!Decided) { await ShowWaitAsync(); }
    }

    [WorkflowSignal("supplierDeclined")]
    public async Task SupplierDeclinedAsync(SupplierDeclined reply)
    {
        if (Find(reply.ReplyId, reply.RfqId, reply.SupplierId) is not { } thread) { return; }

        thread.HasReplied = true;
        thread.Quote = null;
        await ChangeAsync(thread, InvitationState.Declined, null, reply.Reason);
        if (!Decided) { await ShowWaitAsync(); }
    }

    /// <summary>The seller takes one quote; judged by the instant the command arrives here.</summary>
    [WorkflowUpdate("ApproveQuote")]
    public async Task<ApprovedQuote> ApproveQuoteAsync(ApproveQuote command)
    {
        var thread = threads.Find(candidate => candidate.Quote?.QuoteId == command.QuoteId)!;
        var unitPrice = QuotePricing.UnitPrice(thread.Quote!, command.Quantity)!.Value;
        approved = new(request!.RfqId, command.QuoteId, thread.Supplier, command.Quantity, unitPrice, thread.Quote!.Tooling,
            QuotePricing.Total(unitPrice, command.Quantity, thread.Quote.Tooling), thread.Quote.LeadTimeDays);
        var answer = approved;
        await Workflow.WaitConditionAsync(() => closed);
        return answer;
    }

    [WorkflowUpdateValidator(nameof(ApproveQuoteAsync))]
    public void ValidateApproveQuote(ApproveQuote command)
    {
        if (command.SellerId != input.SellerId) { throw Refusal.Conflict("Only the licence's seller approves quotes."); }
        if (Decided) { throw Refusal.Conflict("The request is decided."); }
        if (threads.Find(thread => thread.Quote?.QuoteId == command.QuoteId)?.Quote is not { } quote) { throw Refusal.Conflict("There is no such quote."); }
        if (WorkflowTime.Now > quote.ValidUntil) { throw Refusal.Conflict("The quote's validity has ended; ask the supplier to confirm it."); }
        if (QuotePricing.UnitPrice(quote, command.Quantity) is null) { throw Refusal.Invalid("The quantity is below the quote's minimum order."); }
    }

    /// <summary>The seller closes the request without an order.</summary>
    [WorkflowUpdate("GiveUp")]
    public async Task<WorkflowStatus> GiveUpAsync(GiveUpSourcing command)
    {
        givenUp = command;
        await Workflow.WaitConditionAsync(() => closed);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(GiveUpAsync))]
    public void ValidateGiveUp(GiveUpSourcing command)
    {
        if (command.SellerId != input.SellerId) { throw Refusal.Conflict("Only the licence's seller closes the request."); }
        if (Decided || request is null) { throw Refusal.Conflict("No request is open."); }
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("Closing a request has a reason."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    // A repeat, an answer to another request and an answer after the decision change nothing.
    private SupplierThread? Find(string replyId, string rfqId, string supplierId) =>
        handled.TryAdd(replyId) && request?.RfqId == rfqId && !Decided ? threads.Find(thread => thread.Supplier.SupplierId == supplierId) : null;
}
