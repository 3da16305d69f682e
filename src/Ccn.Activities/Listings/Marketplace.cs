namespace Ccn.Activities.Listings;

/// <summary>What a marketplace id means. Source: Amazon's list of marketplace ids; VAT rates are the standard rates of 2026.</summary>
/// <param name="Language">Language tag of listing content.</param>
/// <param name="VatPercent">VAT that displayed and reported item prices hold; zero where sales tax comes on top.</param>
internal sealed record Marketplace(string Country, string Language, int VatPercent)
{
    private static readonly Dictionary<string, Marketplace> Known = new(StringComparer.Ordinal)
    {
        ["ATVPDKIKX0DER"] = new("US", "en_US", 0), ["A2EUQ1WTGCTBG2"] = new("CA", "en_CA", 0), ["A1AM78C64UM0Y8"] = new("MX", "es_MX", 16),
        ["A1F83G8C2ARO7P"] = new("GB", "en_GB", 20), ["A1PA6795UKMFR9"] = new("DE", "de_DE", 19), ["A13V1IB3VIYZZH"] = new("FR", "fr_FR", 20),
        ["APJ6JRA9NG5V4"] = new("IT", "it_IT", 22), ["A1RKKUPIHCS9HS"] = new("ES", "es_ES", 21), ["A1805IZSGTT6HS"] = new("NL", "nl_NL", 21),
        ["A1C3SOZRARQ6R3"] = new("PL", "pl_PL", 23), ["A2NODRKZP88ZB9"] = new("SE", "sv_SE", 25), ["AMEN7PMS3EDWL"] = new("BE", "fr_BE", 21),
        ["A28R8C7NBKEWEA"] = new("IE", "en_IE", 23), ["A1VC38T7YXB528"] = new("JP", "ja_JP", 10), ["A39IBJ37TRP1C6"] = new("AU", "en_AU", 10),
    };

    /// <summary>An unknown marketplace is treated as the US one: English content, prices without tax.</summary>
    public static Marketplace Of(string id) => Known.GetValueOrDefault(id) ?? new("US", "en_US", 0);
}
