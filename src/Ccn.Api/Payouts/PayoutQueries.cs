using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Payouts;

public sealed record PayoutSummary(string PayoutId, string PayeeId, Money Amount, PayoutStatus State, int Attempt, string PayloadHash, IReadOnlyList<string> StatementIds, string? ProviderReference, Money? ProviderFee, string? Reason,
    DateTimeOffset? PreparedAt, string? ApprovedBy, DateTimeOffset? SentAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? ReturnedAt);

public sealed class PayoutQueries(CcnDbContext db, ITemporalClient temporal, CurrentUser user)
{
    public async Task<IReadOnlyList<PayoutSummary>> ListAsync(CancellationToken cancel) =>
        [.. (await Mine().OrderByDescending(payout => payout.PreparedAt).ThenBy(payout => payout.Id).Take(500).ToListAsync(cancel)).Select(Summary)];

    public async Task<PayoutSummary> GetAsync(string payoutId, CancellationToken cancel) =>
        Summary(await Mine().SingleOrDefaultAsync(payout => payout.Id == payoutId, cancel) ?? throw ProblemException.NotFound("payout"));

    /// <summary>Live, from the payee's loop: what the money waits for.</summary>
    public Task<WorkflowStatus> StatusAsync(string payeeId, CancellationToken cancel) => payeeId == user.Id || user.Is(Roles.Finance) || user.Is(Roles.Ops)
        ? temporal.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor(payeeId)).QueryAsync(wf => wf.Status, new() { Rpc = new() { CancellationToken = cancel } })
        : throw ProblemException.NotFound("payee");

    private IQueryable<PayoutView> Mine()
    {
        var (reader, all) = (user.Id, user.Is(Roles.Finance) || user.Is(Roles.Ops) || user.Is(Roles.Admin));
        return db.Payouts.AsNoTracking().Where(payout => all || payout.PayeeId == reader);
    }

    private static PayoutSummary Summary(PayoutView row) => new(row.Id, row.PayeeId, row.Amount, row.State, row.Attempt, row.PayloadHash, row.StatementIds, row.ProviderReference, row.ProviderFee, row.Reason,
        row.PreparedAt, row.ApprovedBy, row.SentAt, row.ConfirmedAt, row.ReturnedAt);
}
