using Ccn.Domain.Events;

namespace Ccn.Web.Components.Pages.Desk;

/// <summary>What Amazon's complaints mean and what to do, in plain words. Amazon's own message stands below.</summary>
internal static class ListingIssueWords
{
    public static string Of(ListingIssue issue) => issue.Code switch
    {
        "90220" or "99022" => "Something required is missing. Fill it in and send again.",
        "90205" or "8015" => "A value has a form that Amazon does not take. Check product type, price and texts.",
        "8541" => "A product with this identifier is in Amazon's catalogue already, with other data. Make title, brand and product type agree with it.",
        "8542" => "The identifier fits several products of the catalogue. Ask Amazon's support which one is yours.",
        "8560" or "13013" => "Amazon finds no product for this and not enough to make one. Complete the texts; check that the brand is written exactly as in the exemption.",
        "8566" or "8572" => "The identifier belongs to another product, or you may not sell it. Ask for the exemption from identifiers for your brand.",
        "5461" or "5665" => "Your account may not sell this brand yet. Have the brand approved in Seller Central, or write it exactly as it was approved.",
        "18027" => "The main photo has text or a logo. Take one with the product alone on white.",
        "18448" => "Attributes that help buyers to find the product are incomplete. The offer sells, but is found less.",
        "8008" => "A variant is named that Amazon does not know yet. It may take some hours; otherwise send again.",
        _ => "Amazon asks for a change:",
    };
}
