using System.Text.Json.Nodes;

namespace Ccn.Sandbox.Amazon;

/// <summary>Listings, orders and money of every seller.</summary>
internal sealed class AmazonState
{
    public Dictionary<string, SellerToken> AccessTokens { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Sellers of the refresh tokens that the consent page handed out.</summary>
    public Dictionary<string, string> RefreshTokens { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, SellerToken> ConsentCodes { get; set; } = new(StringComparer.Ordinal);

    /// <summary>Sellers who took their consent back.</summary>
    public HashSet<string> Revoked { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, Listing> Listings { get; set; } = new(StringComparer.Ordinal);

    public Dictionary<string, Order> Orders { get; set; } = new(StringComparer.Ordinal);

    public List<Transaction> Transactions { get; set; } = [];

    /// <summary>Sales asked for at a later instant.</summary>
    public Dictionary<string, PlannedSale> PlannedSales { get; set; } = new(StringComparer.Ordinal);

    public static string Key(string sellerId, string sku) => sellerId + "/" + sku;
}

internal sealed record SellerToken(string SellerId, DateTimeOffset ExpiresAt);

internal sealed class Listing
{
    public required string SellerId { get; init; }

    public required string Sku { get; init; }

    public required string MarketplaceId { get; init; }

    public required string ProductType { get; set; }

    public JsonObject Attributes { get; set; } = [];

    public string? Asin { get; set; }

    /// <summary>Whether Amazon has worked through the submission and found nothing to refuse.</summary>
    public bool Published { get; set; }

    public List<ListingIssue> Issues { get; set; } = [];

    /// <summary>Issue codes asked for at the control endpoint, found at the next publication.</summary>
    public List<string> IssuesToCome { get; set; } = [];

    /// <summary>Units on sale: the seller's own stock, or what lies in the fulfilment centre.</summary>
    public int Stock { get; set; }

    /// <summary>False while the seller never stated a quantity: then stock is not counted.</summary>
    public bool StockStated { get; set; }

    public bool FulfilledByAmazon { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed record ListingIssue(string Code, string Message, string Severity, string[] AttributeNames, string[] Categories, string[] Actions);

internal sealed class Order
{
    public required string Id { get; init; }

    public required string SellerId { get; init; }

    public required string MarketplaceId { get; init; }

    public required string ItemId { get; init; }

    public required string Sku { get; init; }

    public string? Asin { get; init; }

    public string? Title { get; init; }

    public required int Quantity { get; init; }

    /// <summary>Price of one unit, without tax and shipping.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>What the buyer pays for shipping, for the whole order.</summary>
    public required decimal Shipping { get; init; }

    /// <summary>Sales tax on items and shipping, which Amazon collects and remits.</summary>
    public required decimal Tax { get; init; }

    public required string Currency { get; init; }

    public bool FulfilledByAmazon { get; init; }

    /// <summary>UNSHIPPED, SHIPPED or CANCELLED.</summary>
    public string Status { get; set; } = "UNSHIPPED";

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? ShippedAt { get; set; }

    public DateTimeOffset? DeliveredAt { get; set; }

    public DateTimeOffset? ReleasedAt { get; set; }

    /// <summary>Positions of the order's lines in the list of transactions.</summary>
    public List<int> Lines { get; init; } = [];

    public int RefundedQuantity { get; set; }

    /// <summary>Item money given back so far, without tax.</summary>
    public decimal RefundedAmount { get; set; }

    public decimal ItemTotal => UnitPrice * Quantity;
}

/// <summary>One line of the Finances API. Positive amounts are the seller's, negative ones Amazon's or the buyer's.</summary>
internal sealed class Transaction
{
    public required string Id { get; init; }

    /// <summary>Shipment or Refund.</summary>
    public required string Type { get; init; }

    /// <summary>DEFERRED until delivery plus seven days, then DEFERRED_RELEASED; RELEASED when it never had to wait, or is the release itself.</summary>
    public required string Status { get; set; }

    public required string OrderId { get; init; }

    public string? RefundId { get; init; }

    public required DateTimeOffset PostedAt { get; init; }

    public DateTimeOffset? MaturesAt { get; set; }

    public string? DeferredId { get; init; }

    public string? ReleaseId { get; set; }

    public required int Quantity { get; init; }

    public required decimal Principal { get; init; }

    public required decimal Shipping { get; init; }

    public required decimal Tax { get; init; }

    public required decimal ReferralFee { get; init; }

    public required decimal FulfilmentFee { get; init; }

    /// <summary>What the seller gets: tax is collected and remitted by Amazon, so it cancels out.</summary>
    public decimal Total => Principal + Shipping + ReferralFee + FulfilmentFee;
}

internal sealed record PlannedSale(string SellerId, string Sku, int Orders, int QuantityEach, decimal? UnitPrice, string? Currency, decimal? Shipping, decimal? Tax);
