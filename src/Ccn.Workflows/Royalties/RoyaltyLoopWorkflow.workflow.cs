using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Microsoft.Extensions.Logging;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Royalties;

/// <summary>The statements of one licence, one run per period: draft, queries, final, the seller's payment, word to the payees. It goes on after the licence for as long as refunds and reserves may still come.</summary>
[Workflow("RoyaltyLoop")]
public sealed partial class RoyaltyLoopWorkflow
{
    private const double HoursPerBusinessDay = 8;

    private readonly RoyaltyLoopInput input;
    private readonly WorkflowProgress progress;
    private readonly List<LineQuery> queries = [];
    private readonly string statementId;
    private StatementPhase phase = StatementPhase.Open;
    private DateTimeOffset queryUntil;

    [WorkflowInit]
    public RoyaltyLoopWorkflow(RoyaltyLoopInput input)
    {
        this.input = input;
        statementId = StatementIdFor(input.Terms.LicenceId, input.Period);
        progress = new(input.Terms.DesignId, "RoyaltyLoop", "Open", FormattableString.Invariant($"/{input.Period}"));
    }

    private enum StatementPhase { Open, Draft, Final }

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    private bool QueryIsOpen => queries.Exists(query => query.Answer is null);

    public static string IdFor(string licenceId) => $"royalties/{licenceId}";

    /// <summary>Id of a period's statement: named by licence and period, so it is known before the statement is made.</summary>
    public static string StatementIdFor(string licenceId, int period) => WorkflowIds.Named(Ids.Statement, FormattableString.Invariant($"{licenceId}/{period}"));

    [WorkflowRun]
    public async Task RunAsync(RoyaltyLoopInput input)
    {
        try { await StatementAsync(); }
        catch (Exception e) when (TemporalException.IsCanceledException(e))
        {
            // What is drafted stays accrued and what is final stays payable: the ledger holds both, for the loop that goes on with this period.
            progress.Working("Canceled");
            await WorkflowTime.HandlersFinishedAsync();
            throw;
        }
    }

    /// <summary>One period from its sales to the payees' money, then the next one.</summary>
    private async Task StatementAsync()
    {
        var period = await PeriodAsync();
        var draftAt = period.SettledAt ?? period.To + input.Rules.DraftAfter;
        progress.Waiting("Open", "the sales of the period", Party.Community, draftAt, "the statement is drafted");
        await WorkflowTime.UntilAsync(() => false, draftAt, FormattableString.Invariant($"Draft of period {input.Period}"));

        await DraftAsync(period);
        await QueriesAreAnsweredAsync();
        var final = await FinalizeAsync(period);
        var carried = await CollectAsync(final.Totals.Gross + (input.Carried ?? Money.Zero(input.Terms.Currency)));
        if (carried <= Money.Zero(input.Terms.Currency)) { await TellPayeesAsync(final.Shares); }

        await WorkflowTime.HandlersFinishedAsync();
        Workflow.CancellationToken.ThrowIfCancellationRequested();   // the next run would know nothing of it
        if (period.To < input.EndsAt.AddDays(input.Rules.ReserveReleaseDays))
        {
            var next = input with { Period = input.Period + 1, Carried = carried };
            throw Workflow.CreateContinueAsNewException((RoyaltyLoopWorkflow wf) => wf.RunAsync(next));
        }

        progress.Working("Closed");
    }

    /// <summary>The period's bounds: calendar months in the licence's zone, or equal spans where the template says so.</summary>
    private async Task<PeriodBounds> PeriodAsync()
    {
        if (input.Rules.Period is { } span) { return new(input.Anchor + (span * (input.Period - 1)), input.Anchor + (span * input.Period)); }

        return await progress.RequireAsync("period", () => Workflow.ExecuteActivityAsync(
            (ICalendarActivities a) => a.MonthlyPeriodAsync(new(input.Anchor, input.Period, input.Rules.Zone, input.Rules.DraftAfter)), ActivityPolicies.Data.Titled("Bounds of the month")));
    }

    private async Task DraftAsync(PeriodBounds period)
    {
        progress.Working("Drafting");
        var totals = await progress.RequireAsync("draft", () => Workflow.ExecuteActivityAsync(
            (IRoyaltyActivities a) => a.DraftAsync(new(statementId, input.Terms, input.Period, period.From, period.To)), ActivityPolicies.Data.Titled("Draft the statement")));
        queryUntil = input.Rules.QueryWindow is { } window
            ? WorkflowTime.Now + window
            : await progress.RequireAsync("query-deadline", () => Workflow.ExecuteActivityAsync(
                (ICalendarActivities a) => a.BusinessDeadlineAsync(new(WorkflowTime.Now, input.Rules.QueryBusinessDays * HoursPerBusinessDay, input.Calendar, input.Rules.Zone)), ActivityPolicies.Data.Titled("End of the query window")));
        phase = StatementPhase.Draft;
        await progress.RecordAsync("drafted", null, new StatementDrafted(statementId, input.Terms.LicenceId, input.Period, period.From, period.To, queryUntil, totals.Gross, totals.Fee, totals.Net));
        if (totals.Units > 0) { await TellDesignAsync(); }
    }

    /// <summary>The window stays open while a query is open, however long the answer takes.</summary>
    private async Task QueriesAreAnsweredAsync()
    {
        ShowDraft();
        await WorkflowTime.UntilAsync(() => false, queryUntil, "Query window");
        if (QueryIsOpen)
        {
            ShowDraft();
            await Workflow.WaitConditionAsync(() => !QueryIsOpen);
        }
    }

    private async Task<FinalStatement> FinalizeAsync(PeriodBounds period)
    {
        phase = StatementPhase.Final;
        progress.Working("Final");
        var final = await progress.RequireAsync("finalize", () => Workflow.ExecuteActivityAsync(
            (IRoyaltyActivities a) => a.FinalizeAsync(new(statementId, input.Terms, input.Period, period.From, period.To)), ActivityPolicies.Data.Titled("Freeze, chain and post the statement")));
        await progress.RecordAsync("finalized", null, new StatementFinalized(statementId, input.Terms.LicenceId, final.Sha256, final.Totals.Gross, final.Totals.Fee, final.Totals.Net));
        return final;
    }

    /// <summary>Charges the seller. After a decline it tries again at the template's waits, then a person decides.</summary>
    /// <returns>What is carried into the next period: what the seller still owes, or, negative, its credit.</returns>
    private async Task<Money> CollectAsync(Money due)
    {
        if (due <= Money.Zero(due.Currency)) { return due; }

        for (var attempt = 1; ; attempt++)
        {
            progress.Working("Collecting");
            if (await ChargeAsync(due, attempt) is not { } declineCode) { return Money.Zero(due.Currency); }

            if (attempt <= input.Payouts.Retries.Count)
            {
                var next = WorkflowTime.Now + input.Payouts.Retries[attempt - 1];
                progress.Waiting("Collecting", $"the seller's payment of {due}: declined ({declineCode})", Party.Seller, next, "it is tried again");
                await WorkflowTime.UntilAsync(() => false, next, "Charge the seller again");
            }
            else if (!await OperatorSaysRetryAsync(due, declineCode)) { return due; }
        }
    }

    /// <returns>The decline code, or null when the money is in.</returns>
    private async Task<string?> ChargeAsync(Money due, int attempt)
    {
        // A new key for each attempt after a definite decline; an unknown outcome is repeated by the activity under the same key.
        // Detached: money that was taken must be known here.
        var result = await progress.RequireAsync("collect", () => Workflow.ExecuteActivityAsync(
            (IRoyaltyActivities a) => a.CollectAsync(new(FormattableString.Invariant($"{statementId}:collect:{attempt}"), statementId, input.Terms.SellerId, due)), ActivityPolicies.Provider.Detached().Titled($"Charge the seller {due}")));
        if (result.Collected)
        {
            await progress.RecordAsync("collected", null, new RoyaltyCollected(statementId, result.ProviderReference ?? "", due));
            return null;
        }

        var code = result.DeclineCode ?? "declined";
        await progress.RecordAsync(FormattableString.Invariant($"collection-{attempt}-failed"), null, new RoyaltyCollectionFailed(statementId, code, due));
        return code;
    }

    private Task<bool> OperatorSaysRetryAsync(Money due, string declineCode)
    {
        var asked = false;
        return progress.TryAsync("collect", () =>
        {
            if (asked) { return Task.CompletedTask; }

            asked = true;
            throw new ApplicationFailureException($"The seller's payment of {due} was declined at every attempt, last with {declineCode}.", FailureTypes.ProviderRejected, nonRetryable: true);
        });
    }

    private async Task TellPayeesAsync(IReadOnlyList<PayeeShare> shares)
    {
        // With a debt of an earlier period that is in now, its payees have money too, whatever this period brought.
        var hadDebt = input.Carried is { MinorUnits: > 0 };
        foreach (var share in shares.Where(share => hadDebt || share.Amount.MinorUnits > 0))
        {
            await StartPayeeAsync(share.PayeeId);
            await progress.TryAsync($"tell-{share.PayeeId}", () => Workflow.GetExternalWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor(share.PayeeId))
                .SignalAsync(wf => wf.EarningsAvailableAsync(new(statementId, share.Amount)), new() { CancellationToken = CancellationToken.None }));
        }
    }

    private async Task StartPayeeAsync(string payeeId)
    {
        var label = PayeePayoutWorkflow.LabelFor(payeeId);
        try
        {
            await Workflow.StartChildWorkflowAsync((PayeePayoutWorkflow wf) => wf.RunAsync(new(payeeId, input.Payouts, input.Rules.Zone, 1, Array.Empty<OpenPayout>(), Array.Empty<string>(), false, null, null, PayeePayoutWorkflow.ChainFrom(WorkflowTime.Now))),
                new()
                {
                    Id = PayeePayoutWorkflow.IdFor(payeeId), StaticSummary = label.Summary, StaticDetails = label.Details,
                    ParentClosePolicy = ParentClosePolicy.Abandon, CancellationType = ChildWorkflowCancellationType.Abandon, CancellationToken = CancellationToken.None,
                });
        }
        catch (WorkflowAlreadyStartedException) { Workflow.Logger.LogDebug("The payout loop of {PayeeId} runs already.", payeeId); }
    }

    private async Task TellDesignAsync()
    {
        try { await Workflow.GetExternalWorkflowHandle(DesignLifecycleWorkflow.IdFor(input.Terms.DesignId)).SignalAsync("sold", [new DesignSold(statementId)]); }
        catch (ApplicationFailureException) { Workflow.Logger.LogInformation("The life cycle of {DesignId} has ended; its statements go on.", input.Terms.DesignId); }
    }
}
