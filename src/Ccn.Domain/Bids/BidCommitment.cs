using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ccn.Domain.Bids;

/// <summary>The receipt of a sealed bid: a hash that shows nothing before the reveal and that anyone can check after it.</summary>
public static class BidCommitment
{
    /// <summary>SHA-256 (lower-case hex) over the bid's fields, each on its own line in a fixed order, the nonce last.</summary>
    /// <param name="nonce">Random, sealed with the terms: rates are few, so without it the hash could be guessed open.</param>
    public static string Receipt(string bidId, string sellerId, DateTimeOffset lodgedAt, BidTerms terms, string nonce)
    {
        var text = string.Create(CultureInfo.InvariantCulture,
            $"{bidId}\n{sellerId}\n{lodgedAt.ToUnixTimeMilliseconds()}\n{terms.Mode}\n{terms.RateBasisPoints}\n{terms.PerUnit}\n{terms.PlannedPrice}\n{terms.PlannedUnits}\n{terms.Exclusive}\n{terms.TermMonths}\n{terms.Note}\n{nonce}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
