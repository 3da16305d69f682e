using System.Text.Json.Nodes;

namespace Ccn.Sandbox.Network;

/// <summary>Requests for quotation and orders in the manufacturing network.</summary>
internal sealed class NetworkState
{
    /// <summary>By rfqId and supplierId.</summary>
    public Dictionary<string, NetworkRfq> Rfqs { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, NetworkOrder> Orders { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Ids of the messages that suppliers were given.</summary>
    public HashSet<string> Notices { get; set; } = new(StringComparer.Ordinal);
}

internal sealed class NetworkRfq
{
    public required string RfqId { get; init; }

    public required string SupplierId { get; init; }

    public JsonObject? Spec { get; init; }

    public required int Quantity { get; init; }

    public required string ReplyUrl { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>open, quoted or declined.</summary>
    public string Status { get; set; } = "open";

    public JsonObject? Quote { get; set; }
}

internal sealed class NetworkOrder
{
    public required string OrderId { get; init; }

    public required string NetworkOrderId { get; init; }

    public required string SupplierId { get; init; }

    public string? QuoteId { get; init; }

    public required int Quantity { get; init; }

    public required string StatusUrl { get; init; }

    public int LeadTimeDays { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>accepted, the last milestone, or canceled.</summary>
    public string Status { get; set; } = "accepted";

    public int NextMilestone { get; set; }

    public List<NetworkMilestone> Milestones { get; init; } = [];
}

internal sealed record NetworkMilestone(string Name, DateTimeOffset At);
