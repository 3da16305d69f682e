namespace Ccn.Domain;

/// <summary>Identifiers are a prefix that tells the kind and a UUIDv7: <c>dsg_019…</c>. Made by the caller before the first call, so a repeat is seen.</summary>
public static class Ids
{
    public const string Design = "dsg", Contest = "ctt", Bid = "bid", Licence = "lic", Rfq = "rfq", Quote = "qte", Order = "po",
        Listing = "lst", Statement = "stm", Payout = "pyt", User = "usr", SellerAccount = "sac", Supplier = "sup", File = "fil", Comment = "cmt", SavedSearch = "sav";

    /// <summary>A new identifier. Not for workflow code, which uses <c>Workflow.NewGuid()</c>.</summary>
    public static string New(string prefix, DateTimeOffset at) => For(prefix, Guid.CreateVersion7(at));

    /// <summary>The identifier of a kind for a given UUID.</summary>
    public static string For(string prefix, Guid value) => $"{prefix}_{value:N}";

    /// <summary>Whether <paramref name="id"/> has the prefix and a well-formed UUID behind it.</summary>
    public static bool IsValid(string? id, string prefix) =>
        id is not null && id.Length == prefix.Length + 33 && id.StartsWith(prefix, StringComparison.Ordinal) && id[prefix.Length] == '_'
        && Guid.TryParseExact(id.AsSpan(prefix.Length + 1), "N", out _);
}
