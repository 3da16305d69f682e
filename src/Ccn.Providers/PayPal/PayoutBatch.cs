using System.Text.Json.Serialization;

namespace Ccn.Providers.PayPal;

/// <summary>Body of <c>POST /v1/payments/payouts</c>.</summary>
public sealed record CreatePayoutBatch(SenderBatchHeader SenderBatchHeader, IReadOnlyList<CreatePayoutItem> Items);

/// <summary>What holds for the whole batch.</summary>
/// <param name="SenderBatchId">Our id, at most 256 characters, never used twice within 30 days.</param>
public sealed record SenderBatchHeader(string SenderBatchId, string? EmailSubject = null, string? EmailMessage = null, string? RecipientType = null);

/// <summary>One payment.</summary>
/// <param name="RecipientType">EMAIL, PHONE, PAYPAL_ID or USER_HANDLE.</param>
/// <param name="Receiver">Address of that type.</param>
/// <param name="SenderItemId">Our id, at most 63 characters.</param>
public sealed record CreatePayoutItem(
    string RecipientType, PayPalAmount Amount, string Receiver, string SenderItemId, string? Note = null, string? Purpose = null);

/// <summary>A batch. Only <see cref="BatchHeader"/> is present in the answer to its creation.</summary>
public sealed record PayoutBatch(
    PayoutBatchHeader BatchHeader, IReadOnlyList<PayoutItem>? Items = null, int? TotalItems = null, int? TotalPages = null, IReadOnlyList<PayPalLink>? Links = null);

/// <summary>State of a batch: PENDING, PROCESSING, SUCCESS, DENIED or CANCELED. <see cref="TimeClosed"/> marks the end of all work on it.</summary>
public sealed record PayoutBatchHeader(
    string PayoutBatchId,
    string BatchStatus,
    SenderBatchHeader? SenderBatchHeader = null,
    DateTimeOffset? TimeCreated = null,
    DateTimeOffset? TimeCompleted = null,
    DateTimeOffset? TimeClosed = null,
    PayPalAmount? Amount = null,
    PayPalAmount? Fees = null);

/// <summary>One payment as PayPal sees it.</summary>
/// <param name="Request">What was asked for. Compare its amount with what was sent before the payout counts as sent.</param>
/// <param name="TransactionStatus">SUCCESS, FAILED, PENDING, UNCLAIMED, RETURNED, ONHOLD, BLOCKED, REFUNDED or REVERSED.</param>
/// <param name="Errors">Why it failed, when it did.</param>
public sealed record PayoutItem(
    string PayoutItemId,
    string PayoutBatchId,
    [property: JsonPropertyName("payout_item")] PayoutItemDetail Request,
    string? TransactionStatus = null,
    string? TransactionId = null,
    PayPalAmount? PayoutItemFee = null,
    CurrencyConversion? CurrencyConversion = null,
    DateTimeOffset? TimeProcessed = null,
    PayPalError? Errors = null);

/// <summary>The request inside an item.</summary>
public sealed record PayoutItemDetail(
    PayPalAmount Amount, string Receiver, string? RecipientType = null, string? SenderItemId = null, string? Note = null);

/// <summary>Conversion made by PayPal; the rate is a decimal string.</summary>
public sealed record CurrencyConversion(PayPalAmount? FromAmount = null, PayPalAmount? ToAmount = null, string? ExchangeRate = null);

/// <summary>PayPal's error object, as answer to a refused call and inside a failed item.</summary>
public sealed record PayPalError(
    string? Name = null, string? Message = null, string? DebugId = null, IReadOnlyList<PayPalErrorDetail>? Details = null, IReadOnlyList<PayPalLink>? Links = null);

/// <summary>One complaint.</summary>
public sealed record PayPalErrorDetail(string? Field = null, string? Value = null, string? Issue = null, string? Description = null);

/// <summary>A link to a related resource, such as the original of a duplicate batch.</summary>
public sealed record PayPalLink(string? Href = null, string? Rel = null, string? Method = null);
