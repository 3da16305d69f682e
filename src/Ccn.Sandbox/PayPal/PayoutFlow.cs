using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.PayPal;

/// <summary>
/// What becomes of a payout, decided by the receiver's address: <c>unclaimed</c> waits 30 days and returns, <c>returned</c> succeeds and
/// comes back five days later, <c>blocked</c> never leaves; all others succeed. Fee: 2 % up to 1.00.
/// </summary>
internal sealed class PayoutFlow(SandboxOptions options) : IDueHandler
{
    public const string Begin = "paypal.begin";
    private const string Finish = "paypal.finish";
    private const string Expire = "paypal.expire";
    private const string ComeBack = "paypal.comeback";

    public IReadOnlyList<string> Kinds => [Begin, Finish, Expire, ComeBack];

    public void Run(Moment moment, DueWork work)
    {
        var paypal = moment.State.PayPal;
        if (paypal.Batches.TryGetValue(work.Key, out var batch))
        {
            if (work.Kind == Begin) { Start(moment, batch); }
            else { Complete(moment, batch); }
        }
        else if (paypal.Items.TryGetValue(work.Key, out var item) && item.Status == (work.Kind == Expire ? "UNCLAIMED" : "SUCCESS"))
        {
            Return(moment, item, "PAYMENT.PAYOUTS-ITEM.RETURNED");
        }
    }

    public static void Return(Moment moment, PayoutItem item, string eventName)
    {
        item.Status = "RETURNED";
        item.ProcessedAt = moment.Now;
        moment.Log("paypal", "payout.item.returned", item.Id, item.SenderItemId, MoneyText.Format(item.Amount, item.Currency), item.Currency);
        Notify(moment, eventName, "payouts_item", item.BatchId, PayoutJson.Item(moment, item));
    }

    private void Start(Moment moment, PayoutBatch batch)
    {
        batch.Status = "PROCESSING";
        NotifyBatch(moment, batch, "PAYMENT.PAYOUTSBATCH.PROCESSING");
        moment.Schedule(batch.CreatedAt + options.PayPalProcessingDelay, Finish, batch.Id);
    }

    private static void Complete(Moment moment, PayoutBatch batch)
    {
        foreach (var item in batch.ItemIds.Select(id => moment.State.PayPal.Items[id])) { Settle(moment, item); }
        batch.Status = "SUCCESS";
        batch.CompletedAt = moment.Now;
        NotifyBatch(moment, batch, "PAYMENT.PAYOUTSBATCH.SUCCESS");
    }

    private static void Settle(Moment moment, PayoutItem item)
    {
        item.ProcessedAt = moment.Now;
        item.TransactionId = moment.State.NextUpper(17);
        item.Fee = MoneyText.Round(Math.Min(1.00m, item.Amount * 0.02m), item.Currency);
        bool Says(string word) => item.Receiver.Contains(word, StringComparison.OrdinalIgnoreCase);
        if (Says("unclaimed"))
        {
            (item.Status, item.ErrorName) = ("UNCLAIMED", "RECEIVER_UNREGISTERED");
            moment.Schedule(moment.Now.AddDays(30), Expire, item.Id);
        }
        else if (Says("blocked"))
        {
            (item.Status, item.ErrorName, item.Fee) = ("BLOCKED", "RECEIVER_ACCOUNT_LOCKED", 0m);
        }
        else
        {
            item.Status = "SUCCESS";
            moment.Log("paypal", "payout.item.paid", item.Id, item.SenderItemId, MoneyText.Format(item.Amount, item.Currency), item.Currency);
            if (Says("returned")) { moment.Schedule(moment.Now.AddDays(5), ComeBack, item.Id); }
        }

        var name = item.Status switch { "SUCCESS" => "SUCCEEDED", var other => other };
        Notify(moment, "PAYMENT.PAYOUTS-ITEM." + name, "payouts_item", item.BatchId, PayoutJson.Item(moment, item));
    }

    /// <summary>Events about a batch carry no items.</summary>
    private static void NotifyBatch(Moment moment, PayoutBatch batch, string eventName) =>
        Notify(moment, eventName, "payouts", batch.Id, new JsonObject { ["batch_header"] = PayoutJson.Header(moment.State, batch), ["links"] = PayoutJson.SelfLink(moment, $"payouts/{batch.Id}") });

    private static void Notify(Moment moment, string eventName, string resourceType, string batchId, JsonObject resource)
    {
        foreach (var webhook in moment.State.PayPal.Webhooks.Where(w => w.EventTypes.Contains(eventName, StringComparer.Ordinal) || w.EventTypes.Contains("*", StringComparer.Ordinal)))
        {
            moment.Notify("paypal", webhook.Url, eventName, batchId, new JsonObject
            {
                ["id"] = $"WH-{moment.State.NextUpper(17)}-{moment.State.NextUpper(17)}",
                ["event_version"] = "1.0",
                ["create_time"] = moment.Now.Iso(),
                ["resource_type"] = resourceType,
                ["event_type"] = eventName,
                ["summary"] = $"Payout event {eventName}",
                ["resource"] = resource.DeepClone(),
                ["links"] = new JsonArray(),
            });
        }
    }
}
