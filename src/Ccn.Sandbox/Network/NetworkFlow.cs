using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Network;

/// <summary>What suppliers do on their own: answer requests, and report how an order gets on.</summary>
internal sealed class NetworkFlow : IDueHandler
{
    public const string Quote = "network.quote";
    private const string Milestone = "network.milestone";

    /// <summary>Milestones in order, as days after the order; those after production count from its end.</summary>
    private static readonly (string Name, double Days, bool AfterProduction)[] Milestones =
    [
        ("confirmed", 0.5, false), ("deposit_received", 2, false), ("sample_sent", 5, false), ("sample_approved", 8, false), ("in_production", 9, false),
        ("inspection_passed", 10, true), ("balance_received", 12, true), ("shipped", 14, true), ("delivered", 28, true),
    ];

    public IReadOnlyList<string> Kinds => [Quote, Milestone];

    public void Run(Moment moment, DueWork work)
    {
        if (work.Kind == Quote && moment.State.Network.Rfqs.TryGetValue(work.Key, out var rfq)) { Answer(moment, rfq); }
        else if (work.Kind == Milestone && moment.State.Network.Orders.TryGetValue(work.Key, out var order) && order.Status != "canceled") { Reach(moment, order); }
    }

    public static void ScheduleNext(Moment moment, NetworkOrder order)
    {
        if (order.NextMilestone >= Milestones.Length) { return; }
        var (_, days, afterProduction) = Milestones[order.NextMilestone];
        moment.Schedule(order.CreatedAt.AddDays(days + (afterProduction ? order.LeadTimeDays : 0)), Milestone, order.OrderId);
    }

    private static void Answer(Moment moment, NetworkRfq rfq)
    {
        var supplier = NetworkSuppliers.Find(rfq.SupplierId)!;
        var message = Message(moment, rfq.Quantity < supplier.Moq ? "quote.declined" : "quote.received");
        message["rfqId"] = rfq.RfqId;
        message["supplierId"] = rfq.SupplierId;
        if (rfq.Quantity < supplier.Moq)
        {
            rfq.Status = "declined";
            message["reason"] = string.Create(CultureInfo.InvariantCulture, $"The minimum order is {supplier.Moq} units.");
        }
        else
        {
            rfq.Status = "quoted";
            rfq.Quote = MakeQuote(moment, rfq, supplier);
            message["quote"] = rfq.Quote.DeepClone();
            moment.Log("network", "quote.given", rfq.Quote.Text("quoteId")!, rfq.RfqId, rfq.Quote.Text("unitPrice"), supplier.Currency, supplier.Id);
        }

        moment.Notify("network", rfq.ReplyUrl, message.Text("type")!, rfq.RfqId + "/" + rfq.SupplierId, message);
    }

    private static JsonObject MakeQuote(Moment moment, NetworkRfq rfq, NetworkSupplier supplier) => new()
    {
        ["quoteId"] = "Q-" + moment.State.NextUpper(10),
        ["quantity"] = rfq.Quantity,
        ["currency"] = supplier.Currency,
        ["unitPrice"] = MoneyText.Format(supplier.UnitPrice(rfq.Quantity), supplier.Currency),
        ["priceBreaks"] = new[] { supplier.Moq, supplier.Moq * 3, supplier.Moq * 10 }.Select(quantity => new JsonObject
        {
            ["minQuantity"] = quantity, ["unitPrice"] = MoneyText.Format(supplier.UnitPrice(quantity), supplier.Currency),
        }).ToJsonArray(),
        ["toolingFee"] = MoneyText.Format(supplier.PriceMax * 30, supplier.Currency),
        ["sampleFee"] = MoneyText.Format(supplier.PriceMax * 5, supplier.Currency),
        ["leadTimeDays"] = supplier.LeadTimeDays,
        ["incoterm"] = "FOB",
        ["validUntil"] = moment.Now.AddDays(15).Iso(),
    };

    private static void Reach(Moment moment, NetworkOrder order)
    {
        var name = Milestones[order.NextMilestone++].Name;
        order.Status = name;
        order.Milestones.Add(new NetworkMilestone(name, moment.Now));
        var message = Message(moment, "order.milestone");
        message["orderId"] = order.OrderId;
        message["networkOrderId"] = order.NetworkOrderId;
        message["supplierId"] = order.SupplierId;
        message["milestone"] = name;
        message["quantity"] = order.Quantity;
        if (name is "shipped" or "delivered")
        {
            message["carrier"] = "Maersk";
            message["trackingNumber"] = "MSKU" + order.NetworkOrderId[3..];
        }

        moment.Notify("network", order.StatusUrl, name, order.OrderId, message);
        ScheduleNext(moment, order);
    }

    private static JsonObject Message(Moment moment, string type) => new()
    {
        ["eventId"] = "nev_" + moment.State.NextMixed(20), ["type"] = type, ["occurredAt"] = moment.Now.Iso(),
    };
}

/// <summary>X-Network-Signature: time of the attempt and HMAC-SHA256 of "{time}.{raw body}" in hex.</summary>
internal sealed class NetworkSigner(SandboxOptions options) : IWebhookSigner
{
    public string Provider => "network";

    public TimeSpan Patience => TimeSpan.FromDays(3);

    public IEnumerable<KeyValuePair<string, string>> Sign(WebhookDelivery delivery, byte[] body, DateTimeOffset now, string baseUrl)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.ASCII.GetBytes(time + "."), .. body];
        yield return new("X-Network-Signature", $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.NetworkHmacSecret), signed))}");
    }
}
