using Microsoft.OpenApi;

namespace Ccn.Api.OpenApi;

/// <summary>The groups of operations, in the order of a design's life.</summary>
internal static class OpenApiTags
{
    private static readonly (string Name, string Description)[] Groups =
    [
        ("Accounts", "Who acts."),
        ("Designs", "From the upload to the public page, and the design's whole history."),
        ("Moderation", "Designs that a person must look at before everybody may."),
        ("Contests", "Challenges that members vote on, blind until they are decided."),
        ("Bids", "Sealed bids of Amazon sellers, revealed at the close."),
        ("Licences", "Terms that both parties sign."),
        ("Registry", "Who has licensed what, publicly."),
        ("Sourcing", "Suppliers, requests for quotation, quotes."),
        ("Supplier links", "For suppliers without an account: the personal link is their right to act."),
        ("Production", "Purchase orders from the deposit to the count on arrival."),
        ("Listings", "Offers at Amazon."),
        ("Sales", "Order lines from Amazon, each counted once."),
        ("Royalties", "Statements with the source of each line."),
        ("Payouts", "The creator's money."),
        ("Ledger", "The books: balanced entries that nobody can change."),
        ("Lifecycle", "The published templates: timers and thresholds."),
        ("Operations", "What runs, and what waits for an operator."),
        ("Webhooks", "For the providers."),
    ];

    /// <summary>The document's tags, each with its description; one that has none here comes last.</summary>
    public static ISet<OpenApiTag> InOrder(ISet<OpenApiTag>? tags)
    {
        var ordered = new HashSet<OpenApiTag>();
        foreach (var (name, description) in Groups)
        {
            if (tags?.FirstOrDefault(tag => tag.Name == name) is not { } tag) { continue; }

            tag.Description = description;
            ordered.Add(tag);
        }

        ordered.UnionWith(tags ?? ordered);
        return ordered;
    }
}
