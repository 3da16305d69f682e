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
    private readonly PaymentMethodService methods = new(stripe);

    /// <summary>One charge per key. A decline is an answer: the next attempt comes with another key.</summary>
    public async Task<CollectionResult> CollectAsync(CollectInput input, CancellationToken cancel)
    {
        var account = await db.SellerAccounts.SingleOrDefaultAsync(a => a.SellerId == input.SellerId, cancel) ?? throw ActivityFailures.Conflict($"{input.SellerId} has no seller account.");
        if (account.StripePaymentMethodId is null) { return Declined(input, "no_payment_method"); }

        PaymentIntent intent;
        try
        {
            var (customer, method) = await CardOnFileAsync(account, cancel);
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

    /// <summary>A card can be charged without its owner only as that of a customer. Made at the first charge; the attached card may have an id of its own.</summary>
    private async Task<(string Customer, string Method)> CardOnFileAsync(SellerAccount account, CancellationToken cancel)
    {
        if (account.StripeCustomerId is { } known) { return (known, account.StripePaymentMethodId!); }

        var customer = await customers.CreateAsync(new() { Metadata = new() { ["sellerAccountId"] = account.Id } }, new() { IdempotencyKey = $"{account.Id}:customer" }, cancel);
        var card = await methods.AttachAsync(account.StripePaymentMethodId, new() { Customer = customer.Id }, new() { IdempotencyKey = $"{account.Id}:attach:{account.StripePaymentMethodId}" }, cancel);
        (account.StripeCustomerId, account.StripePaymentMethodId) = (customer.Id, card.Id);
        await db.SaveChangesAsync(cancel);
        return (customer.Id, card.Id);
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
