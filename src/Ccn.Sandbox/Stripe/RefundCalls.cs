using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Stripe;

/// <summary>Refunds: never more in sum than was captured.</summary>
internal static class RefundCalls
{
    public static Answer Create(Call call)
    {
        var chargeId = call.Form.GetValueOrDefault("charge");
        if (call.Form.GetValueOrDefault("payment_intent") is { } intentId) { chargeId = StripeObjects.Find(call, intentId, "payment_intent", "payment_intent").Text("latest_charge"); }
        var charge = StripeObjects.Find(call, chargeId ?? throw StripeProvider.Missing("payment_intent"), "charge", "charge");
        var left = charge.Number("amount_captured") - charge.Number("amount_refunded");
        if (left <= 0) { return StripeProvider.Error(400, "invalid_request_error", $"Charge {chargeId} has already been refunded or was never captured.", "charge_already_refunded"); }
        var amount = call.Form.ContainsKey("amount") ? StripeObjects.Amount(call, "amount") : left;
        if (amount > left) { return StripeProvider.Error(400, "invalid_request_error", "Refund amount is greater than unrefunded amount on charge.", null, "amount"); }

        charge["amount_refunded"] = charge.Number("amount_refunded") + amount;
        charge["refunded"] = amount == left;
        var id = "re_" + call.State.NextMixed(24);
        var currency = charge.Text("currency")!;
        var refund = StripeObjects.Add(call, id, new JsonObject
        {
            ["id"] = id, ["object"] = "refund", ["amount"] = amount, ["balance_transaction"] = "txn_" + call.State.NextMixed(24), ["charge"] = chargeId, ["created"] = call.Now.ToUnixTimeSeconds(),
            ["currency"] = currency, ["customer"] = charge.Text("customer"), ["customer_account"] = null, ["destination_details"] = new JsonObject { ["card"] = new JsonObject { ["type"] = "refund" }, ["type"] = "card" },
            ["metadata"] = StripeObjects.Metadata(call), ["payment_intent"] = charge.Text("payment_intent"), ["payment_method"] = charge.Text("payment_method"), ["reason"] = call.Form.GetValueOrDefault("reason"),
            ["receipt_number"] = null, ["source_transfer_reversal"] = null, ["status"] = "succeeded", ["transfer_reversal"] = null,
        });
        call.Log("stripe", "payment.refunded", id, call.Header("Idempotency-Key"), StripeObjects.Major(amount, currency), currency.ToUpperInvariant(), charge.Text("payment_intent"));
        StripeObjects.Report(call, "refund.created", refund);
        StripeObjects.Report(call, "charge.refunded", charge);
        return Answer.Ok(refund.DeepClone());
    }
}
