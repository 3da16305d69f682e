using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Listings;
using Ccn.Web.Forms;

namespace Ccn.Web.Components.Pages.Desk;

/// <summary>A seller's plan as it is typed: what is bid, and what it costs to make.</summary>
internal sealed class BidForm
{
    public string? BidId { get; set; }

    /// <summary><c>bid</c> lodges it, <c>ask</c> asks Amazon for its fees, anything else only shows the figures.</summary>
    public string? Act { get; set; }
    public string? Mode { get; set; }
    public string? Royalty { get; set; }
    public string? Price { get; set; }
    public string? Units { get; set; }
    public string? Cost { get; set; }
    public string? Shipping { get; set; }
    public string? Tooling { get; set; }
    public string? Category { get; set; }
    public string? Size { get; set; }

    /// <summary>Of an offer at Amazon that is like the planned one.</summary>
    public string? Asin { get; set; }
    public string? Term { get; set; }
    public string? Exclusive { get; set; }
    public string? Note { get; set; }

    public RoyaltyMode RoyaltyMode => Mode == nameof(RoyaltyMode.PerUnit) ? RoyaltyMode.PerUnit : RoyaltyMode.Percent;

    /// <summary>The name that a refusal of the royalty bears.</summary>
    public string RoyaltyField => RoyaltyMode is RoyaltyMode.Percent ? "rateBasisPoints" : "perUnit";

    private ReferralCategory ReferralCategory => AmazonFees.Categories.FirstOrDefault(category => category.Id == Category) ?? AmazonFees.Categories[^1];

    private FulfilmentSize? FulfilmentSize => AmazonFees.Sizes.FirstOrDefault(size => size.Id == Size);

    public bool FulfilledByAmazon => FulfilmentSize is not null;

    /// <summary>The price that is asked about.</summary>
    public Money AskedPrice(TypedFields typed) => typed.Amount(Price, "plannedPrice", AmazonFees.Currency);

    public BidTerms Terms(TypedFields typed)
    {
        var percent = RoyaltyMode is RoyaltyMode.Percent;
        return new(RoyaltyMode, percent ? typed.BasisPoints(Royalty, "rateBasisPoints") : 0, percent ? null : typed.Amount(Royalty, "perUnit", AmazonFees.Currency),
            typed.Amount(Price, "plannedPrice", AmazonFees.Currency), typed.Whole(Units, "plannedUnits"), Exclusive is "true", typed.Whole(Term, "termMonths"), string.IsNullOrWhiteSpace(Note) ? null : Note.Trim());
    }

    /// <summary>The plan to be estimated; null while it is not one.</summary>
    /// <param name="estimate">Amazon's own fees at this price; the preset where there is none.</param>
    public ProfitPlan? Plan(AmazonFeeEstimate? estimate)
    {
        var typed = new TypedFields();
        var terms = Terms(typed);
        var (cost, shipping, tooling) = (typed.Amount(Cost, "cost", AmazonFees.Currency, optional: true), typed.Amount(Shipping, "shipping", AmazonFees.Currency, optional: true),
            typed.Amount(Tooling, "tooling", AmazonFees.Currency, optional: true));
        return typed.AllRead && IsCountable(terms, cost, shipping, tooling)
            ? new(terms, cost, shipping, tooling, estimate is null ? AmazonFeeQuote.Preset(ReferralCategory, FulfilmentSize, terms.PlannedPrice) : AmazonFeeQuote.Of(estimate)) : null;
    }

    // Limits that no plan reaches and within which nothing overflows.
    private static bool IsCountable(BidTerms terms, Money cost, Money shipping, Money tooling) => terms is { PlannedPrice.MinorUnits: > 0 and < AmazonFees.UnitLimit, PlannedUnits: > 0 and <= 10_000_000 }
        && (terms.PerUnit ?? terms.PlannedPrice).MinorUnits is >= 0 and < AmazonFees.UnitLimit
        && cost.MinorUnits is >= 0 and < AmazonFees.UnitLimit && shipping.MinorUnits is >= 0 and < AmazonFees.UnitLimit && tooling.MinorUnits is >= 0 and < 10_000_000_000;
}
