namespace Ccn.Sandbox.PayPal;

/// <summary>Payout batches, webhook registrations and tokens.</summary>
internal sealed class PayPalState
{
    public Dictionary<string, DateTimeOffset> Tokens { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, PayoutBatch> Batches { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Batch of a sender_batch_id, which may not be used again for 30 days.</summary>
    public Dictionary<string, string> SenderBatches { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, PayoutItem> Items { get; set; } = new(StringComparer.Ordinal);

    public List<PayPalWebhook> Webhooks { get; set; } = [];

    /// <summary>Answer of a PayPal-Request-Id, repeated for 30 days.</summary>
    public Dictionary<string, string> RequestIds { get; set; } = new(StringComparer.Ordinal);
}

internal sealed record PayPalWebhook(string Id, string Url, List<string> EventTypes);

internal sealed class PayoutBatch
{
    public required string Id { get; init; }

    public required string SenderBatchId { get; init; }

    public string? EmailSubject { get; init; }

    public string? RecipientType { get; init; }

    /// <summary>PENDING, PROCESSING, SUCCESS, DENIED. SUCCESS only says that every item was looked at.</summary>
    public string Status { get; set; } = "PENDING";

    public List<string> ItemIds { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
}

internal sealed class PayoutItem
{
    public required string Id { get; init; }

    public required string BatchId { get; init; }

    public string? SenderItemId { get; init; }

    public required string RecipientType { get; init; }

    public required string Receiver { get; init; }

    public required decimal Amount { get; init; }

    public required string Currency { get; init; }

    public string? Note { get; init; }

    public string? Wallet { get; init; }

    public string? Purpose { get; init; }

    public string Status { get; set; } = "PENDING";

    public string? TransactionId { get; set; }

    public decimal Fee { get; set; }

    public DateTimeOffset? ProcessedAt { get; set; }

    public string? ErrorName { get; set; }
}
