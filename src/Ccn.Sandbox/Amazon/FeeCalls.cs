using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>Product Fees v0. An unknown product is a ClientError inside HTTP 200, as Amazon answers it.</summary>
internal static class FeeCalls
{
    public static Answer Estimate(Call call, string idType, string id)
    {
        if (call.Json().Object("FeesEstimateRequest") is not { } request) { return AmazonProvider.Error(400, "InvalidInput", "FeesEstimateRequest is missing."); }
        return Answer.Ok(new JsonObject { ["payload"] = new JsonObject { ["FeesEstimateResult"] = Result(call, request, idType, id) } });
    }

    public static Answer EstimateBatch(Call call)
    {
        try
        {
            if (JsonNode.Parse(call.Body) is JsonArray { Count: > 0 and <= 20 } items)
            {
                return Answer.Ok(items.OfType<JsonObject>().Select(i => Result(call, i.Object("FeesEstimateRequest") ?? [], i.Text("IdType") ?? "", i.Text("IdValue") ?? "")).ToJsonArray());
            }
        }
        catch (JsonException)
        {
            // falls through to the answer for anything that is not a list
        }

        return AmazonProvider.Error(400, "InvalidInput", "The body must be a list of 1 to 20 requests.");
    }

    private static JsonObject Result(Call call, JsonObject request, string idType, string id)
    {
        var seller = AmazonProvider.SellerOf(call);
        var price = request.Object("PriceToEstimateFees");
        var identifier = new JsonObject
        {
            ["MarketplaceId"] = request.Text("MarketplaceId"), ["SellerId"] = seller, ["IdType"] = idType, ["IdValue"] = id,
            ["IsAmazonFulfilled"] = request.Text("IsAmazonFulfilled") == "true", ["PriceToEstimateFees"] = price?.DeepClone(), ["SellerInputIdentifier"] = request.Text("Identifier"),
        }.WithoutNulls();
        var amount = MoneyText.Parse(price.Object("ListingPrice").Text("Amount"));
        var known = call.State.Amazon.Listings.Values.Any(l => idType == "ASIN" ? l.Asin == id : l.Sku == id && l.SellerId == seller);
        if (amount is null || !known)
        {
            return new JsonObject
            {
                ["Status"] = "ClientError", ["FeesEstimateIdentifier"] = identifier,
                ["Error"] = new JsonObject
                {
                    ["Type"] = "Sender", ["Code"] = amount is null ? "InvalidParameterValue" : "DataNotAvailable",
                    ["Message"] = amount is null ? "The listing price is missing." : "The item is not in the catalogue.", ["Detail"] = new JsonArray(),
                },
            };
        }

        var currency = price.Object("ListingPrice").Text("CurrencyCode") ?? "USD";
        var shipping = MoneyText.Parse(price.Object("Shipping").Text("Amount")) ?? 0m;
        var referral = MoneyText.Round(Math.Max(0.30m, (amount.Value + shipping) * 0.15m), currency);
        var fba = request.Text("IsAmazonFulfilled") == "true" ? 4.35m : 0m;
        JsonObject Fee(string type, decimal value) => new()
        {
            ["FeeType"] = type, ["FeeAmount"] = Money(value, currency), ["FeePromotion"] = Money(0m, currency), ["FinalFee"] = Money(value, currency),
        };
        var fees = new JsonArray(Fee("ReferralFee", referral), Fee("VariableClosingFee", 0m), Fee("PerItemFee", 0m));
        if (fba > 0)
        {
            var total = Fee("FBAFees", fba);
            total["IncludedFeeDetailList"] = new JsonArray(Fee("FBAPickAndPack", 4.20m), Fee("FuelAndLogisticsSurcharge", 0.15m));
            fees.Add(total);
        }

        return new JsonObject
        {
            ["Status"] = "Success", ["FeesEstimateIdentifier"] = identifier,
            ["FeesEstimate"] = new JsonObject { ["TimeOfFeesEstimation"] = call.Now.Iso(), ["TotalFeesEstimate"] = Money(referral + fba, currency), ["FeeDetailList"] = fees },
        };
    }

    private static JsonObject Money(decimal amount, string currency) => new() { ["CurrencyCode"] = currency, ["Amount"] = amount };
}
