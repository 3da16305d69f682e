using Ccn.Domain;
using Ccn.Domain.Listings;
using Temporalio.Activities;

namespace Ccn.Workflows.Listings;

/// <summary>Input of <c>FeeEstimate</c> (<c>fees/{sellerAccountId}/…</c>): what a seller wants to know of Amazon.</summary>
/// <param name="FulfilledByAmazon">False where the seller ships from its own warehouse.</param>
public sealed record FeeEstimateInput(string SellerAccountId, string Marketplace, string Asin, Money Price, bool FulfilledByAmazon);

/// <summary>Why there is no estimate.</summary>
public enum FeeRefusal
{
    /// <summary>Amazon has no such product, or gives no estimate for it.</summary>
    AsinUnknown,

    /// <summary>The seller's account is not connected to Amazon, or not any more.</summary>
    NotConnected,

    /// <summary>Amazon refused the call, such as when the seller has withdrawn the consent.</summary>
    Refused,

    /// <summary>Amazon did not answer in time: the same question may be answered later.</summary>
    NotAnswering,
}

/// <summary>An estimate that is stored, or why there is none.</summary>
/// <param name="Reason">In plain words; Amazon's own where it gave some.</param>
public sealed record FeeEstimateResult(AmazonFeeEstimate? Estimate, FeeRefusal? Refusal = null, string? Reason = null);

public interface IFeeActivities
{
    /// <summary>
    /// Asks Amazon in the seller's name and stores what it says. A repeat with the same instant finds the stored answer and asks nothing. That a product is
    /// unknown is an answer (<see cref="FeeRefusal.AsinUnknown"/>); an account that is not connected fails for good (<c>state.conflict</c>).
    /// </summary>
    [Activity("Fees.Estimate")]
    Task<FeeEstimateResult> EstimateAsync(EstimateFeesInput input);
}

/// <param name="AskedAt">With the rest the key of the answer.</param>
public sealed record EstimateFeesInput(string SellerAccountId, string Marketplace, string Asin, Money Price, bool FulfilledByAmazon, DateTimeOffset AskedAt);
