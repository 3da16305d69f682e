using Refit;

namespace Ccn.Providers.Amazon;

/// <summary>
/// Listings Items API 2021-08-01. Rates per seller: 5 a second. <c>ACCEPTED</c> is not published: read the item until its summary is BUYABLE.
/// A SKU is given as it is; it is percent-encoded once.
/// </summary>
public interface IListingsApi
{
    /// <summary>Creates or replaces a listing; the same SKU names the same listing, so a repetition is harmless.</summary>
    /// <param name="sellerId">Merchant token.</param>
    /// <param name="sku">The seller's SKU, unencoded.</param>
    /// <param name="marketplaceIds">Exactly one marketplace id.</param>
    /// <param name="mode"><see cref="ListingMode.ValidationPreview"/> checks without writing; null writes.</param>
    /// <param name="issueLocale">Language of the issues, such as <c>en_US</c>.</param>
    /// <param name="listing">Product type and attributes.</param>
    /// <param name="seller">In whose name.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Put("/listings/2021-08-01/items/{sellerId}/{sku}")]
    Task<IApiResponse<ListingSubmission>> PutAsync(
        string sellerId, string sku, string marketplaceIds, string? mode, string? issueLocale, [Body] PutListing listing,
        [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);

    /// <summary>Changes top-level attributes of a listing.</summary>
    /// <inheritdoc cref="PutAsync"/>
    [Patch("/listings/2021-08-01/items/{sellerId}/{sku}")]
    Task<IApiResponse<ListingSubmission>> PatchAsync(
        string sellerId, string sku, string marketplaceIds, string? mode, string? issueLocale, [Body] PatchListing patch,
        [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);

    /// <summary>Reads a listing.</summary>
    /// <param name="sellerId">Merchant token.</param>
    /// <param name="sku">The seller's SKU, unencoded.</param>
    /// <param name="marketplaceIds">Exactly one marketplace id.</param>
    /// <param name="includedData">summaries, attributes, issues, offers, fulfillmentAvailability; summaries when null.</param>
    /// <param name="issueLocale">Language of the issues.</param>
    /// <param name="seller">In whose name.</param>
    /// <param name="cancel">Ends the wait.</param>
    [Get("/listings/2021-08-01/items/{sellerId}/{sku}")]
    Task<IApiResponse<ListingItem>> GetAsync(
        string sellerId, string sku, string marketplaceIds, [Query(CollectionFormat.Csv)] string[]? includedData, string? issueLocale,
        [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);

    /// <summary>Takes a listing off sale.</summary>
    [Delete("/listings/2021-08-01/items/{sellerId}/{sku}")]
    Task<IApiResponse<ListingSubmission>> DeleteAsync(
        string sellerId, string sku, string marketplaceIds, [Property(AmazonSeller.RequestOption)] AmazonSeller seller, CancellationToken cancel);
}
