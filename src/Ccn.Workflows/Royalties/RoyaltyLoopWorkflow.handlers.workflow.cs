using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Workflows;

namespace Ccn.Workflows.Royalties;

public sealed partial class RoyaltyLoopWorkflow
{
    /// <summary>The creator asks about a line of the draft. While a query is open the statement stays a draft.</summary>
    [WorkflowUpdate("QueryLine")]
    public async Task<WorkflowStatus> QueryLineAsync(QueryStatementLine command)
    {
        if (queries.Exists(query => query.Id == command.QueryId)) { return Status; }

        queries.Add(new(command.QueryId, command.Line, command.Text));
        ShowDraft();
        await progress.RecordAsync($"{command.QueryId}:asked", command.CreatorId, new StatementLineQueried(statementId, command.Line, command.QueryId, command.Text));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(QueryLineAsync))]
    public void ValidateQueryLine(QueryStatementLine command)
    {
        if (command.CreatorId != input.Terms.CreatorId && !input.Terms.Splits.Any(split => split.PayeeId == command.CreatorId)) { throw Refusal.Conflict("Only the licence's creators query its statements."); }
        if (queries.Find(query => query.Id == command.QueryId) is { } known)
        {
            if (known.Line != command.Line || known.Text != command.Text) { throw Refusal.Duplicate("This query id was used for another query."); }

            return;
        }

        if (phase is not StatementPhase.Draft || (WorkflowTime.Now > queryUntil && !QueryIsOpen)) { throw Refusal.Conflict(phase is StatementPhase.Open ? "There is no draft yet." : "The query window is closed."); }
        if (command.Line < 1 || string.IsNullOrWhiteSpace(command.Text)) { throw Refusal.Invalid("A query names a line and says what is in doubt."); }
    }

    /// <summary>Finance answers a query.</summary>
    [WorkflowUpdate("AnswerQuery")]
    public async Task<WorkflowStatus> AnswerQueryAsync(AnswerStatementQuery command)
    {
        var query = queries.Find(candidate => candidate.Id == command.QueryId)!;
        if (query.Answer is not null) { return Status; }

        query.Answer = command.Answer;
        ShowDraft();
        await progress.RecordAsync($"{command.QueryId}:answered", command.FinanceId, new StatementQueryAnswered(statementId, command.QueryId, command.Answer));
        return Status;
    }

    [WorkflowUpdateValidator(nameof(AnswerQueryAsync))]
    public void ValidateAnswerQuery(AnswerStatementQuery command)
    {
        if (command.FinanceId == input.Terms.CreatorId) { throw Refusal.Conflict("Nobody answers their own query."); }
        if (queries.Find(query => query.Id == command.QueryId) is not { } known) { throw Refusal.Conflict("There is no such query."); }
        if (known.Answer is not null && known.Answer != command.Answer) { throw Refusal.Conflict("The query is answered."); }
        if (string.IsNullOrWhiteSpace(command.Answer)) { throw Refusal.Invalid("An answer says something."); }
    }

    [WorkflowUpdate("Resolve")]
    public Task<WorkflowStatus> ResolveAsync(ResolveStep command) => Task.FromResult(progress.Resolve(command));

    [WorkflowUpdateValidator(nameof(ResolveAsync))]
    public void ValidateResolve(ResolveStep command) => progress.ValidateResolve(command);

    private void ShowDraft()
    {
        if (phase is not StatementPhase.Draft) { return; }

        var windowIsOpen = WorkflowTime.Now < queryUntil;
        if (QueryIsOpen) { progress.Waiting("InQuery", "finance's answer to a query", Party.Finance, windowIsOpen ? queryUntil : null, windowIsOpen ? "the window stays open until every query is answered" : null); }
        else { progress.Waiting("Draft", "queries of the creator", Party.Creator, queryUntil, "the statement becomes final"); }
    }

    private sealed class LineQuery(string id, int line, string text)
    {
        public string Id { get; } = id;
        public int Line { get; } = line;
        public string Text { get; } = text;
        public string? Answer { get; set; }
    }
}
