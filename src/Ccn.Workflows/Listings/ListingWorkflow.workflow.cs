using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Sales;
using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Listings;

/// <summary>One offer at Amazon for as long as the licence: checklist, submission with a dry run, the wait until it is buyable, price and stock, and the end with the licence.</summary>
[Workflow("Listing")]
public sealed partial class ListingWorkflow
{
    private readonly ListingInput input;
    private readonly WorkflowProgress progress;
    private readonly Temporalio.Workflows.Mutex offer = new();
    private readonly int run;
    private ListingState state;
    private string? asin;
    private Money? price;
    private int quantity;
    private int submissions;
    private int reads;
    private int changes;
    private SubmitListing? submitted;
    private ListingSubmission? answer;
    private IReadOnlyList<ListingIssue> issues = [];

    [WorkflowInit]
    public ListingWorkflow(ListingInput input)
    {
        this.input = input;
        run = input.Resume?.Run ?? 1;
        state = input.Resume?.State ?? ListingState.Checklist;
        asin = input.Resume?.Asin;
        price = input.Resume?.Price;
        quantity = input.Resume?.Quantity ?? 0;
        submissions = input.Resume?.Submissions ?? 0;
        progress = new(input.DesignId, "Listing", state.ToString(), FormattableString.Invariant($"/{run}"));
    }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private bool LicenceHasEnded => WorkflowTime.Now >= input.LicenceEndsAt;

    public static string IdFor(string listingId) => $"listing/{listingId}";

    [WorkflowRun]
    public async Task<ListingResult> RunAsync(ListingInput input)
    {
        try
        {
            if (this.input.Resume is null)
            {
                await progress.RecordAsync("opened", null, new ListingOpened(this.input.ListingId, this.input.LicenceId, this.input.SellerId, this.input.SellerAccountId, this.input.Sku, this.input.Marketplace));
            }

            while (!LicenceHasEnded)
            {
                if (submitted is not null) { await SubmitAsync(submitted); }
                else if (state is ListingState.Checklist or ListingState.Issues) { await SellerSubmitsAsync(); }
                else if (state is ListingState.Submitted) { await BuyableOrIssuesAsync(); }
                else { await SellAsync(); }

                if (Workflow.ContinueAsNewSuggested && submitted is null && Workflow.AllHandlersFinished) { throw ContinueAsNew(); }
            }

            return await EndAsync("The licence has ended.");
        }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            await EndAsync("The listing was canceled.");
            throw;
        }
    }

    private async Task SellerSubmitsAsync()
    {
        await progress.EnterStageAsync(DesignStage.InProduction, state.ToString(),
            state is ListingState.Checklist ? "the seller's checklist and submission" : $"the seller's correction: {(issues.Count > 0 ? issues[0].Message : "issues of the listing")}",
            Party.Seller, input.LicenceEndsAt, "the licence ends", input.ListingId);
        await WorkflowTime.UntilAsync(() => submitted is not null, input.LicenceEndsAt, "Licence ends");
    }

    private async Task SubmitAsync(SubmitListing content)
    {
        progress.Working("Submitting");
        await StartSalesIntakeAsync();
        var number = ++submissions;
        var result = await progress.RequireAsync("submit", () => Workflow.ExecuteActivityAsync(
            (IListingActivities a) => a.SubmitAsync(new(input.SellerAccountId, input.Marketplace, input.Sku, input.DesignId, content.Content, content.Price, content.Quantity)),
            ActivityPolicies.Provider.Titled("Dry run, then submit the listing")));
        if (result.Accepted)
        {
            (state, price, quantity) = (ListingState.Submitted, content.Price, content.Quantity);
            await progress.RecordAsync(Numbered("submitted", number), content.SellerId, new ListingSubmitted(input.ListingId, content.Content.Title, content.Price, content.Quantity, result.SubmissionId));
        }
        else
        {
            state = ListingState.Issues;
            await RecordIssuesAsync(Numbered("refused", number), result.Issues);
        }

        answer = result;
        submitted = null;
    }

    private async Task BuyableOrIssuesAsync()
    {
        progress.Waiting("Submitted", "Amazon's processing of the submission", Party.Provider, WorkflowTime.Now + input.Rules.PollInterval, "it is read again");
        await WorkflowTime.UntilAsync(() => submitted is not null, Earlier(WorkflowTime.Now + input.Rules.PollInterval, input.LicenceEndsAt), "Read the listing again");
        if (submitted is not null || LicenceHasEnded) { return; }

        reads++;
        var reading = await progress.RequireAsync("read", () => Workflow.ExecuteActivityAsync(
            (IListingActivities a) => a.ReadAsync(Reference), ActivityPolicies.Provider.Titled("Read the listing")));
        if (reading is { Buyable: true, Asin: { } found })
        {
            (state, asin) = (ListingState.Buyable, found);
            await progress.RecordAsync(Numbered("buyable", submissions), null, new ListingBuyable(input.ListingId, found));
            await progress.EnterStageAsync(DesignStage.Listed, "Buyable", "sales", Party.Community, input.LicenceEndsAt, "the offer is taken down", input.ListingId);
        }
        else if (reading.Issues.Any(IsError))
        {
            state = ListingState.Issues;
            await RecordIssuesAsync(Numbered("issues", reads), reading.Issues);
        }
    }

    private async Task SellAsync()
    {
        progress.Waiting("Buyable", "sales", Party.Community, input.LicenceEndsAt, "the offer is taken down");
        await WorkflowTime.UntilAsync(() => submitted is not null || (Workflow.ContinueAsNewSuggested && Workflow.AllHandlersFinished), input.LicenceEndsAt, "Licence ends");
    }

    private async Task<ListingResult> EndAsync(string reason)
    {
        var wasOffered = submissions > 0;
        state = ListingState.Ended;
        submitted = null;
        progress.Working("Ended");
        if (wasOffered)
        {
            await progress.TryAsync("end", () => Workflow.ExecuteActivityAsync(
                (IListingActivities a) => a.EndAsync(Reference), ActivityPolicies.Provider.Detached().Titled("Take the offer down")));
        }

        await progress.RecordAsync("ended", null, new ListingEnded(input.ListingId, reason));
        await WorkflowTime.HandlersFinishedAsync();
        return new(input.ListingId, asin, reason);
    }

    /// <summary>One intake per seller account, shared by all of the seller's listings; it outlives each of them.</summary>
    private async Task StartSalesIntakeAsync()
    {
        var label = SalesIntakeWorkflow.LabelFor(input.SellerAccountId);
        try
        {
            await Workflow.StartChildWorkflowAsync((SalesIntakeWorkflow wf) => wf.RunAsync(new(input.SellerAccountId, input.Rules.PollInterval, WorkflowTime.Now, 1, null)),
                new()
                {
                    Id = SalesIntakeWorkflow.IdFor(input.SellerAccountId), StaticSummary = label.Summary, StaticDetails = label.Details,
                    ParentClosePolicy = ParentClosePolicy.Abandon, CancellationType = ChildWorkflowCancellationType.Abandon,
                });
        }
        catch (WorkflowAlreadyStartedException) { Workflow.Logger.LogDebug("The sales intake of {SellerAccountId} runs already.", input.SellerAccountId); }
    }

    private Task RecordIssuesAsync(string step, IReadOnlyList<ListingIssue> found)
    {
        issues = found;
        return progress.RecordAsync(step, null, new ListingIssuesFound(input.ListingId, found));
    }

    private ContinueAsNewException ContinueAsNew()
    {
        var next = input with { Resume = new(run + 1, state, asin, price, quantity, submissions) };
        return Workflow.CreateContinueAsNewException((ListingWorkflow wf) => wf.RunAsync(next));
    }

    private ReadListingInput Reference => new(input.SellerAccountId, input.Marketplace, input.Sku);

    private static bool IsError(ListingIssue issue) => string.Equals(issue.Severity, "ERROR", StringComparison.OrdinalIgnoreCase);

    private static string Numbered(string step, int number) => FormattableString.Invariant($"{step}-{number}");

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
