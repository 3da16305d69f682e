using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Amazon;
using Ccn.Sandbox.Core;
using Ccn.Sandbox.DocuSign;

namespace Ccn.Sandbox.Control;

/// <summary>The hand of the tester or of the demo: faults, buyers, signers, and what the providers saw. No provider has these routes.</summary>
internal sealed class ControlProvider : Provider
{
    public override string Name => "_control";

    public override void Map(ProviderRoutes routes)
    {
        routes.Post("/faults", "faults", AddFault);
        routes.Get("/faults", "faults", call => Answer.Ok(call.State.Faults.Select(Json).ToJsonArray()));
        routes.Delete("/faults", "faults", call => Remove(call, _ => true));
        routes.Delete("/faults/{id}", "faults", call => Remove(call, f => f.Id == call.Route("id")));
        routes.Get("/log", "log", Log);
        routes.Get("/webhooks", "webhooks", Webhooks);
        routes.Post("/webhooks/{id}/redeliver", "webhooks", Redeliver);
        routes.Post("/amazon/sales", "sales", AmazonControl.Sell);
        routes.Post("/amazon/refunds", "refunds", AmazonControl.Refund);
        routes.Post("/amazon/issues", "issues", AmazonControl.AddIssue);
        routes.Post("/amazon/fba", "fba", AmazonControl.ReceiveAtFulfilmentCentre);
        routes.Post("/amazon/revoke", "revoke", AmazonControl.Revoke);
        routes.Post("/docusign/envelopes/{envelopeId}/sign", "sign", Sign);
    }

    public override Answer ErrorFor(int status, Call call) => Bad("The request is not valid.", status);

    public override void Authorize(Call call)
    {
        // The control API is for the machine the sandbox runs on; it has no secrets to guard.
    }

    public static Answer Bad(string message, int status = 400) => Answer.Json(status, new JsonObject { ["error"] = message });

    private static Answer AddFault(Call call)
    {
        var body = call.Json();
        if (body.Text("provider") is not { Length: > 0 } provider) { return Bad("provider is missing."); }
        if (body.Text("kind") is not { } kind || !Fault.Kinds.Contains(kind)) { return Bad("kind must be one of: " + string.Join(", ", Fault.Kinds)); }
        var count = body.Int("count");
        var fault = new Fault
        {
            Id = "flt_" + call.State.NextMixed(12), Provider = provider, Operation = body.Text("operation"), Kind = kind, Left = count switch { null => 1, 0 => null, _ => count },
            Status = body.Int("status"), DelaySeconds = Seconds(body.Text("delay")), RetryAfter = body.Text("retryAfter"), Code = body.Text("code"),
        };
        call.State.Faults.Add(fault);
        return Answer.Json(201, Json(fault));
    }

    /// <summary>A delay is a number of seconds or a time span like 00:01:30.</summary>
    private static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span.TotalSeconds
        : null;

    private static Answer Remove(Call call, Predicate<Fault> which) => Answer.Ok(new JsonObject { ["removed"] = call.State.Faults.RemoveAll(which) });

    private static Answer Log(Call call)
    {
        var after = long.TryParse(call.Query("after"), NumberStyles.None, CultureInfo.InvariantCulture, out var a) ? a : 0;
        var entries = call.State.Log.Where(e => e.Number > after && (call.Query("provider") is not { } p || e.Provider == p) && (call.Query("kind") is not { } k || e.Kind == k));
        return Answer.Ok(new JsonArray([.. entries.Select(e => JsonSerializer.SerializeToNode(e, JsonSerializerOptions.Web))]));
    }

    private static Answer Webhooks(Call call) => Answer.Ok(call.State.Webhooks.Values.OrderBy(w => w.CreatedAt).Select(w => new JsonObject
    {
        ["id"] = w.Id, ["provider"] = w.Provider, ["event"] = w.EventName, ["url"] = w.Url, ["attempts"] = w.Attempts, ["lastStatus"] = w.LastStatus, ["createdAt"] = w.CreatedAt.Iso(),
        ["deliveredAt"] = w.DeliveredAt?.Iso(), ["givenUpAt"] = w.GivenUpAt?.Iso(),
    }).ToJsonArray());

    private static Answer Redeliver(Call call)
    {
        if (!call.State.Webhooks.TryGetValue(call.Route("id"), out var delivery)) { return Bad("There is no such webhook.", 404); }
        call.Schedule(call.Now, WebhookDelivery.DueKind, delivery.Id);
        return Answer.Empty(202);
    }

    /// <summary>Signs or declines as the person would in the browser; the next in routing order when no e-mail is given.</summary>
    private static Answer Sign(Call call)
    {
        if (!call.State.DocuSign.Envelopes.TryGetValue(call.Route("envelopeId"), out var envelope)) { return Bad("There is no such envelope.", 404); }
        var body = call.Json();
        var signer = envelope.Signers.Find(s => s.Status is "sent" or "delivered" && (body.Text("email") is not { } email || s.Email == email));
        if (signer is null || envelope.Status is not ("sent" or "delivered")) { return Bad("Nobody has to sign this now.", 409); }
        if (body.Text("decline") == "true") { EnvelopeFlow.Decline(call, envelope, signer, body.Text("reason") ?? "No reason given"); }
        else { EnvelopeFlow.Sign(call, envelope, signer); }
        return Answer.Ok(new JsonObject { ["envelopeId"] = envelope.Id, ["status"] = envelope.Status, ["signer"] = signer.Email });
    }

    private static JsonObject Json(Fault fault) => new JsonObject
    {
        ["id"] = fault.Id, ["provider"] = fault.Provider, ["operation"] = fault.Operation, ["kind"] = fault.Kind, ["count"] = fault.Left, ["status"] = fault.Status,
        ["delay"] = fault.DelaySeconds, ["retryAfter"] = fault.RetryAfter, ["code"] = fault.Code,
    }.WithoutNulls();
}
