namespace Ccn.Providers.Amazon;

/// <summary>The seller in whose name a call is made. Given with every call, because one process acts for many sellers.</summary>
/// <param name="SellerId">Merchant token, such as <c>A2EXAMPLE</c>.</param>
/// <param name="RefreshToken">Login-with-Amazon refresh token of the seller's authorization. A secret.</param>
public sealed record AmazonSeller(string SellerId, string RefreshToken)
{
    internal const string RequestOption = "ccn.amazon.seller";

    /// <summary>The seller's id; never the token.</summary>
    public override string ToString() => SellerId;
}
