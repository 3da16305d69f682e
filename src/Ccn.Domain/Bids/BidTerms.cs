using Ccn.Domain.Licences;

namespace Ccn.Domain.Bids;

/// <summary>What a seller offers. Sealed until the window closes.</summary>
/// <param name="PlannedPrice">Consumer price the seller plans, per unit.</param>
/// <param name="PlannedUnits">First production run the seller plans.</param>
public sealed record BidTerms(RoyaltyMode Mode, int RateBasisPoints, Money? PerUnit, Money PlannedPrice, int PlannedUnits, bool Exclusive, int TermMonths, string? Note);

public enum BidState { Sealed, Revealed, Accepted, Standby, Declined, Lapsed, Withdrawn, Defaulted }
