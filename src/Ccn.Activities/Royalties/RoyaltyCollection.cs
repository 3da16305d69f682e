using Ccn.Activities.Ledger;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Providers;
using Ccn.Providers.Stripe;
using Ccn.Workflows.Royalties;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Stripe;

namespace Ccn.Activities.Royalties;

/// <summary>Charges the seller's saved card for the royalty of a final statement, without the seller being there.</summary>
internal sealed partial class RoyaltyCollection(IStripeClient stripe, CcnDbContext db, ILogger<RoyaltyCollection> logger)
{
    private const string Succeeded = "succeeded", Processing = "processing";

    private readonly PaymentIntentService intents = new(stripe);
    private readonly CustomerService customers = new(stripe);

    /// <summary>One charge per key. A decline is an answer: the next attempt comes with another key.</summary>
    public async Task<CollectionResult> CollectAsync(CollectInput input, CancellationToken cancel)
    {
        var account = await db.SellerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.SellerId == input.SellerId, cancel) ?? throw ActivityFailures.Conflict($"{input.SellerId} has no seller account.");
        if (account.StripePaymentMethodId is not { } method) { return Declined(input, "no_payment_method"); }

        PaymentIntent intent;
        try
        {
            var customer = account.StripeCustomerId ?? await MakeCustomerAsync(account, cancel);
            intent = await intents.CreateAsync(
                new()
                {
                    Amount = StripeAmount.From(input.Amount), Currency = input.Amount.Currency.ToLowerInvariant(), Customer = customer, PaymentMethod = method, OffSession = true, Confirm = true,
                    Description = $"Royalty, statement {input.StatementId}", Metadata = new() { ["statementId"] = input.StatementId, ["sellerAccountId"] = account.Id },
                },
                new() { IdempotencyKey = input.IdempotencyKey }, cancel);
        }
        catch (StripeException e) when (e.StripeError?.Type == "card_error") { return Declined(input, e.StripeError.DeclineCode ?? e.StripeError.Code ?? "declined"); }

        // The key repeats the first answer for a day; what has become of it since is asked for.
        if (intent.Status == Processing) { intent = await intents.GetAsync(intent.Id, cancellationToken: cancel); }
        if (intent.Status == Processing) { throw new ProviderException(ProviderNames.Stripe, ProviderFailure.Unavailable, Processing, $"The payment {intent.Id} is not decided yet."); }
        if (intent.Status != Succeeded) { return Declined(input, intent.Status); }

        var received = StripeAmount.ToMoney(intent.AmountReceived, intent.Currency);
        if (received != input.Amount) { throw ActivityFailures.Contract(ProviderNames.Stripe, $"{intent.Id} took {received} instead of {input.Amount}."); }

        await LedgerPosting.PostOnceAsync(db, input.IdempotencyKey, new DateTimeOffset(DateTime.SpecifyKind(intent.Created, DateTimeKind.Utc)),
            [JournalLine.Debit(ChartOfAccounts.CashStripe, null, received), JournalLine.Credit(ChartOfAccounts.SellerReceivable, account.Id, received)], cancel);
        LogCollected(input.StatementId, received);
        return new(true, intent.Id, null);
    }

    /// <summary>The seller becomes a customer at Stripe with the first charge. The key makes a repeat find the first one.</summary>
    private async Task<string> MakeCustomerAsync(SellerAccount account, CancellationToken cancel)
    {
        var made = await customers.CreateAsync(new() { Metadata = new() { ["sellerAccountId"] = account.Id } }, new() { IdempotencyKey = $"{account.Id}:customer" }, cancel);
        await db.SellerAccounts.Where(a => a.Id == account.Id && a.StripeCustomerId == null).ExecuteUpdateAsync(a => a.SetProperty(x => x.StripeCustomerId, made.Id), cancel);
        return made.Id;
    }

    private CollectionResult Declined(CollectInput input, string code)
    {
        LogDeclined(input.StatementId, code);
        return new(false, null, code);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Royalty of {StatementId} collected: {Amount}.")]
    private partial void LogCollected(string statementId, Money amount);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Royalty of {StatementId} not collected: {Code}.")]
    private partial void LogDeclined(string statementId, string code);
}
