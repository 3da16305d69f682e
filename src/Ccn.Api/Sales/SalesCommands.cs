using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Workflows.Sales;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Sales;

public sealed class SalesCommands(ITemporalClient temporal, CcnDbContext db, CurrentUser user)
{
    private const int LongestInterval = 7 * 24 * 60;

    /// <summary>Pulls the seller's newest orders now instead of at the next interval.</summary>
    public async Task<SalesPulled> PullAsync(string? key)
    {
        var seller = user.Id;
        var account = await db.SellerAccounts.AsNoTracking().Where(row => row.SellerId == seller).Select(row => row.Id).SingleOrDefaultAsync() ?? throw ProblemException.NotFound("seller account");
        return await Intake(account).ExecuteUpdateAsync(wf => wf.PullNowAsync(new(seller)), new(IdempotencyKey.For(key, seller)));
    }

    /// <summary>Pulls an account's sales more or less often from now on: when Amazon throttles, or when nothing sells.</summary>
    public Task ChangeIntervalAsync(string sellerAccountId, IntervalBody body)
    {
        if (body.Minutes is < 1 or > LongestInterval) { throw new ProblemException(ProblemCode.RequestInvalid, "Sales are pulled at least once a week and at most once a minute."); }

        return Intake(sellerAccountId).SignalAsync(wf => wf.ChangeIntervalAsync(new(TimeSpan.FromMinutes(body.Minutes))));
    }

    private WorkflowHandle<SalesIntakeWorkflow> Intake(string sellerAccountId) => temporal.GetWorkflowHandle<SalesIntakeWorkflow>(SalesIntakeWorkflow.IdFor(sellerAccountId));
}
