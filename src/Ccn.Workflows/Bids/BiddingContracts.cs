using Ccn.Domain.Bids;
using Ccn.Domain.Lifecycle;

namespace Ccn.Workflows.Bids;

/// <summary>Input of <c>Bidding</c> (<c>bidding/{designId}</c>, later rounds <c>bidding/{designId}/{round}</c>).</summary>
public sealed record BiddingInput(string DesignId, string CreatorId, int Round, BiddingRules Rules);

/// <summary>Update <c>PlaceBid</c>. One open bid per seller; a new one replaces the seller's own while the window is open.</summary>
public sealed record PlaceBid(string BidId, string SellerId, BidTerms Terms);
public sealed record BidReceipt(string BidId, string Receipt, DateTimeOffset LodgedAt);
/// <summary>Update <c>WithdrawBid</c>, while the window is open.</summary>
public sealed record WithdrawBid(string BidId, string SellerId);
/// <summary>Update <c>AcceptBid</c> by the creator, after the reveal: atomic, exactly one wins.</summary>
public sealed record AcceptBid(string BidId, string CreatorId);
/// <summary>Update <c>DeclineAll</c> by the creator, after the reveal.</summary>
public sealed record DeclineAllBids(string CreatorId);

/// <param name="Accepted">Null when the window lapsed.</param>
/// <param name="Standby">The rest, best first.</param>
public sealed record BiddingResult(SealedBid? Accepted, IReadOnlyList<SealedBid> Standby, string? LapseReason);
/// <param name="Nonce">Random part of the receipt, sealed like the terms: without it a receipt could be guessed open.</param>
public sealed record SealedBid(string BidId, string SellerId, DateTimeOffset LodgedAt, BidTerms Terms, string? Nonce = null);
