using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>What the sandbox reads from listing attributes, which are arrays of values with selectors.</summary>
internal static class ListingRules
{
    public static List<ListingIssue> Check(JsonObject attributes, string requirements)
    {
        var issues = new List<ListingIssue>();
        foreach (var (name, value) in attributes)
        {
            if (value is not JsonArray array) { issues.Add(Error("90205", $"The value of '{name}' has to be an array.", "INVALID_ATTRIBUTE", name)); }
            else if (array.Count == 0) { issues.Add(Error("99022", $"'{name}' must have at least 1 value.", "INVALID_ATTRIBUTE", name)); }
        }

        if (requirements != "LISTING_OFFER_ONLY" && string.IsNullOrWhiteSpace(Title(attributes))) { issues.Add(Missing("item_name", "Item Name")); }
        if (requirements == "LISTING")
        {
            if (Price(attributes) is null) { issues.Add(Missing("purchasable_offer", "Your Price")); }
            var exempt = First(attributes, "supplier_declared_has_product_identifier_exemption").Text("value") == "true";
            if (!exempt && First(attributes, "externally_assigned_product_identifier").Text("value") is null && First(attributes, "merchant_suggested_asin").Text("value") is null)
            {
                issues.Add(Missing("externally_assigned_product_identifier", "External Product ID"));
            }
        }

        return issues;
    }

    public static string? Title(JsonObject attributes) => First(attributes, "item_name").Text("value");

    /// <summary>Price of the standard offer; null when there is none or it is not a number above zero.</summary>
    public static (decimal Amount, string Currency)? Price(JsonObject attributes)
    {
        var offer = First(attributes, "purchasable_offer");
        var schedule = offer.Objects("our_price").FirstOrDefault().Objects("schedule").FirstOrDefault();
        return MoneyText.Parse(schedule.Text("value_with_tax")) is { } amount and > 0 ? (amount, offer.Text("currency") ?? "USD") : null;
    }

    /// <summary>Takes channel and quantity from the attributes. Amazon's own stock is not the seller's to state.</summary>
    public static void ReadStock(Listing listing)
    {
        var availability = First(listing.Attributes, "fulfillment_availability");
        if (availability is null) { return; }
        listing.FulfilledByAmazon = availability.Text("fulfillment_channel_code") is { } channel && channel != "DEFAULT";
        if (listing.FulfilledByAmazon) { listing.StockStated = true; }
        else if (availability.Int("quantity") is { } quantity)
        {
            listing.Stock = quantity;
            listing.StockStated = true;
        }
    }

    public static ListingIssue ByCode(string code) => code switch
    {
        "8541" => Refused(code, "The SKU data provided is different from what's already in the Amazon catalog.", "CATALOG_ITEM_REMOVED"),
        "8542" => Refused(code, "The product identifiers provided match more than one ASIN.", "LISTING_SUPPRESSED"),
        "5461" => Refused(code, "You may not create ASINs for this brand.", "LISTING_SUPPRESSED"),
        "5665" => Refused(code, "The brand name you entered is not approved by Amazon.", "LISTING_SUPPRESSED"),
        "8560" => Refused(code, "The SKU does not match any ASIN and there is not enough data to create one.", "LISTING_SUPPRESSED"),
        "8566" or "8572" => Refused(code, "The product identifier does not belong to the product, or you may not list it.", "LISTING_SUPPRESSED"),
        "13013" => Refused(code, "The offer cannot be added: the product is not in the catalogue.", "LISTING_SUPPRESSED"),
        "8015" => Refused(code, "The value of an attribute is invalid.", "ATTRIBUTE_SUPPRESSED"),
        "18027" => new(code, "The main image has text or a logo.", "WARNING", ["main_product_image_locator"], ["INVALID_IMAGE"], ["SEARCH_SUPPRESSED"]),
        "18448" => new(code, "Relevant attributes are incomplete.", "WARNING", [], ["MISSING_ATTRIBUTE"], []),
        "8008" => new(code, "The child SKU is unknown.", "WARNING", [], ["INVALID_ATTRIBUTE"], []),
        _ => Refused(code, "The listing was refused.", "LISTING_SUPPRESSED"),
    };

    private static JsonObject? First(JsonObject attributes, string name) => attributes.Objects(name).FirstOrDefault();

    private static ListingIssue Missing(string name, string label) => Error("90220", $"'{label}' is required but not supplied.", "MISSING_ATTRIBUTE", name);

    private static ListingIssue Error(string code, string message, string category, string attribute) => new(code, message, "ERROR", [attribute], [category], []);

    private static ListingIssue Refused(string code, string message, string action) => new(code, message, "ERROR", [], ["INVALID_ATTRIBUTE"], [action]);
}

/// <summary>Amazon works through an accepted submission: it finds issues, or gives the product its ASIN.</summary>
internal sealed class ListingPublisher : IDueHandler
{
    public const string Publish = "amazon.publish";

    public IReadOnlyList<string> Kinds => [Publish];

    public void Run(Moment moment, DueWork work)
    {
        if (!moment.State.Amazon.Listings.TryGetValue(work.Key, out var listing)) { return; }
        listing.Issues.AddRange(listing.IssuesToCome.Select(ListingRules.ByCode));
        listing.IssuesToCome.Clear();
        listing.ChangedAt = moment.Now;
        listing.Published = !listing.Issues.Exists(i => i.Severity == "ERROR");
        if (!listing.Published || listing.Asin is not null) { return; }
        listing.Asin = "B0" + moment.State.NextUpper(8);
        moment.Log("amazon", "listing.published", listing.Sku, listing.SellerId, detail: listing.Asin);
    }
}
