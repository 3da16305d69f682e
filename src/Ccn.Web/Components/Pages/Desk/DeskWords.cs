using System.Globalization;
using Ccn.Api.Desk;
using Ccn.Data.Licences;
using Ccn.Data.Listings;
using Ccn.Data.Production;
using Ccn.Data.Royalties;
using Ccn.Data.Sourcing;
using Ccn.Domain.Bids;
using Ccn.Domain.Sourcing;
using Ccn.Web.Components.Parts;

namespace Ccn.Web.Components.Pages.Desk;

/// <summary>Where the desk's tasks lead, and the colours of its states.</summary>
internal static class DeskWords
{
    /// <summary>The page on which a task is done, and what the button says.</summary>
    public static (string Href, string Verb) Door(SellerTask task) => task.Kind switch
    {
        SellerTaskKind.AnswerStandby => ("/desk/bids#" + task.SubjectId, "Answer"),
        SellerTaskKind.SignLicence => ("/licences/" + task.SubjectId, "Read and sign"),
        SellerTaskKind.AskSuppliers => ("/desk/sourcing/new?licenceId=" + task.SubjectId, "Ask suppliers"),
        SellerTaskKind.ApproveQuote => ("/desk/sourcing/" + task.SubjectId, "Compare quotes"),
        SellerTaskKind.WorkOnOrder => ("/desk/orders/" + task.SubjectId, "Open order"),
        SellerTaskKind.WorkOnListing => ("/desk/listings/" + task.SubjectId, "Open listing"),
        _ => ("/statements/" + task.SubjectId, "See statement"),
    };

    public static string Colour(BidState state) => state switch
    {
        BidState.Sealed or BidState.Revealed => "amber",
        BidState.Standby => "sky",
        BidState.Accepted => "pine",
        BidState.Defaulted => "bad",
        _ => "",
    };

    public static string Colour(LicenceState state) => state switch
    {
        LicenceState.InForce => "pine",
        LicenceState.Sent or LicenceState.PartSigned or LicenceState.Drafted => "plum",
        LicenceState.Declined or LicenceState.Expired or LicenceState.Voided => "bad",
        _ => "",
    };

    public static string Colour(RfqState state) => state switch { RfqState.Open => "amber", RfqState.Quoted => "plum", RfqState.Approved => "pine", _ => "" };

    public static string Colour(QuoteState state) => state switch { QuoteState.Open => "plum", QuoteState.Approved => "pine", QuoteState.Stale => "bad", _ => "" };

    public static string Colour(InvitationState state) => state switch
    {
        InvitationState.Quoted => "pine",
        InvitationState.Seen => "sky",
        InvitationState.Invited or InvitationState.Reminded => "amber",
        InvitationState.Declined or InvitationState.Silent or InvitationState.Stale => "bad",
        _ => "",
    };

    public static string Colour(OrderState state) => state switch
    {
        OrderState.Received or OrderState.Closed => "pine",
        OrderState.Rework or OrderState.Canceled => "bad",
        OrderState.Placed => "amber",
        _ => "sky",
    };

    public static string Colour(ListingState state) => state switch { ListingState.Buyable => "pine", ListingState.Issues => "bad", ListingState.Checklist => "amber", ListingState.Submitted => "sky", _ => "" };

    public static string Colour(StatementState state) => state switch { StatementState.Final => "pine", StatementState.InQuery => "amber", _ => "" };

    /// <summary>An instant by the clock on the supplier's wall: <c>Tue 12 May, 15:00 in Shanghai</c>.</summary>
    public static string Local(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture) + " in " + City(zone);

    /// <summary>The place that names an IANA zone.</summary>
    public static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>The country's English name.</summary>
    public static string Country(string code)
    {
        try { return new RegionInfo(code).EnglishName; }
        catch (ArgumentException) { return code; }
    }

    /// <summary>Who ships, inside a sentence.</summary>
    public static string Fulfilment(bool byAmazon) => byAmazon ? "shipped by Amazon" : "shipped from your own warehouse";

    public static string Units(int count) => Words.Count(count, "unit");
}
