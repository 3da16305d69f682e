namespace Ccn.Domain.Licences;

/// <summary>What the royalty is a share of.</summary>
public enum RoyaltyBase
{
    /// <summary>Item price times quantity, without shipping and tax; promotions do not reduce it.</summary>
    Gross,
    /// <summary>Gross less the seller-funded item promotions.</summary>
    GrossLessPromotions,
}

public enum RoyaltyMode { Percent, PerUnit }

/// <summary>The executable terms: rendered as the text that both sign, and read by the royalty engine. Frozen once signed; <paramref name="Version"/> counts amendments.</summary>
/// <param name="DesignVersionHash">SHA-256 (hex) of the licensed original.</param>
/// <param name="RateBasisPoints">Hundredths of a percent of the base: 1000 is 10 %. Used when <paramref name="Mode"/> is Percent.</param>
/// <param name="PerUnit">Fee per unit sold. Used when <paramref name="Mode"/> is PerUnit.</param>
/// <param name="Territory">Amazon marketplace country, such as <c>US</c>.</param>
/// <param name="Splits">Payees and their shares; together exactly 10,000 basis points, in the fixed order that decides odd cents.</param>
public sealed record LicenceTerms(
    string LicenceId, int Version, string DesignId, string DesignTitle, string DesignVersionHash, string CreatorId, string SellerId,
    RoyaltyMode Mode, RoyaltyBase Base, int RateBasisPoints, Money? PerUnit, string Currency,
    bool Exclusive, string Territory, int TermMonths, string Zone,
    int PlatformFeeBasisPoints, int ReserveBasisPoints, int ReserveReleaseDays, int ClearanceDays, IReadOnlyList<RoyaltySplit> Splits);

public sealed record RoyaltySplit(string PayeeId, int ShareBasisPoints);
