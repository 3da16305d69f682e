using Refit;

namespace Ccn.Providers.Amazon;

/// <summary>Finances API 2024-06-19; one call in two seconds, burst 10. Events can come 48 hours late.</summary>
public interface IFinancesApi
{
    /// <summary>Lists transactions by time or by a related identifier. Leave the marketplace out for orders that US sellers ship themselves.</summary>
    [Get("/finances/2024-06-19/transactions")]
    Task<IApiResponse<TransactionAnswer>> ListTransactionsAsync(
        [Query] TransactionSearch search, [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);
}

/// <summary>A search for transactions; the next page takes the same search with <see cref="NextToken"/>.</summary>
public sealed record TransactionSearch
{
    /// <summary>Posted at or after this instant.</summary>
    public DateTimeOffset? PostedAfter { get; init; }

    /// <summary>Posted before this instant, two minutes back at least.</summary>
    public DateTimeOffset? PostedBefore { get; init; }

    /// <summary>One marketplace.</summary>
    public string? MarketplaceId { get; init; }

    /// <summary>DEFERRED, RELEASED or DEFERRED_RELEASED.</summary>
    public string? TransactionStatus { get; init; }

    /// <summary>ORDER_ID, SETTLEMENT_ID and others.</summary>
    public string? RelatedIdentifierName { get; init; }

    /// <summary>Value of that identifier.</summary>
    public string? RelatedIdentifierValue { get; init; }

    /// <summary>From the page before.</summary>
    public string? NextToken { get; init; }
}

/// <summary>Answer with a page of transactions.</summary>
public sealed record TransactionAnswer(TransactionPage Payload);

/// <summary>A page; the token is absent on the last one.</summary>
public sealed record TransactionPage(IReadOnlyList<Transaction>? Transactions = null, string? NextToken = null);

/// <summary>A financial event. Royalties follow RELEASED and DEFERRED_RELEASED, not the order's date.</summary>
/// <param name="TransactionId">Names the event, so that it is booked once. The model does not promise it: an event without one must be parked.</param>
public sealed record Transaction(
    string? TransactionId = null,
    string? TransactionType = null,
    string? TransactionStatus = null,
    string? Description = null,
    DateTimeOffset? PostedDate = null,
    FinanceMoney? TotalAmount = null,
    IReadOnlyList<RelatedIdentifier>? RelatedIdentifiers = null,
    FinanceMarketplace? MarketplaceDetails = null,
    IReadOnlyList<TransactionItem>? Items = null,
    IReadOnlyList<TransactionBreakdown>? Breakdowns = null);

/// <summary>An id this event belongs to.</summary>
public sealed record RelatedIdentifier(string? RelatedIdentifierName = null, string? RelatedIdentifierValue = null);

/// <summary>The marketplace.</summary>
public sealed record FinanceMarketplace(string? MarketplaceId = null, string? MarketplaceName = null);

/// <summary>One line of the event.</summary>
public sealed record TransactionItem(
    string? Description = null,
    FinanceMoney? TotalAmount = null,
    IReadOnlyList<ItemRelatedIdentifier>? RelatedIdentifiers = null,
    IReadOnlyList<TransactionBreakdown>? Breakdowns = null,
    IReadOnlyList<TransactionContext>? Contexts = null);

/// <summary>An id of a line.</summary>
public sealed record ItemRelatedIdentifier(string? ItemRelatedIdentifierName = null, string? ItemRelatedIdentifierValue = null);

/// <summary>What was sold: the product context of a line.</summary>
public sealed record TransactionContext(string? ContextType = null, string? Asin = null, string? Sku = null, int? QuantityShipped = null, string? FulfillmentNetwork = null);

/// <summary>
/// A part of an amount, divided further by <see cref="Breakdowns"/>, whose sum it is: add up one level only. Equal types and amounts
/// are not duplicates; all are kept in the order sent.
/// </summary>
public sealed record TransactionBreakdown(
    string? BreakdownType = null, FinanceMoney? BreakdownAmount = null, IReadOnlyList<TransactionBreakdown>? Breakdowns = null);
