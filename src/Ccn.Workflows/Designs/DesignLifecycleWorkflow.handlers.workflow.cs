using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Designs;

public sealed partial class DesignLifecycleWorkflow
{
    private bool CreatorMayChoose => CreatorChoices.MayChoose(stage) && contestId is null && !openBidding && !entering && withdrawal is null;

    /// <summary>Sent with the start: answered when the submission is on record.</summary>
    [WorkflowUpdate("Submit")]
    public async Task<DesignReceipt> SubmitAsync(SubmitDesign command)
    {
        await Workflow.WaitConditionAsync(() => onRecord);
        return new(input.DesignId, input.File.Sha256, input.SubmittedAt, input.TermsVersion);
    }

    [WorkflowUpdateValidator(nameof(SubmitAsync))]
    public void ValidateSubmit(SubmitDesign command)
    {
        if (command.RequestHash != input.RequestHash) { throw Refusal.Duplicate("This design id was used for another submission."); }
    }

    /// <summary>The creator enters a contest; answered with the contest's word.</summary>
    [WorkflowUpdate("EnterContest")]
    public Task<EntryDecided> EnterContestAsync(EnterContest command) => AskContestAsync(command);

    [WorkflowUpdateValidator(nameof(EnterContestAsync))]
    public void ValidateEnterContest(EnterContest command) => RequireChoice(command.CreatorId);

    /// <summary>The creator takes the design to bids without a contest.</summary>
    [WorkflowUpdate("OpenBidding")]
    public async Task<WorkflowStatus> OpenBiddingAsync(OpenBidding command)
    {
        openBidding = true;
        await Workflow.WaitConditionAsync(() => stage is DesignStage.OpenToBids || ended);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(OpenBiddingAsync))]
    public void ValidateOpenBidding(OpenBidding command) => RequireChoice(command.CreatorId);

    /// <summary>The creator takes the design back, until a bid is accepted.</summary>
    [WorkflowUpdate("Withdraw")]
    public async Task<WorkflowStatus> WithdrawAsync(WithdrawDesign command)
    {
        withdrawal = command;
        await Workflow.WaitConditionAsync(() => ended || withdrawal is null);
        return ended ? Status : throw Refusal.Conflict("A bid was accepted in the same instant.");
    }

    [WorkflowUpdateValidator(nameof(WithdrawAsync))]
    public void ValidateWithdraw(WithdrawDesign command)
    {
        RequireCreator(command.CreatorId);
        if (ended || bidAccepted || entering || withdrawal is not null || !CreatorChoices.MayWithdraw(stage))
        {
            throw Refusal.Conflict($"The design is {stage} and cannot be withdrawn now.");
        }

        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A withdrawal has a reason."); }
    }

    /// <summary>A moderator publishes or refuses a held design.</summary>
    [WorkflowUpdate("Moderate")]
    public async Task<WorkflowStatus> ModerateAsync(ModerateDesign command)
    {
        moderation = command;
        await Workflow.WaitConditionAsync(() => stage is not DesignStage.Held);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(ModerateAsync))]
    public void ValidateModerate(ModerateDesign command)
    {
        if (!DesignAction.Moderate.IsPossibleIn(stage) || moderation is not null || withdrawal is not null) { throw Refusal.Conflict("The design is not held."); }
        if (command.ModeratorId == input.CreatorId) { throw Refusal.Conflict("Nobody moderates their own design."); }
        if (string.IsNullOrWhiteSpace(command.Reason)) { throw Refusal.Invalid("A decision has a reason."); }
    }

    /// <summary>A standby bidder takes or leaves the licence.</summary>
    [WorkflowUpdate("AnswerStandby")]
    public async Task<WorkflowStatus> AnswerStandbyAsync(AnswerStandby command)
    {
        var mine = offer!;
        mine.Accepted = command.Accept;
        await Workflow.WaitConditionAsync(() => mine.Closed || ended);
        return Status;
    }

    [WorkflowUpdateValidator(nameof(AnswerStandbyAsync))]
    public void ValidateAnswerStandby(AnswerStandby command)
    {
        if (offer is not { Accepted: null } open || open.Bid.BidId != command.BidId || open.Bid.SellerId != command.SellerId) { throw Refusal.Conflict("No standby offer waits for you."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    /// <summary>The contest says whether the entry was taken.</summary>
    [WorkflowSignal("entryDecided")]
    public Task EntryDecidedAsync(EntryDecided decision)
    {
        if (entering && decision.ContestId == asked) { entry ??= decision; }

        return Task.CompletedTask;
    }

    /// <summary>The contest says how it ended for this design.</summary>
    [WorkflowSignal("contestDecided")]
    public Task ContestDecidedAsync(ContestOutcome decision)
    {
        if (decision.ContestId == asked) { outcome ??= decision; }

        return Task.CompletedTask;
    }

    /// <summary>The first sale: the design sells from now on.</summary>
    [WorkflowSignal("sold")]
    public Task SoldAsync(DesignSold fact)
    {
        selling = true;
        return Task.CompletedTask;
    }

    private void RequireChoice(string creatorId)
    {
        RequireCreator(creatorId);
        if (!CreatorMayChoose) { throw Refusal.Conflict($"The design is {stage}."); }
    }

    private void RequireCreator(string userId)
    {
        if (userId != input.CreatorId) { throw Refusal.Conflict("Only the design's creator decides this."); }
    }
}
