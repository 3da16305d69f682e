using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.PayPal;

/// <summary>Batches and items on the wire.</summary>
internal static class PayoutJson
{
    public static JsonObject Header(SandboxState state, PayoutBatch batch)
    {
        var items = batch.ItemIds.Select(id => state.PayPal.Items[id]).ToList();
        var currency = items[0].Currency;
        return new JsonObject
        {
            ["payout_batch_id"] = batch.Id,
            ["batch_status"] = batch.Status,
            ["time_created"] = batch.CreatedAt.Iso(),
            ["time_completed"] = batch.CompletedAt?.Iso(),
            ["time_closed"] = batch.CompletedAt?.Iso(),
            ["sender_batch_header"] = SenderHeader(batch),
            ["funding_source"] = "BALANCE",
            ["amount"] = Money(items.Sum(i => i.Amount), currency),
            ["fees"] = Money(items.Sum(i => i.Fee), currency),
        }.WithoutNulls();
    }

    public static JsonObject SenderHeader(PayoutBatch batch) => new JsonObject
    {
        ["sender_batch_id"] = batch.SenderBatchId, ["email_subject"] = batch.EmailSubject, ["recipient_type"] = batch.RecipientType,
    }.WithoutNulls();

    public static JsonObject Item(Moment moment, PayoutItem item) => new JsonObject
    {
        ["payout_item_id"] = item.Id,
        ["transaction_id"] = item.TransactionId,
        ["transaction_status"] = item.Status,
        ["payout_item_fee"] = Money(item.Fee, item.Currency),
        ["payout_batch_id"] = item.BatchId,
        ["sender_batch_id"] = moment.State.PayPal.Batches[item.BatchId].SenderBatchId,
        ["payout_item"] = new JsonObject
        {
            ["recipient_type"] = item.RecipientType, ["amount"] = Money(item.Amount, item.Currency), ["note"] = item.Note, ["receiver"] = item.Receiver,
            ["sender_item_id"] = item.SenderItemId, ["recipient_wallet"] = item.Wallet ?? "PAYPAL", ["purpose"] = item.Purpose,
        }.WithoutNulls(),
        ["time_processed"] = item.ProcessedAt?.Iso(),
        ["errors"] = item.ErrorName is null
            ? null
            : new JsonObject { ["name"] = item.ErrorName, ["message"] = ErrorText(item.ErrorName), ["debug_id"] = item.Id.ToLowerInvariant(), ["information_link"] = "https://developer.paypal.com/docs/api/payments.payouts-batch/#errors" },
        ["links"] = new JsonArray(Link(moment, $"payouts-item/{item.Id}", "item"), Link(moment, $"payouts/{item.BatchId}", "batch")),
    }.WithoutNulls();

    public static JsonArray SelfLink(Moment moment, string path) => new(Link(moment, path, "self"));

    public static JsonObject Link(Moment moment, string path, string relation) => new() { ["href"] = $"{moment.BaseUrl}/paypal/v1/payments/{path}", ["rel"] = relation, ["method"] = "GET" };

    private static JsonObject Money(decimal amount, string currency) => new() { ["currency"] = currency, ["value"] = MoneyText.Format(amount, currency) };

    private static string ErrorText(string name) => name switch
    {
        "RECEIVER_UNREGISTERED" => "Receiver is unregistered",
        "RECEIVER_ACCOUNT_LOCKED" => "Receiver's account is locked or inactive",
        _ => "The payout item was not paid",
    };
}
