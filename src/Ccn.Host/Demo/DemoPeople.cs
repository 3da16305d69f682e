namespace Ccn.Host.Demo;

/// <summary>The people of the demo. Names are invented.</summary>
internal static class DemoPeople
{
    /// <summary>One password for all: these accounts guard nothing. Twelve characters are the least that is taken.</summary>
    public const string Password = "demo-password";

    public static IReadOnlyList<DemoPerson> Creators { get; } =
    [
        new("creator", "Mara Lindqvist", "mara", "A contest won, designs that sell, open bids, statements"),
        new("creator", "Tomás Herrera", "tomas", "A design that sells, payouts that came back"),
        new("creator", "Aiko Mori", "aiko", "Contest entries, a design that sells, a lapsed bid window"),
        new("creator", "Ngozi Okafor", "ngozi", "Designs that sell, a failed inspection, quotes"),
        new("creator", "Lena Brandt", "lena", "A design held for moderation, an offer at Amazon"),
        new("creator", "Samir Haddad", "samir", "A contest won, a licence to sign"),
    ];

    public static IReadOnlyList<DemoPerson> Sellers { get; } =
    [
        new("seller", "Northlight Goods", "northlight", "Bids, licences, orders, listings"),
        new("seller", "Harbor & Pine", "harbor", "Bids, licences, a slow supplier"),
        new("seller", "Casa Verde Trading", "casaverde", "Bids and quotes"),
        new("seller", "Blue Kite Retail", "bluekite", "The spotlight, standby bids"),
    ];

    public static IReadOnlyList<DemoPerson> Members { get; } =
    [
        new("member", "Jonas Weber", "jonas", "Votes"), new("member", "Priya Nair", "priya", "Votes"), new("member", "Chloé Martin", "chloe", "Votes"),
        new("member", "Diego Rossi", "diego", "Votes"), new("member", "Hana Kim", "hana", "Votes"), new("member", "Oluwaseun Ade", "seun", "Votes"),
        new("member", "Ella Novak", "ella", "Votes"), new("member", "Mateo Silva", "mateo", "Votes"),
    ];

    public static IReadOnlyList<DemoPerson> Staff { get; } =
    [
        new("admin", "Ines Admin", "admin", "Challenges, sellers, supplier directory"),
        new("moderator", "Max Moderator", "moderator", "The queue of held designs"),
        new("finance", "Fiona Finance", "finance", "Payout approvals, the ledger"),
        new("finance", "Felix Finance", "finance2", "The second pair of eyes"),
        new("ops", "Otto Operations", "ops", "Board, parked steps"),
        new("sponsor", "Sofia Sponsor", "sponsor", "Challenges"),
        new("manufacturer", "Wei Manufacturer", "manufacturer", "Orders"),
    ];

    public static IReadOnlyList<DemoPerson> All { get; } = [.. Creators, .. Sellers, .. Members, .. Staff];
}
