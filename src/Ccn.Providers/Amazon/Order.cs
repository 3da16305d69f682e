using Ccn.Domain;
using Refit;

namespace Ccn.Providers.Amazon;

/// <summary>A search. Exactly one of <see cref="CreatedAfter"/> and <see cref="LastUpdatedAfter"/>; the "before" instants lie two minutes back at least.</summary>
public sealed record OrderSearch
{
    /// <summary>Orders created at or after this instant.</summary>
    public DateTimeOffset? CreatedAfter { get; init; }

    /// <summary>Orders created before this instant.</summary>
    public DateTimeOffset? CreatedBefore { get; init; }

    /// <summary>Orders changed at or after this instant.</summary>
    public DateTimeOffset? LastUpdatedAfter { get; init; }

    /// <summary>Orders changed before this instant.</summary>
    public DateTimeOffset? LastUpdatedBefore { get; init; }

    /// <summary>At most 50 marketplace ids.</summary>
    [Query(CollectionFormat.Csv)]
    public string[]? MarketplaceIds { get; init; }

    /// <summary>States of fulfillment to include; all when null.</summary>
    [Query(CollectionFormat.Csv)]
    public string[]? FulfillmentStatuses { get; init; }

    /// <summary>1 to 100.</summary>
    public int? MaxResultsPerPage { get; init; }

    /// <summary>From the page before.</summary>
    public string? PaginationToken { get; init; }

    /// <summary>See <see cref="OrderData"/>.</summary>
    [Query(CollectionFormat.Csv)]
    public string[]? IncludedData { get; init; }
}

/// <summary>Data sets of an order.</summary>
public static class OrderData
{
    /// <summary>Amounts of the order and its items.</summary>
    public const string Proceeds = "PROCEEDS";

    /// <summary>Promotion ids.</summary>
    public const string Promotion = "PROMOTION";

    /// <summary>Requested and executed cancellations.</summary>
    public const string Cancellation = "CANCELLATION";

    /// <summary>State of fulfillment.</summary>
    public const string Fulfillment = "FULFILLMENT";

    /// <summary>Parcels.</summary>
    public const string Packages = "PACKAGES";

    /// <summary>Where the order goes; needs a role.</summary>
    public const string Recipient = "RECIPIENT";
}

/// <summary>A page of orders.</summary>
public sealed record OrderPage(
    IReadOnlyList<Order> Orders, OrderPagination? Pagination = null, DateTimeOffset? LastUpdatedBefore = null, DateTimeOffset? CreatedBefore = null);

/// <summary>Where the next page is; absent on the last one.</summary>
public sealed record OrderPagination(string? NextToken = null);

/// <summary>Answer to the reading of one order.</summary>
public sealed record OrderAnswer(Order Order);

/// <summary>An order. Identify a version of it by id and <see cref="LastUpdatedTime"/>.</summary>
public sealed record Order(
    string OrderId,
    DateTimeOffset CreatedTime,
    DateTimeOffset LastUpdatedTime,
    SalesChannel SalesChannel,
    IReadOnlyList<OrderItem> OrderItems,
    OrderFulfillment? Fulfillment = null,
    OrderProceeds? Proceeds = null,
    OrderRecipient? Recipient = null,
    IReadOnlyList<OrderPackage>? Packages = null);

/// <summary>Where the order was placed.</summary>
public sealed record SalesChannel(string ChannelName, string? MarketplaceId = null, string? MarketplaceName = null);

/// <summary>PENDING_AVAILABILITY, PENDING, UNSHIPPED, PARTIALLY_SHIPPED, SHIPPED, CANCELLED or UNFULFILLABLE; fulfilled by MERCHANT or AMAZON.</summary>
public sealed record OrderFulfillment(string FulfillmentStatus, string? FulfilledBy = null);

/// <summary>Amounts of the whole order.</summary>
public sealed record OrderProceeds(AmazonMoney? GrandTotal = null, IReadOnlyList<ProceedsBreakdown>? Breakdowns = null);

/// <summary>One kind of amount: ITEM, SHIPPING, GIFT_WRAP, TAX, DISCOUNT and others.</summary>
public sealed record ProceedsBreakdown(string Type, AmazonMoney Subtotal, IReadOnlyList<ProceedsDetail>? DetailedBreakdowns = null);

/// <summary>Part of a breakdown.</summary>
public sealed record ProceedsDetail(string? Subtype = null, AmazonMoney? Value = null);

/// <summary>One line of an order.</summary>
public sealed record OrderItem(
    string OrderItemId,
    int QuantityOrdered,
    OrderedProduct Product,
    OrderItemProceeds? Proceeds = null,
    OrderItemPromotion? Promotion = null,
    OrderItemCancellation? Cancellation = null,
    OrderItemFulfillment? Fulfillment = null)
{
    /// <summary>
    /// Price of the line for all its units together; never multiply it by the quantity. Null while Amazon has not said, as for PENDING
    /// orders: unknown is not zero. With European marketplaces it may hold VAT.
    /// </summary>
    public Money? ItemTotal()
    {
        var parts = Proceeds?.Breakdowns?.Where(b => b.Type == "ITEM").Select(b => b.Subtotal.ToMoney()).ToList() ?? [];
        return parts.Count == 0 ? null : Money.Sum(parts, parts[0].Currency);
    }
}

/// <summary>What was ordered.</summary>
public sealed record OrderedProduct(string? Asin = null, string? Title = null, string? SellerSku = null, OrderedPrice? Price = null);

/// <summary>Price of a single unit.</summary>
public sealed record OrderedPrice(AmazonMoney? UnitPrice = null, string? PriceDesignation = null);

/// <summary>Amounts of a line.</summary>
public sealed record OrderItemProceeds(AmazonMoney? ProceedsTotal = null, IReadOnlyList<ProceedsBreakdown>? Breakdowns = null);

/// <summary>Promotions of a line.</summary>
public sealed record OrderItemPromotion(IReadOnlyList<PromotionId>? Breakdowns = null);

/// <summary>One promotion; ids may repeat and do not identify it.</summary>
public sealed record PromotionId([property: System.Text.Json.Serialization.JsonPropertyName("promotionId")] string? Id = null);

/// <summary>A cancellation that the buyer asked for, and one that happened.</summary>
public sealed record OrderItemCancellation(CancellationRequest? CancellationRequest = null, CancellationExecution? CancellationExecution = null);

/// <summary>Asked for.</summary>
public sealed record CancellationRequest(string? Requester = null, string? CancelReason = null);

/// <summary>Done.</summary>
public sealed record CancellationExecution(string? CancelledBy = null, string? CancelReason = null);

/// <summary>Units shipped and not yet shipped.</summary>
public sealed record OrderItemFulfillment(int? QuantityFulfilled = null, int? QuantityUnfulfilled = null);

/// <summary>Where the order goes; absent without the role.</summary>
public sealed record OrderRecipient(OrderAddress? DeliveryAddress = null);

/// <summary>An address.</summary>
public sealed record OrderAddress(string? Name = null, string? City = null, string? StateOrRegion = null, string? PostalCode = null, string? CountryCode = null);

/// <summary>A parcel.</summary>
public sealed record OrderPackage(
    string PackageReferenceId, OrderPackageStatus? PackageStatus = null, string? Carrier = null, string? TrackingNumber = null, DateTimeOffset? ShipTime = null);

/// <summary>State of a parcel.</summary>
public sealed record OrderPackageStatus(string Status, string? DetailedStatus = null);
