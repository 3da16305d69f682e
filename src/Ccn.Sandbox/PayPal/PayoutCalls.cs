using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.PayPal;

/// <summary>Payouts v1: batches and items.</summary>
internal static class PayoutCalls
{
    private static readonly HashSet<string> RecipientTypes = new(StringComparer.Ordinal) { "EMAIL", "PAYPAL_ID", "USER_HANDLE" };
    private static readonly HashSet<string> NoDecimals = new(StringComparer.Ordinal) { "HUF", "JPY", "TWD" };

    public static Answer Create(Call call)
    {
        var state = call.State;
        var body = call.Json();
        var header = body.Object("sender_batch_header");
        var items = body.Objects("items").ToList();
        if (body is null || items.Count is 0 or > 15_000) { return Invalid(state, "items", items.Count.ToString(CultureInfo.InvariantCulture), "A batch has 1 to 15,000 items"); }
        if (call.Header("PayPal-Request-Id") is { } requestId && state.PayPal.RequestIds.TryGetValue(requestId, out var repeated)) { return Created(call, state.PayPal.Batches[repeated]); }

        var senderBatchId = header.Text("sender_batch_id") ?? state.NextUpper(13);
        if (senderBatchId.Length > 256) { return Invalid(state, "sender_batch_header.sender_batch_id", senderBatchId, "Value is too long"); }
        if (state.PayPal.SenderBatches.TryGetValue(senderBatchId, out var known) && state.PayPal.Batches[known].CreatedAt > call.Now.AddDays(-30)) { return Duplicate(call, senderBatchId, known); }

        var batch = new PayoutBatch
        {
            Id = state.NextUpper(13), SenderBatchId = senderBatchId, EmailSubject = header.Text("email_subject"), RecipientType = header.Text("recipient_type"), CreatedAt = call.Now,
        };
        var read = items.Select((item, i) => Read(call, batch, item, i)).ToList();
        state.PayPal.Batches.Add(batch.Id, batch);
        state.PayPal.SenderBatches[senderBatchId] = batch.Id;
        if (call.Header("PayPal-Request-Id") is { } key) { state.PayPal.RequestIds[key] = batch.Id; }
        foreach (var item in read)
        {
            state.PayPal.Items.Add(item.Id, item);
            batch.ItemIds.Add(item.Id);
            call.Log("paypal", "payout.item.accepted", item.Id, item.SenderItemId, MoneyText.Format(item.Amount, item.Currency), item.Currency, $"{senderBatchId} to {item.Receiver}");
        }

        call.Schedule(call.Now.AddSeconds(30), PayoutFlow.Begin, batch.Id);
        return Created(call, batch);
    }

    public static Answer Get(Call call)
    {
        if (!call.State.PayPal.Batches.TryGetValue(call.Route("id"), out var batch)) { return NotFound(call); }
        var size = int.TryParse(call.Query("page_size"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? Math.Clamp(s, 1, 1000) : 1000;
        var page = int.TryParse(call.Query("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var p) ? Math.Max(p, 1) : 1;
        var answer = new JsonObject
        {
            ["batch_header"] = PayoutJson.Header(call.State, batch),
            ["items"] = batch.ItemIds.Skip((page - 1) * size).Take(size).Select(id => PayoutJson.Item(call, call.State.PayPal.Items[id])).ToJsonArray(),
            ["links"] = PayoutJson.SelfLink(call, $"payouts/{batch.Id}"),
        };
        if (call.Query("total_required") == "true")
        {
            answer["total_items"] = batch.ItemIds.Count;
            answer["total_pages"] = (batch.ItemIds.Count + size - 1) / size;
        }

        return Answer.Ok(answer);
    }

    public static Answer GetItem(Call call) =>
        call.State.PayPal.Items.TryGetValue(call.Route("id"), out var item) ? Answer.Ok(PayoutJson.Item(call, item)) : NotFound(call);

    public static Answer Cancel(Call call)
    {
        if (!call.State.PayPal.Items.TryGetValue(call.Route("id"), out var item)) { return NotFound(call); }
        if (item.Status != "UNCLAIMED")
        {
            var name = item.Status == "RETURNED" ? "ITEM_ALREADY_CANCELLED" : "ITEM_INCORRECT_STATUS";
            return PayPalProvider.Error(call.State, 400, name, "Only a payout item in UNCLAIMED status can be cancelled.");
        }

        PayoutFlow.Return(call, item, "PAYMENT.PAYOUTS-ITEM.CANCELED");
        return Answer.Ok(PayoutJson.Item(call, item));
    }

    private static PayoutItem Read(Call call, PayoutBatch batch, JsonObject item, int index)
    {
        var field = string.Create(CultureInfo.InvariantCulture, $"items[{index}]");
        var type = item.Text("recipient_type") ?? batch.RecipientType ?? "EMAIL";
        var receiver = item.Text("receiver");
        var currency = item.Object("amount").Text("currency");
        var text = item.Object("amount").Text("value");
        if (!RecipientTypes.Contains(type)) { throw new Refusal(Invalid(call.State, field + ".recipient_type", type, "Invalid recipient_type")); }
        if (string.IsNullOrEmpty(receiver)) { throw new Refusal(Invalid(call.State, field + ".receiver", "", "Required field is missing")); }
        if (currency is not { Length: 3 }) { throw new Refusal(Invalid(call.State, field + ".amount.currency", currency ?? "", "Currency is invalid")); }
        if (MoneyText.Parse(text) is not { } amount || amount <= 0) { throw new Refusal(Invalid(call.State, field + ".amount.value", text ?? "", "Amount should be greater than zero")); }
        if (text!.IndexOf('.', StringComparison.Ordinal) is > 0 and var point && (NoDecimals.Contains(currency) || text.Length - point > 3))
        {
            throw new Refusal(Invalid(call.State, field + ".amount.value", text, NoDecimals.Contains(currency) ? "This currency does not support decimals" : "Too many decimals"));
        }

        if (item.Text("sender_item_id") is { Length: > 63 } longId) { throw new Refusal(Invalid(call.State, field + ".sender_item_id", longId, "Value is too long")); }
        return new PayoutItem
        {
            Id = call.State.NextUpper(13), BatchId = batch.Id, SenderItemId = item.Text("sender_item_id"), RecipientType = type, Receiver = receiver, Amount = amount, Currency = currency,
            Note = item.Text("note"), Wallet = item.Text("recipient_wallet"), Purpose = item.Text("purpose"),
        };
    }

    private static Answer Created(Call call, PayoutBatch batch) => Answer.Json(201, new JsonObject
    {
        ["batch_header"] = new JsonObject
        {
            ["payout_batch_id"] = batch.Id, ["batch_status"] = "PENDING", ["time_created"] = batch.CreatedAt.Iso(), ["sender_batch_header"] = PayoutJson.SenderHeader(batch),
        },
        ["links"] = PayoutJson.SelfLink(call, $"payouts/{batch.Id}"),
    });

    private static Answer Duplicate(Call call, string senderBatchId, string batchId)
    {
        var answer = PayPalProvider.Error(
            call.State, 400, "USER_BUSINESS_ERROR", "User business error.",
            ("SENDER_BATCH_ID", senderBatchId, "Batch with given sender_batch_id already exists"));
        var body = JsonNode.Parse(answer.Body)!.AsObject();
        body["links"] = new JsonArray(PayoutJson.Link(call, $"payouts/{batchId}", "self"));
        return answer with { Body = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString()) };
    }

    private static Answer Invalid(SandboxState state, string field, string value, string issue) =>
        PayPalProvider.Error(state, 400, "VALIDATION_ERROR", "Invalid request - see details.", (field, value, issue));

    private static Answer NotFound(Call call) => PayPalProvider.Error(call.State, 404, "INVALID_RESOURCE_ID", "Requested resource ID was not found.");
}
