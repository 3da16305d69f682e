using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Listings;

/// <summary>Input of <c>Listing</c> (<c>listing/{listingId}</c>). Runs as long as the licence.</summary>
/// <param name="Resume">Where an earlier run stood; set only when the workflow continues as new.</param>
public sealed record ListingInput(string ListingId, string LicenceId, string DesignId, string CreatorId, string SellerId, string SellerAccountId, string Sku, string Marketplace,
    int SellableUnits, DateTimeOffset LicenceEndsAt, ListingRules Rules, ListingProgress? Resume = null);

/// <summary>What a listing carries when it continues as new.</summary>
/// <param name="Run">Counts the runs, so that event ids stay unique.</param>
public sealed record ListingProgress(int Run, ListingState State, string? Asin, Money? Price, int Quantity, int Submissions);
public enum ListingState { Checklist, Submitted, Issues, Buyable, Ended }

/// <summary>Update <c>SubmitListing</c> by the seller, once the checklist is complete; answers with the provider's word on the submission.</summary>
public sealed record SubmitListing(string SellerId, ListingContent Content, Money Price, int Quantity);
/// <param name="MainPhotoConfirmed">The main image is a photo of the golden sample, not a render.</param>
/// <param name="GtinExempt">The brand has Amazon's exemption from product identifiers.</param>
public sealed record ListingContent(string Title, IReadOnlyList<string> Bullets, string Description, string ProductType, string Brand, bool MainPhotoConfirmed, bool GtinExempt);
public sealed record ListingSubmission(bool Accepted, string? SubmissionId, IReadOnlyList<ListingIssue> Issues);
/// <summary>Update <c>ChangePrice</c>.</summary>
public sealed record ChangePrice(string SellerId, Money Price);
/// <summary>Update <c>ChangeStock</c>.</summary>
public sealed record ChangeStock(string SellerId, int Quantity);

public sealed record ListingResult(string ListingId, string? Asin, string Reason);

public interface IListingActivities
{
    /// <summary>The verified selling account of a seller. Fails for good (<c>state.conflict</c>) while there is none: an operator retries once it is connected.</summary>
    [Activity("Listings.FindSellerAccount")]
    Task<SellerAccountReference> FindSellerAccountAsync(string sellerId);

    /// <summary>Dry run first, then the real submission. Naturally repeatable: one listing per seller and SKU.</summary>
    [Activity("Listings.Submit")]
    Task<ListingSubmission> SubmitAsync(SubmitListingInput input);

    [Activity("Listings.Read")]
    Task<ListingReading> ReadAsync(ReadListingInput input);

    [Activity("Listings.ChangePrice")]
    Task ChangePriceAsync(ChangePriceInput input);

    [Activity("Listings.ChangeStock")]
    Task ChangeStockAsync(ChangeStockInput input);

    /// <summary>Takes the offer down when the licence ends.</summary>
    [Activity("Listings.End")]
    Task EndAsync(ReadListingInput input);
}

public sealed record SellerAccountReference(string SellerAccountId, string Marketplace);
public sealed record SubmitListingInput(string SellerAccountId, string Marketplace, string Sku, string DesignId, ListingContent Content, Money Price, int Quantity);
public sealed record ReadListingInput(string SellerAccountId, string Marketplace, string Sku);
public sealed record ListingReading(bool Buyable, string? Asin, IReadOnlyList<ListingIssue> Issues);
public sealed record ChangePriceInput(string SellerAccountId, string Marketplace, string Sku, Money Price);
public sealed record ChangeStockInput(string SellerAccountId, string Marketplace, string Sku, int Quantity);
