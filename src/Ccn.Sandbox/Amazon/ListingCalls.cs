using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>Listings Items 2021-08-01. A submission is checked at once for form, and for content only when Amazon gets to it.</summary>
internal static class ListingCalls
{
    /// <summary>Position of the SKU in /amazon/listings/2021-08-01/items/{sellerId}/{sku}.</summary>
    private const int SkuSegment = 5;

    public static Answer Put(Call call, SandboxOptions options)
    {
        var (seller, sku, marketplace) = Names(call);
        var body = call.Json();
        if (body.Text("productType") is not { Length: > 0 } productType || body.Object("attributes") is not { } attributes)
        {
            return AmazonProvider.Error(400, "InvalidInput", "Request is missing or has invalid parameters: productType, attributes.");
        }

        var issues = ListingRules.Check(attributes, body.Text("requirements") ?? "LISTING");
        if (call.Query("mode") == "VALIDATION_PREVIEW") { return Submission(call, sku, issues.Count == 0 ? "VALID" : "INVALID", issues, null); }
        if (issues.Count > 0) { return Submission(call, sku, "INVALID", issues, null); }

        var amazon = call.State.Amazon;
        if (!amazon.Listings.TryGetValue(AmazonState.Key(seller, sku), out var listing))
        {
            listing = new Listing { SellerId = seller, Sku = sku, MarketplaceId = marketplace, ProductType = productType, CreatedAt = call.Now };
            amazon.Listings.Add(AmazonState.Key(seller, sku), listing);
        }

        listing.ProductType = productType;
        listing.Attributes = attributes.DeepClone().AsObject();
        Accept(call, listing, options);
        call.Log("amazon", "listing.accepted", sku, seller, detail: ListingRules.Title(attributes));
        return Submission(call, sku, "ACCEPTED", [], listing);
    }

    public static Answer Patch(Call call, SandboxOptions options)
    {
        var (_, sku, _) = Names(call);
        var listing = Find(call);
        var attributes = listing.Attributes.DeepClone().AsObject();
        var patches = call.Json().Objects("patches").ToList();
        if (patches.Count == 0) { return AmazonProvider.Error(400, "InvalidInput", "Request is missing or has invalid parameters: patches."); }
        foreach (var patch in patches)
        {
            if (patch.Text("path") is not { } path || !path.StartsWith("/attributes/", StringComparison.Ordinal) || path[12..].Contains('/', StringComparison.Ordinal))
            {
                return AmazonProvider.Error(400, "InvalidInput", "Only top-level attributes can be patched: /attributes/{name}.");
            }

            var name = path[12..];
            switch (patch.Text("op"))
            {
                case "delete":
                    attributes.Remove(name);
                    break;
                case "add" or "replace" or "merge" when patch["value"] is JsonArray value:
                    attributes[name] = value.DeepClone();
                    break;
                default:
                    return AmazonProvider.Error(400, "InvalidInput", "A patch needs op add, replace, merge or delete, and an array as value.");
            }
        }

        var issues = ListingRules.Check(attributes, "LISTING_OFFER_ONLY");
        if (call.Query("mode") == "VALIDATION_PREVIEW") { return Submission(call, sku, issues.Count == 0 ? "VALID" : "INVALID", issues, null); }
        if (issues.Count > 0) { return Submission(call, sku, "INVALID", issues, null); }
        listing.Attributes = attributes;
        if (!listing.Published) { Accept(call, listing, options); }
        else if (patches.Exists(p => p.Text("path") == "/attributes/fulfillment_availability")) { ListingRules.ReadStock(listing); }   // a live offer changes at once
        listing.ChangedAt = call.Now;
        return Submission(call, sku, "ACCEPTED", [], listing);
    }

    public static Answer Delete(Call call)
    {
        var (seller, sku, _) = Names(call);
        var listing = Find(call);
        call.State.Amazon.Listings.Remove(AmazonState.Key(seller, sku));
        call.Log("amazon", "listing.deleted", sku, seller);
        return Submission(call, sku, "ACCEPTED", [], listing);
    }

    public static Answer Get(Call call)
    {
        var (_, sku, _) = Names(call);
        var listing = Find(call);
        var parts = (call.Query("includedData") ?? "summaries").Split(',');
        bool Wants(string part) => parts.Contains(part, StringComparer.Ordinal);
        return Answer.Ok(new JsonObject
        {
            ["sku"] = sku,
            ["summaries"] = Wants("summaries") ? new JsonArray(Summary(listing)) : null,
            ["attributes"] = Wants("attributes") ? listing.Attributes.DeepClone() : null,
            ["issues"] = Wants("issues") ? listing.Issues.Select(Issue).ToJsonArray() : null,
            ["offers"] = Wants("offers") ? Offers(listing) : null,
            ["fulfillmentAvailability"] = Wants("fulfillmentAvailability")
                ? new JsonArray(new JsonObject { ["fulfillmentChannelCode"] = listing.FulfilledByAmazon ? "AMAZON_NA" : "DEFAULT", ["quantity"] = listing.Stock })
                : null,
            ["productTypes"] = Wants("productTypes")
                ? new JsonArray(new JsonObject { ["marketplaceId"] = listing.MarketplaceId, ["productType"] = listing.ProductType })
                : null,
        }.WithoutNulls());
    }

    private static void Accept(Call call, Listing listing, SandboxOptions options)
    {
        ListingRules.ReadStock(listing);
        listing.Issues.Clear();
        listing.ChangedAt = call.Now;
        while (Fault.Take(call.State, "amazon", ["putListingsItem", listing.Sku], Fault.Issue) is { } fault)
        {
            listing.IssuesToCome.Add(fault.Code ?? "8541");
            if (fault.Left is null) { break; }   // an endless fault gives one issue a submission
        }

        call.Schedule(call.Now + options.AmazonPublishDelay, ListingPublisher.Publish, AmazonState.Key(listing.SellerId, listing.Sku));
    }

    private static (string Seller, string Sku, string Marketplace) Names(Call call)
    {
        var marketplace = call.Query("marketplaceIds");
        if (string.IsNullOrEmpty(marketplace) || marketplace.Contains(',', StringComparison.Ordinal))
        {
            throw new Refusal(AmazonProvider.Error(400, "InvalidInput", "Request is missing or has invalid parameters: marketplaceIds."));
        }

        return (call.Route("sellerId"), call.RawSegment(SkuSegment), marketplace);
    }

    private static Listing Find(Call call)
    {
        var (seller, sku, marketplace) = Names(call);
        return call.State.Amazon.Listings.TryGetValue(AmazonState.Key(seller, sku), out var listing) && listing.MarketplaceId == marketplace
            ? listing
            : throw new Refusal(AmazonProvider.Error(404, "NOT_FOUND", $"SKU '{sku}' not found in marketplace {marketplace}."));
    }

    private static Answer Submission(Call call, string sku, string status, List<ListingIssue> issues, Listing? listing) => Answer.Ok(new JsonObject
    {
        ["sku"] = sku,
        ["status"] = status,
        ["submissionId"] = call.State.NextGuid().Replace("-", "", StringComparison.Ordinal),
        ["issues"] = issues.Select(Issue).ToJsonArray(),
        ["identifiers"] = listing?.Asin is null ? null : new JsonArray(new JsonObject { ["marketplaceId"] = listing.MarketplaceId, ["asin"] = listing.Asin }),
    }.WithoutNulls());

    private static JsonObject Summary(Listing listing)
    {
        var status = new JsonArray();
        if (listing.Published)
        {
            if (listing.Stock > 0 || !listing.StockStated) { status.Add("BUYABLE"); }
            status.Add("DISCOVERABLE");
        }

        return new JsonObject
        {
            ["marketplaceId"] = listing.MarketplaceId,
            ["asin"] = listing.Asin,
            ["productType"] = listing.ProductType,
            ["conditionType"] = "new_new",
            ["status"] = status,
            ["fnSku"] = listing.FulfilledByAmazon && listing.Asin is not null ? "X" + listing.Asin[1..] : null,
            ["itemName"] = ListingRules.Title(listing.Attributes),
            ["createdDate"] = listing.CreatedAt.Iso(),
            ["lastUpdatedDate"] = listing.ChangedAt.Iso(),
        }.WithoutNulls();
    }

    private static JsonArray Offers(Listing listing) => ListingRules.Price(listing.Attributes) is { } price && listing.Published
        ? new JsonArray(new JsonObject
        {
            ["marketplaceId"] = listing.MarketplaceId,
            ["offerType"] = "B2C",
            ["price"] = new JsonObject { ["currencyCode"] = price.Currency, ["amount"] = MoneyText.Format(price.Amount, price.Currency) },
        })
        : [];

    private static JsonObject Issue(ListingIssue issue) => new JsonObject
    {
        ["code"] = issue.Code,
        ["message"] = issue.Message,
        ["severity"] = issue.Severity,
        ["attributeNames"] = issue.AttributeNames.Length > 0 ? issue.AttributeNames.ToJsonArray() : null,
        ["categories"] = issue.Categories.ToJsonArray(),
        ["enforcements"] = issue.Actions.Length > 0
            ? new JsonObject
            {
                ["actions"] = issue.Actions.Select(a => new JsonObject { ["action"] = a }).ToJsonArray(),
                ["exemption"] = new JsonObject { ["status"] = "NOT_EXEMPT" },
            }
            : null,
    }.WithoutNulls();
}
