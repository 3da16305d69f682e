using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Workflows.Royalties;
using Temporalio.Client;

namespace Ccn.Api.Royalties;

public sealed class RoyaltyCommands(ITemporalClient temporal, RoyaltyQueries royalties, CurrentUser user)
{
    /// <summary>The creator asks about a line of a draft; the statement waits for the answer.</summary>
    public async Task QueryAsync(string statementId, LineQueryBody body)
    {
        var errors = new FieldErrors();
        errors.Text(body.QueryId, "queryId", 100);
        errors.Text(body.Text, "text", 2_000);
        errors.Add(body.Line < 1, "line", "is the number of a line");
        errors.Throw();
        var loop = await LoopAsync(statementId);
        await loop.ExecuteUpdateAsync(wf => wf.QueryLineAsync(new(body.QueryId, user.Id, body.Line, body.Text)), new(RequestHash.UpdateId(body.QueryId, body)));
    }

    public async Task AnswerAsync(string statementId, string queryId, string answer, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(answer, "answer", 2_000);
        errors.Throw();
        var loop = await LoopAsync(statementId);
        await loop.ExecuteUpdateAsync(wf => wf.AnswerQueryAsync(new(queryId, user.Id, answer)), new(IdempotencyKey.For(key, user.Id)));
    }

    private async Task<WorkflowHandle<RoyaltyLoopWorkflow>> LoopAsync(string statementId)
    {
        var statement = await royalties.GetAsync(statementId, CancellationToken.None);
        return temporal.GetWorkflowHandle<RoyaltyLoopWorkflow>(RoyaltyLoopWorkflow.IdFor(statement.Statement.LicenceId));
    }
}
