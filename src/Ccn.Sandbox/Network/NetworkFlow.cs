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

    public const string Rework = "network.rework";

    /// <summary>The goods leave once they are accepted and paid, whatever the days that have passed.</summary>
    public const string Ship = "network.ship";

    /// <summary>Milestones in order, as days after the order; those after production count from its end.</summary>
    private static readonly (string Name, double Days, bool AfterProduction)[] Milestones =
    [
        ("DepositReceived", 2, false), ("SampleApproved", 8, false), ("InProduction", 9, false), (ReadyForInspection, 10, true),
    ];

    private const string ReadyForInspection = "ReadyForInspection";
    private const string Shipped = "Shipped";

    public IReadOnlyList<string> Kinds => [Quote, Milestone, Rework, Ship];

    public void Run(Moment moment, DueWork work)
    {
        if (work.Kind == Quote && moment.State.Network.Rfqs.TryGetValue(work.Key, out var rfq)) { Answer(moment, rfq); }
        else if (work.Kind == Milestone && moment.State.Network.Orders.TryGetValue(work.Key, out var order) && order.Status != "canceled") { Reach(moment, order); }
        else if (work.Kind == Rework && moment.State.Network.Orders.TryGetValue(work.Key, out var reworked) && reworked.Status != "canceled") { Report(moment, reworked, ReadyForInspection); }
        else if (work.Kind == Ship && moment.State.Network.Orders.TryGetValue(work.Key, out var paid) && paid.Status is not ("canceled" or Shipped)) { Report(moment, paid, Shipped); }
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
        var declined = rfq.Quantity < supplier.Moq;
        var message = Message(moment, declined ? "quote.declined" : "quote.received", "replyId");
        message["rfqId"] = rfq.RfqId;
        message["supplierId"] = rfq.SupplierId;
        if (declined)
        {
            rfq.Status = "declined";
            message["reason"] = string.Create(CultureInfo.InvariantCulture, $"The minimum order is {supplier.Moq} units.");
        }
        else
        {
            rfq.Status = "quoted";
            rfq.Quote = MakeQuote(moment, rfq, supplier);
            foreach (var (name, value) in rfq.Quote) { message[name] = value?.DeepClone(); }
            moment.Log("network", "quote.given", rfq.Quote.Text("quoteId")!, rfq.RfqId, MoneyText.Format(supplier.UnitPrice(rfq.Quantity), supplier.Currency), supplier.Currency, supplier.Id);
        }

        moment.Notify("network", rfq.ReplyUrl + (declined ? "/decline" : "/quote"), message.Text("type")!, rfq.RfqId + "/" + rfq.SupplierId, message);
    }

    /// <summary>Prices from the minimum order on, with a step at the quantity that was asked for.</summary>
    private static JsonObject MakeQuote(Moment moment, NetworkRfq rfq, NetworkSupplier supplier) => new()
    {
        ["quoteId"] = "Q-" + moment.State.NextUpper(10),
        ["prices"] = new[] { supplier.Moq, rfq.Quantity, supplier.Moq * 3, supplier.Moq * 10 }.Distinct().Order().Select(quantity => new JsonObject
        {
            ["fromQuantity"] = quantity, ["unitPrice"] = Money(supplier.UnitPrice(quantity), supplier.Currency),
        }).ToJsonArray(),
        ["minimumOrderQuantity"] = supplier.Moq,
        ["tooling"] = Money(supplier.PriceMax * 30, supplier.Currency),
        ["leadTimeDays"] = supplier.LeadTimeDays,
        ["incoterm"] = "FOB",
        ["validUntil"] = moment.Now.AddDays(15).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    private static JsonObject Money(decimal amount, string currency)
    {
        var minor = MoneyText.Round(amount, currency);
        for (var digit = 0; digit < MoneyText.Digits(currency); digit++) { minor *= 10; }
        return new JsonObject { ["minorUnits"] = (long)minor, ["currency"] = currency };
    }

    private static void Reach(Moment moment, NetworkOrder order)
    {
        Report(moment, order, Milestones[order.NextMilestone++].Name);
        ScheduleNext(moment, order);
    }

    private static void Report(Moment moment, NetworkOrder order, string name)
    {
        order.Status = name;
        order.Milestones.Add(new NetworkMilestone(name, moment.Now));
        var message = Message(moment, "order.milestone", "reportId");
        message["orderId"] = order.OrderId;
        message["networkOrderId"] = order.NetworkOrderId;
        message["supplierId"] = order.SupplierId;
        message["milestone"] = name;
        message["at"] = moment.Now.Iso();
        message["note"] = name == Shipped ? $"Maersk, MSKU{order.NetworkOrderId[3..]}" : null;
        moment.Notify("network", order.StatusUrl, name, order.OrderId, message);
    }

    /// <param name="idName">What the receiver calls the id by which it drops repeats.</param>
    private static JsonObject Message(Moment moment, string type, string idName) => new()
    {
        [idName] = "nev_" + moment.State.NextMixed(20), ["type"] = type, ["occurredAt"] = moment.Now.Iso(),
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
