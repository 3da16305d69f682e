using Ccn.Activities.Ledger;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Ledger;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Providers;
using Ccn.Providers.PayPal;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Payouts;

/// <inheritdoc cref="IPayoutActivities"/>
internal sealed partial class PayoutActivities(
    IPayPalPayoutsApi payPal, PayoutPreparation preparation, PayoutLedger ledger, CcnDbContext db, TimeProvider time, ILogger<PayoutActivities> logger) : IPayoutActivities
{
    /// <summary>Answer to the repeat of an attempt whose refusal is in the books already.</summary>
    private const string RefusedBefore = "refused_before";

    private const int MaxSenderItemId = 63;

    public Task<PreparedPayout> PrepareAsync(PreparePayoutInput input) => ActivityFailures.TranslatedAsync(cancel => preparation.PrepareAsync(input, cancel));

    public Task<SendResult> SendAsync(SendPayoutInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        // The books say refused: asking again could now succeed and would pay what the payee was credited with again.
        if (await LedgerPosting.IsPostedAsync(db, JournalKeys.Refused(input.PayoutId, input.Attempt), cancel)) { return new SendResult(false, null, RefusedBefore); }

        var method = await ApprovedMethodAsync(input, cancel);
        await MoveToTransitAsync(input, cancel);
        try
        {
            var batchId = await CreateBatchAsync(input, method, cancel);
            await RequireAmountAsync(input, batchId, cancel);
            LogSent(input.PayoutId, input.Attempt, batchId);
            return new SendResult(true, batchId, null);
        }
        catch (ProviderException e) when (e.Kind is ProviderFailure.Rejected)
        {
            await ledger.PostAsync(JournalKeys.Refused(input.PayoutId, input.Attempt), time.GetUtcNow(), Transit(input.PayeeId, -input.Amount), cancel);
            LogRefused(input.PayoutId, input.Attempt, e.Code);
            return new SendResult(false, null, e.Code);
        }
    });

    public Task<PayoutReading> ReadAsync(ReadPayoutInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var batch = await ProviderCall.PayPal.RequireAsync(payPal.GetBatchAsync(input.ProviderReference, 1, 1_000, totalRequired: false, cancel));
        var item = ItemOf(batch, input.PayoutId);
        if (item is null) { return PayPalReading.OfBatch(batch.BatchHeader); }

        var known = await db.Payouts.AsNoTracking().Where(p => p.Id == input.PayoutId && p.PreparedAt != null).Select(p => new { p.AmountMinor, p.Currency }).SingleOrDefaultAsync(cancel);
        if (known is not null) { RequireAmount(item, new(known.AmountMinor, known.Currency)); }

        return PayPalReading.Of(item);
    });

    public Task SettleAsync(SettlePayoutInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LedgerPosting.LockAsync(db, input.PayeeId, cancel);
        switch (input.State)
        {
            case PayoutState.Confirmed:
                await ConfirmAsync(input, cancel);
                break;
            case PayoutState.Returned or PayoutState.Failed:
                await ReturnAsync(input, cancel);
                break;
            default:
                throw ActivityFailures.Invalid($"A payout that is {input.State} is not settled.");
        }

        await transaction.CommitAsync(cancel);
        LogSettled(input.PayoutId, input.State, input.Amount);
    });

    private async Task<PayoutMethod> ApprovedMethodAsync(SendPayoutInput input, CancellationToken cancel)
    {
        var method = await db.PayoutMethods.AsNoTracking().SingleOrDefaultAsync(m => m.PayeeId == input.PayeeId, cancel) ?? throw ActivityFailures.Conflict($"{input.PayeeId} has no payout method.");
        if (method.BlockedReason is { } blocked) { throw ActivityFailures.Conflict($"The payout method of {input.PayeeId} is blocked: {blocked}"); }

        var statementIds = await db.Payouts.AsNoTracking().Where(p => p.Id == input.PayoutId && p.PreparedAt != null).Select(p => p.StatementIds).SingleOrDefaultAsync(cancel)
            ?? throw ActivityFailures.Conflict($"The preparation of {input.PayoutId} is not on record.");
        var hash = new PayoutPayload(input.PayoutId, input.PayeeId, input.Amount, method.Provider, method.Destination, statementIds).Hash();
        return hash == input.PayloadHash ? method : throw ActivityFailures.Conflict($"{input.PayoutId} is not what was approved: the payout method or the amount has changed since.");
    }

    /// <summary>Before anything is sent, and once per attempt. A payout never exceeds the balance.</summary>
    private async Task MoveToTransitAsync(SendPayoutInput input, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LedgerPosting.LockAsync(db, input.PayeeId, cancel);
        var key = JournalKeys.Sent(input.PayoutId, input.Attempt);
        if (!await LedgerPosting.IsPostedAsync(db, key, cancel))
        {
            var balance = await TrialBalance.OfAsync(db, ChartOfAccounts.RoyaltiesPayable, input.PayeeId, input.Amount.Currency, cancel);
            if (balance < input.Amount) { throw ActivityFailures.Conflict($"The balance of {balance} is smaller than the payout of {input.Amount}."); }
        }

        await ledger.PostAsync(key, time.GetUtcNow(), Transit(input.PayeeId, input.Amount), cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<string> CreateBatchAsync(SendPayoutInput input, PayoutMethod method, CancellationToken cancel)
    {
        // The same id for every try of an attempt, another after a definite refusal. PayPal pays an id once.
        var senderBatchId = FormattableString.Invariant($"{input.PayoutId}-{input.Attempt}");
        var recipientType = method.Destination.Contains('@', StringComparison.Ordinal) ? "EMAIL" : "PAYPAL_ID";
        var batch = new CreatePayoutBatch(new(senderBatchId, "Your royalties from CCN"),
            [new(recipientType, PayPalAmount.From(input.Amount), method.Destination, SenderItemId(input.PayoutId), "Royalties")]);
        using var response = await ReceiveAsync(payPal.CreateBatchAsync(batch, senderBatchId, cancel));
        if (PayPalDuplicate.OriginalBatchId(response) is { } original) { return original; }   // an earlier try succeeded

        return response is { IsSuccessful: true, Content: { } created } ? created.BatchHeader.PayoutBatchId : throw ProviderCall.PayPal.Translate(response);
    }

    private static async Task<Refit.IApiResponse<PayoutBatch>> ReceiveAsync(Task<Refit.IApiResponse<PayoutBatch>> call)
    {
        try { return await call; }
        catch (Exception e) when (e is not OperationCanceledException and not ProviderException) { throw ProviderCall.PayPal.Translate(e); }
    }

    private async Task RequireAmountAsync(SendPayoutInput input, string batchId, CancellationToken cancel)
    {
        try
        {
            var batch = await ProviderCall.PayPal.RequireAsync(payPal.GetBatchAsync(batchId, 1, 1_000, totalRequired: false, cancel));
            if (ItemOf(batch, input.PayoutId) is { } item) { RequireAmount(item, input.Amount); }
        }
        catch (ProviderException e) when (e.Kind is ProviderFailure.Rejected)
        {
            // Not a refusal of the payout, which was accepted: it must not be taken back in the books.
            throw new ProviderException(e.Provider, ProviderFailure.Unavailable, e.Code, e.Message, e.RetryAfter, e);
        }
    }

    private static void RequireAmount(PayoutItem item, Money expected)
    {
        var actual = item.Request.Amount.ToMoney();
        if (actual != expected) { throw ActivityFailures.Contract(ProviderNames.PayPal, $"The item {item.PayoutItemId} is of {actual} instead of {expected}."); }
    }

    private static PayoutItem? ItemOf(PayoutBatch batch, string payoutId) => batch.Items?.FirstOrDefault(i => i.Request.SenderItemId == SenderItemId(payoutId));

    private static string SenderItemId(string payoutId) => payoutId.Length <= MaxSenderItemId ? payoutId : throw ActivityFailures.Invalid($"{payoutId} is too long for PayPal.");

    /// <summary>From payable to in transit; a negative amount is the way back.</summary>
    private static IEnumerable<JournalLine> Transit(string payeeId, Money amount) =>
        [JournalLine.Debit(ChartOfAccounts.RoyaltiesPayable, payeeId, amount), JournalLine.Credit(ChartOfAccounts.PayoutsInTransit, payeeId, amount)];

    private Task<bool> ConfirmAsync(SettlePayoutInput input, CancellationToken cancel) => ledger.PostAsync(JournalKeys.Confirmed(input.PayoutId), input.At,
        [JournalLine.Debit(ChartOfAccounts.PayoutsInTransit, input.PayeeId, input.Amount), JournalLine.Credit(ChartOfAccounts.CashPayPal, null, input.Amount), .. FeeOf(input)], cancel);

    private async Task ReturnAsync(SettlePayoutInput input, CancellationToken cancel)
    {
        if (await LedgerPosting.IsPostedAsync(db, JournalKeys.Returned(input.PayoutId), cancel)) { return; }

        var confirmed = await LedgerPosting.IsPostedAsync(db, JournalKeys.Confirmed(input.PayoutId), cancel);

        // Given up after refusals only: every attempt was taken back when it was refused.
        if (!confirmed && !await ledger.IsInTransitAsync(input.PayoutId, cancel)) { return; }

        var from = confirmed ? JournalLine.Debit(ChartOfAccounts.CashPayPal, null, input.Amount) : JournalLine.Debit(ChartOfAccounts.PayoutsInTransit, input.PayeeId, input.Amount);
        await ledger.PostAsync(JournalKeys.Returned(input.PayoutId), input.At, [from, JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, input.PayeeId, input.Amount), .. FeeOf(input)], cancel);

        // No blind resend to where it came back from; a method that was set since is another one.
        var (reason, at) = (input.Reason ?? input.State.ToString(), input.At.ToUniversalTime());
        await db.PayoutMethods.Where(m => m.PayeeId == input.PayeeId && m.BlockedReason == null && m.SetAt <= at).ExecuteUpdateAsync(m => m.SetProperty(x => x.BlockedReason, reason), cancel);
    }

    /// <summary>The provider's fee is CCN's cost, also when the money comes back and the fee does not.</summary>
    private static IEnumerable<JournalLine> FeeOf(SettlePayoutInput input) => input.Fee is { } fee
        ? [JournalLine.Debit(ChartOfAccounts.ProviderFees, null, fee), JournalLine.Credit(ChartOfAccounts.CashPayPal, null, fee)]
        : [];

    [LoggerMessage(Level = LogLevel.Information, Message = "Payout {PayoutId}, attempt {Attempt}: sent as {Batch}.")]
    private partial void LogSent(string payoutId, int attempt, string batch);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Payout {PayoutId}, attempt {Attempt}: refused, {Code}.")]
    private partial void LogRefused(string payoutId, int attempt, string code);

    [LoggerMessage(Level = LogLevel.Information, Message = "Payout {PayoutId} is {State}: {Amount}.")]
    private partial void LogSettled(string payoutId, PayoutState state, Money amount);
}
