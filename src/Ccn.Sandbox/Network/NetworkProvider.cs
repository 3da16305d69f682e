using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Network;

/// <summary>The vetted manufacturing network: supplier search, requests for quotation, orders. The contract is in this project's README.</summary>
internal sealed class NetworkProvider(SandboxOptions options) : Provider
{
    public override string Name => "network";

    public override void Map(ProviderRoutes routes)
    {
        routes.Get("/v1/suppliers", "searchSuppliers", Search);
        routes.Get("/v1/suppliers/{supplierId}", "getSupplier", call => NetworkSuppliers.Find(call.Route("supplierId")) is { } supplier ? Answer.Ok(supplier.ToJson()) : NotFound("supplier"));
        routes.Post("/v1/rfqs", "createRfq", CreateRfq);
        routes.Get("/v1/rfqs/{rfqId}", "getRfq", GetRfq);
        routes.Post("/v1/orders", "createOrder", CreateOrder);
        routes.Get("/v1/orders/{orderId}", "getOrder", call => call.State.Network.Orders.TryGetValue(call.Route("orderId"), out var order) ? Answer.Ok(Json(order)) : NotFound("order"));
        routes.Post("/v1/orders/{orderId}/cancel", "cancelOrder", CancelOrder);
        routes.Post("/v1/rfqs/{rfqId}/notices", "createRfqNotice", call => call.State.Network.Rfqs.Values.Any(r => r.RfqId == call.Route("rfqId")) ? Notice(call, call.Route("rfqId")) : NotFound("rfq"));
        routes.Post("/v1/orders/{orderId}/notices", "createOrderNotice", OrderNotice);
    }

    public override Answer ErrorFor(int status, Call call) => status switch
    {
        429 => Problem(429, "rate_limited", "Too many requests."),
        401 => Problem(401, "unauthorized", "A valid bearer key is required."),
        >= 500 => Problem(status, "unavailable", "The network is not available."),
        _ => Problem(status, "invalid_request", "The request is not valid."),
    };

    public override void Authorize(Call call)
    {
        if (call.Bearer != options.NetworkApiKey) { throw new Refusal(ErrorFor(401, call)); }
    }

    private static Answer Search(Call call)
    {
        var found = NetworkSuppliers.Search(call.Query("query"), call.Query("category"), call.Query("country"), call.Query("maxMoq")).Select(s => s.ToJson()).ToJsonArray();
        return Answer.Ok(new JsonObject { ["total"] = found.Count, ["suppliers"] = found });
    }

    private static Answer CreateRfq(Call call)
    {
        var body = call.Json();
        if (body.Text("rfqId") is not { Length: > 0 } rfqId) { return Invalid("rfqId"); }
        if (NetworkSuppliers.Find(body.Text("supplierId")) is not { } supplier) { return Invalid("supplierId"); }
        if (body.Int("quantity") is not { } quantity || quantity < 1) { return Invalid("quantity"); }
        if (!IsUrl(body.Text("replyUrl"))) { return Invalid("replyUrl"); }
        var key = rfqId + "/" + supplier.Id;
        if (call.State.Network.Rfqs.TryGetValue(key, out var known))
        {
            return known.Quantity == quantity && known.ReplyUrl == body.Text("replyUrl")
                ? Answer.Json(202, Json(known))
                : Problem(409, "rfq_conflict", "The supplier has this rfqId with other terms.");
        }

        var rfq = new NetworkRfq
        {
            RfqId = rfqId, SupplierId = supplier.Id, Spec = body.Object("spec")?.DeepClone() as JsonObject, Quantity = quantity, ReplyUrl = body.Text("replyUrl")!, CreatedAt = call.Now,
        };
        call.State.Network.Rfqs.Add(key, rfq);
        if (supplier.Persona != Persona.Silent)
        {
            call.Schedule(supplier.Persona == Persona.Late ? call.Now.AddDays(5) : supplier.NextBusinessMorning(call.Now), NetworkFlow.Quote, key);
        }

        return Answer.Json(202, Json(rfq));
    }

    private static Answer GetRfq(Call call)
    {
        var found = call.State.Network.Rfqs.Values.Where(r => r.RfqId == call.Route("rfqId")).Select(Json).ToList();
        return found.Count == 0 ? NotFound("rfq") : Answer.Ok(new JsonObject { ["rfqId"] = call.Route("rfqId"), ["invitations"] = found.ToJsonArray() });
    }

    private static Answer CreateOrder(Call call)
    {
        var body = call.Json();
        if (body.Text("orderId") is not { Length: > 0 } orderId) { return Invalid("orderId"); }
        if (NetworkSuppliers.Find(body.Text("supplierId")) is not { } supplier) { return Invalid("supplierId"); }
        if (body.Int("quantity") is not { } quantity || quantity < 1) { return Invalid("quantity"); }
        if (!IsUrl(body.Text("statusUrl"))) { return Invalid("statusUrl"); }
        if (call.State.Network.Orders.TryGetValue(orderId, out var known))
        {
            return known.SupplierId == supplier.Id && known.Quantity == quantity ? Answer.Json(202, Json(known)) : Problem(409, "order_conflict", "The orderId exists with other terms.");
        }

        if (quantity < supplier.Moq) { return Problem(422, "below_minimum", string.Create(CultureInfo.InvariantCulture, $"The supplier's minimum order is {supplier.Moq} units.")); }
        if (body.Text("quoteId") is { } quoteId && QuoteProblem(call, quoteId, supplier.Id) is { } problem) { return problem; }
        var order = new NetworkOrder
        {
            OrderId = orderId, NetworkOrderId = "NO-" + call.State.NextDigits(8), SupplierId = supplier.Id, QuoteId = body.Text("quoteId"), Quantity = quantity, StatusUrl = body.Text("statusUrl")!,
            LeadTimeDays = supplier.LeadTimeDays * (supplier.Persona == Persona.Late ? 3 : 2) / 2, CreatedAt = call.Now,
        };
        call.State.Network.Orders.Add(orderId, order);
        call.Log("network", "order.accepted", order.NetworkOrderId, orderId, MoneyText.Format(supplier.UnitPrice(quantity) * quantity, supplier.Currency), supplier.Currency, $"{quantity} units from {supplier.Id}");
        NetworkFlow.ScheduleNext(call, order);
        return Answer.Json(202, Json(order));
    }

    private static Answer? QuoteProblem(Call call, string quoteId, string supplierId)
    {
        var rfq = call.State.Network.Rfqs.Values.FirstOrDefault(r => r.Quote.Text("quoteId") == quoteId && r.SupplierId == supplierId);
        if (rfq is null) { return Invalid("quoteId"); }
        return Instants.Parse(rfq.Quote.Text("validUntil")) < call.Now ? Problem(409, "quote_expired", "The quote is no longer valid.") : null;
    }

    private static Answer CancelOrder(Call call)
    {
        if (!call.State.Network.Orders.TryGetValue(call.Route("orderId"), out var order)) { return NotFound("order"); }
        if (order.Status == "canceled") { return Answer.Ok(Json(order)); }
        if (order.Milestones.Exists(m => m.Name == "InProduction")) { return Problem(409, "in_production", "Production has begun; the order cannot be canceled."); }
        order.Status = "canceled";
        call.Log("network", "order.canceled", order.NetworkOrderId, order.OrderId);
        return Answer.Ok(Json(order));
    }

    /// <summary>What a supplier is told. A cancellation ends the order unless production has begun; a refused lot comes back for inspection after five days.</summary>
    private static Answer OrderNotice(Call call)
    {
        if (!call.State.Network.Orders.TryGetValue(call.Route("orderId"), out var order)) { return NotFound("order"); }
        var kind = call.Json().Text("kind") ?? "";
        if (call.State.Network.Notices.Contains(call.Json().Text("noticeId") ?? "")) { return Notice(call, order.OrderId); }
        if (kind == "canceled" && !order.Milestones.Exists(m => m.Name == "InProduction")) { order.Status = "canceled"; }
        if (kind.StartsWith("rework", StringComparison.Ordinal)) { call.Schedule(call.Now.AddDays(5), NetworkFlow.Rework, order.OrderId); }
        if (kind == "balance-paid") { call.Schedule(call.Now.AddDays(2), NetworkFlow.Ship, order.OrderId); }
        return Notice(call, order.OrderId);
    }

    private static Answer Notice(Call call, string about)
    {
        var body = call.Json();
        if (body.Text("noticeId") is not { Length: > 0 } noticeId) { return Invalid("noticeId"); }
        if (NetworkSuppliers.Find(body.Text("supplierId")) is not { } supplier) { return Invalid("supplierId"); }
        if (body.Text("kind") is not { Length: > 0 } kind) { return Invalid("kind"); }
        if (call.State.Network.Notices.Add(noticeId)) { call.Log("network", "notice." + kind, noticeId, about, detail: $"{supplier.Id} {body.Text("detail")}".TrimEnd()); }
        return Answer.Json(202, new JsonObject { ["noticeId"] = noticeId });
    }

    private static JsonObject Json(NetworkRfq rfq) => new JsonObject
    {
        ["rfqId"] = rfq.RfqId, ["supplierId"] = rfq.SupplierId, ["quantity"] = rfq.Quantity, ["status"] = rfq.Status, ["createdAt"] = rfq.CreatedAt.Iso(), ["quote"] = rfq.Quote?.DeepClone(),
    }.WithoutNulls();

    private static JsonObject Json(NetworkOrder order) => new JsonObject
    {
        ["orderId"] = order.OrderId, ["networkOrderId"] = order.NetworkOrderId, ["supplierId"] = order.SupplierId, ["quoteId"] = order.QuoteId, ["quantity"] = order.Quantity,
        ["status"] = order.Status, ["createdAt"] = order.CreatedAt.Iso(),
        ["milestones"] = order.Milestones.Select(m => new JsonObject { ["milestone"] = m.Name, ["at"] = m.At.Iso() }).ToJsonArray(),
    }.WithoutNulls();

    private static bool IsUrl(string? text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is ("http" or "https");

    private static Answer Invalid(string field) => Problem(400, "invalid_request", $"The field {field} is missing or invalid.");

    private static Answer NotFound(string what) => Problem(404, "not_found", $"There is no such {what}.");

    private static Answer Problem(int status, string code, string detail)
    {
        var problem = new JsonObject { ["type"] = "about:blank", ["title"] = code, ["status"] = status, ["detail"] = detail, ["code"] = code };
        return Answer.Json(status, problem) with { ContentType = "application/problem+json" };
    }
}
