using Ccn.Api.Accounts;
using Ccn.Api.Lifecycle;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Payouts;
using Ccn.Workflows;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace Ccn.Api.Payouts;

public sealed class PayoutCommands(ITemporalClient temporal, CcnDbContext db, CurrentUser user, TimeProvider clock, IOptions<PayoutOptions> options)
{
    private const string Zone = "America/Los_Angeles";

    /// <summary>Sets where the creator's money goes. The row holds the address; the loop only hears that something changed.</summary>
    public async Task SetMethodAsync(PayoutMethodBody body, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Add(body.Provider != "paypal", "provider", "is paypal");
        errors.Add(body.Receiver is null || body.Receiver.Length > 200 || !System.Net.Mail.MailAddress.TryCreate(body.Receiver, out _), "receiver", "is an e-mail address");
        errors.Throw();

        var (payee, now) = (user.Id, clock.GetUtcNow());
        var display = $"{body.Receiver![0]}…{body.Receiver[body.Receiver.IndexOf('@', StringComparison.Ordinal)..]}";
        var method = await db.PayoutMethods.SingleOrDefaultAsync(row => row.PayeeId == payee, cancel);
        if (method is null) { db.PayoutMethods.Add(new PayoutMethod { PayeeId = payee, Provider = body.Provider, Destination = body.Receiver, Display = display, SetAt = now }); }
        else { (method.Provider, method.Destination, method.Display, method.SetAt, method.BlockedReason) = (body.Provider, body.Receiver, display, now, null); }

        await db.SaveChangesAsync(cancel);
        var label = PayeePayoutWorkflow.LabelFor(payee);
        var start = new WorkflowOptions(PayeePayoutWorkflow.IdFor(payee), TaskQueues.Lifecycle) { StaticSummary = label.Summary, StaticDetails = label.Details };
        start.SignalWithStart((PayeePayoutWorkflow wf) => wf.MethodChangedAsync(new($"method:{now.UtcTicks}", body.Provider)));
        var rules = Templates.Get(options.Value.TemplateId).Payouts;
        if (options.Value.TwoApproversFrom is { } from) { rules = rules with { TwoApproversFrom = from }; }

        await temporal.StartWorkflowAsync((PayeePayoutWorkflow wf) => wf.RunAsync(new(payee, rules, Zone, 1, Array.Empty<OpenPayout>(), Array.Empty<string>(), false, null, null, PayeePayoutWorkflow.ChainFrom(now))), start);
    }

    /// <summary>Finance approves exactly the payload it has seen; nobody approves a payout to themselves.</summary>
    public async Task ApproveAsync(string payoutId, string payloadHash, string? key)
    {
        var payout = await db.Payouts.AsNoTracking().SingleOrDefaultAsync(row => row.Id == payoutId) ?? throw ProblemException.NotFound("payout");
        await Payee(payout.PayeeId).ExecuteUpdateAsync(wf => wf.ApproveAsync(new(payoutId, user.Id, payloadHash)), new(IdempotencyKey.For(key, user.Id)));
    }

    public Task HoldAsync(string payeeId, string reason, string? key) => Payee(payeeId).ExecuteUpdateAsync(wf => wf.HoldAsync(new(user.Id, Reason(reason))), new(IdempotencyKey.For(key, user.Id)));

    public Task ReleaseAsync(string payeeId, string reason, string? key) => Payee(payeeId).ExecuteUpdateAsync(wf => wf.ReleaseAsync(new(user.Id, Reason(reason))), new(IdempotencyKey.For(key, user.Id)));

    private static string Reason(string reason)
    {
        var errors = new FieldErrors();
        errors.Text(reason, "reason", 2_000);
        errors.Throw();
        return reason;
    }

    private WorkflowHandle<PayeePayoutWorkflow> Payee(string payeeId) => temporal.GetWorkflowHandle<PayeePayoutWorkflow>(PayeePayoutWorkflow.IdFor(payeeId));
}
