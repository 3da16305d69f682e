using System.Text.Json;

namespace Ccn.Providers.Amazon;

/// <summary>Values of the <c>mode</c> parameter.</summary>
public static class ListingMode
{
    /// <summary>Validates, answers VALID or INVALID and writes nothing.</summary>
    public const string ValidationPreview = "VALIDATION_PREVIEW";
}

/// <summary>Body of a put.</summary>
/// <param name="Requirements">LISTING, LISTING_PRODUCT_ONLY or LISTING_OFFER_ONLY.</param>
/// <param name="Attributes">By name, each an array of selectors as the product type definition says.</param>
public sealed record PutListing(string ProductType, IReadOnlyDictionary<string, JsonElement> Attributes, string? Requirements = null);

/// <summary>Body of a patch.</summary>
public sealed record PatchListing(string ProductType, IReadOnlyList<ListingPatch> Patches);

/// <summary>One change.</summary>
/// <param name="Op">add, replace, merge or delete.</param>
/// <param name="Path"><c>/attributes/name</c>; only top-level attributes.</param>
/// <param name="Value">Array of selectors.</param>
public sealed record ListingPatch(string Op, string Path, IReadOnlyList<JsonElement>? Value = null);

/// <summary>Answer to a put, patch or delete. HTTP 200 also for INVALID.</summary>
/// <param name="Status">ACCEPTED, INVALID or VALID.</param>
public sealed record ListingSubmission(string Sku, string Status, string SubmissionId, IReadOnlyList<ListingIssue>? Issues = null);

/// <summary>A finding about a listing. Some come only after the submission was accepted.</summary>
/// <param name="Severity">ERROR, WARNING or INFO.</param>
public sealed record ListingIssue(
    string Code,
    string Message,
    string Severity,
    IReadOnlyList<string>? AttributeNames = null,
    IReadOnlyList<string>? Categories = null,
    ListingEnforcements? Enforcements = null);

/// <summary>What Amazon did because of an issue.</summary>
public sealed record ListingEnforcements(IReadOnlyList<ListingEnforcementAction>? Actions = null, ListingExemption? Exemption = null);

/// <summary>LISTING_SUPPRESSED, ATTRIBUTE_SUPPRESSED, CATALOG_ITEM_REMOVED or SEARCH_SUPPRESSED.</summary>
public sealed record ListingEnforcementAction(string Action);

/// <summary>EXEMPT, EXEMPT_UNTIL_EXPIRY_DATE or NOT_EXEMPT.</summary>
public sealed record ListingExemption(string Status, DateTimeOffset? ExpiryDate = null);

/// <summary>A listing as Amazon has it.</summary>
public sealed record ListingItem(
    string Sku,
    IReadOnlyList<ListingSummary>? Summaries = null,
    IReadOnlyDictionary<string, JsonElement>? Attributes = null,
    IReadOnlyList<ListingIssue>? Issues = null,
    IReadOnlyList<ListingOffer>? Offers = null,
    IReadOnlyList<ListingStock>? FulfillmentAvailability = null);

/// <summary>State in one marketplace. Published means that <see cref="Status"/> holds BUYABLE; the ASIN comes minutes to hours later.</summary>
public sealed record ListingSummary(
    string MarketplaceId,
    string ProductType,
    IReadOnlyList<string> Status,
    string? Asin = null,
    string? ItemName = null,
    DateTimeOffset? CreatedDate = null,
    DateTimeOffset? LastUpdatedDate = null);

/// <summary>An offer.</summary>
public sealed record ListingOffer(string MarketplaceId, string OfferType, AmazonMoney Price);

/// <summary>Stock in one channel: DEFAULT is the seller's own.</summary>
public sealed record ListingStock(string FulfillmentChannelCode, int? Quantity = null);
