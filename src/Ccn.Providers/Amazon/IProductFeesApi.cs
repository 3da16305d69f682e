using System.Text.Json.Serialization;
using Refit;

namespace Ccn.Providers.Amazon;

/// <summary>Product Fees API v0; one call a second, burst 2. Estimates, not promises; nothing for a product without an ASIN.</summary>
public interface IProductFeesApi
{
    /// <summary>Estimates by SKU, which is more exact once a unit has been measured. An unknown SKU answers 200 with status ClientError.</summary>
    [Post("/products/fees/v0/listings/{sku}/feesEstimate")]
    Task<IApiResponse<FeesEstimateAnswer>> EstimateForSkuAsync(
        string sku, [Body] FeesEstimateBody body, [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);

    /// <summary>Estimates by ASIN.</summary>
    [Post("/products/fees/v0/items/{asin}/feesEstimate")]
    Task<IApiResponse<FeesEstimateAnswer>> EstimateForAsinAsync(
        string asin, [Body] FeesEstimateBody body, [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);
}

/// <summary>Body of a request.</summary>
public sealed record FeesEstimateBody(FeesEstimateRequest FeesEstimateRequest);

/// <summary>What to estimate.</summary>
/// <param name="Identifier">Our id, returned with the answer.</param>
/// <param name="OptionalFulfillmentProgram">FBA_CORE, FBA_SNL or FBA_EFN.</param>
public sealed record FeesEstimateRequest(
    string MarketplaceId, PriceToEstimateFees PriceToEstimateFees, string Identifier, bool? IsAmazonFulfilled = null, string? OptionalFulfillmentProgram = null);

/// <summary>The price that fees are estimated for.</summary>
public sealed record PriceToEstimateFees(FeeMoney ListingPrice, FeeMoney? Shipping = null);

/// <summary>Answer envelope.</summary>
public sealed record FeesEstimateAnswer([property: JsonPropertyName("payload")] FeesEstimatePayload Payload);

/// <summary>Inner envelope.</summary>
public sealed record FeesEstimatePayload(FeesEstimateResult FeesEstimateResult);

/// <summary>Success, ClientError or ServiceError, with the estimate or the reason.</summary>
public sealed record FeesEstimateResult(string Status, FeesEstimate? FeesEstimate = null, FeesEstimateError? Error = null);

/// <summary>An estimate, good for its time.</summary>
public sealed record FeesEstimate(
    [property: JsonConverter(typeof(FeesTimeConverter))] DateTimeOffset TimeOfFeesEstimation,
    FeeMoney? TotalFeesEstimate = null,
    IReadOnlyList<FeeDetail>? FeeDetailList = null);

/// <summary>One fee: ReferralFee, VariableClosingFee, PerItemFee, FBAFees and others.</summary>
public sealed record FeeDetail(
    string FeeType, FeeMoney FeeAmount, FeeMoney FinalFee, FeeMoney? FeePromotion = null, FeeMoney? TaxAmount = null, IReadOnlyList<FeeDetail>? IncludedFeeDetailList = null);

/// <summary>Why there is no estimate.</summary>
public sealed record FeesEstimateError(string Type, string Code, string Message);
