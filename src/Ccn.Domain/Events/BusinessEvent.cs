using System.Text.Json.Serialization;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;

namespace Ccn.Domain.Events;

/// <summary>One business fact. The append-only store of these is the archive; every timeline, board and list is a projection of it.</summary>
/// <param name="EventId">Workflow id and step, such as <c>bidding/dsg_…:revealed</c>: a repeat of the activity is a no-op.</param>
/// <param name="DesignId">The design whose timeline it belongs to; null for facts of a contest, payee or account alone.</param>
/// <param name="OccurredAt">Business time (workflow time), UTC.</param>
/// <param name="ActorId">The user who decided; null when a timer or a provider did.</param>
public sealed record BusinessEvent(string EventId, string? DesignId, string Source, DateTimeOffset OccurredAt, string? ActorId, EventData Data);

/// <summary>What happened. Members are only added, always with a default; a type is never renamed.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(DesignSubmitted), "design.submitted")]
[JsonDerivedType(typeof(DesignMediaReady), "design.media_ready")]
[JsonDerivedType(typeof(DesignPublished), "design.published")]
[JsonDerivedType(typeof(DesignHeld), "design.held")]
[JsonDerivedType(typeof(DesignRefused), "design.refused")]
[JsonDerivedType(typeof(DesignWithdrawn), "design.withdrawn")]
[JsonDerivedType(typeof(StageEntered), "design.stage_entered")]
[JsonDerivedType(typeof(LifecycleEnded), "design.lifecycle_ended")]
[JsonDerivedType(typeof(ContestOpened), "contest.opened")]
[JsonDerivedType(typeof(ContestPhaseChanged), "contest.phase_changed")]
[JsonDerivedType(typeof(ContestEntered), "contest.entered")]
[JsonDerivedType(typeof(ContestTallied), "contest.tallied")]
[JsonDerivedType(typeof(ContestDecided), "contest.decided")]
[JsonDerivedType(typeof(BadgeAwarded), "creator.badge_awarded")]
[JsonDerivedType(typeof(SpotlightOpened), "design.spotlight_opened")]
[JsonDerivedType(typeof(BiddingOpened), "bidding.opened")]
[JsonDerivedType(typeof(BidLodged), "bidding.bid_lodged")]
[JsonDerivedType(typeof(BidWithdrawn), "bidding.bid_withdrawn")]
[JsonDerivedType(typeof(BidsRevealed), "bidding.revealed")]
[JsonDerivedType(typeof(BidAccepted), "bidding.accepted")]
[JsonDerivedType(typeof(BiddingLapsed), "bidding.lapsed")]
[JsonDerivedType(typeof(StandbyOffered), "bidding.standby_offered")]
[JsonDerivedType(typeof(StandbyAnswered), "bidding.standby_answered")]
[JsonDerivedType(typeof(LicenceDrafted), "licence.drafted")]
[JsonDerivedType(typeof(LicenceSent), "licence.sent")]
[JsonDerivedType(typeof(LicenceReminderSent), "licence.reminder_sent")]
[JsonDerivedType(typeof(LicencePartySigned), "licence.party_signed")]
[JsonDerivedType(typeof(LicenceInForce), "licence.in_force")]
[JsonDerivedType(typeof(LicenceNotSigned), "licence.not_signed")]
[JsonDerivedType(typeof(LicenceEnded), "licence.ended")]
[JsonDerivedType(typeof(RfqOpened), "sourcing.rfq_opened")]
[JsonDerivedType(typeof(SupplierInvited), "sourcing.supplier_invited")]
[JsonDerivedType(typeof(SupplierInvitationChanged), "sourcing.invitation_changed")]
[JsonDerivedType(typeof(QuoteReceived), "sourcing.quote_received")]
[JsonDerivedType(typeof(QuoteStale), "sourcing.quote_stale")]
[JsonDerivedType(typeof(QuoteApproved), "sourcing.quote_approved")]
[JsonDerivedType(typeof(CreatorToldOfDelay), "sourcing.creator_told_of_delay")]
[JsonDerivedType(typeof(RfqClosed), "sourcing.rfq_closed")]
[JsonDerivedType(typeof(OrderPlaced), "production.order_placed")]
[JsonDerivedType(typeof(OrderPaymentConfirmed), "production.payment_confirmed")]
[JsonDerivedType(typeof(MilestoneReached), "production.milestone_reached")]
[JsonDerivedType(typeof(InspectionRecorded), "production.inspection_recorded")]
[JsonDerivedType(typeof(GoodsReceived), "production.goods_received")]
[JsonDerivedType(typeof(OrderClosed), "production.order_closed")]
[JsonDerivedType(typeof(OrderCanceled), "production.order_canceled")]
[JsonDerivedType(typeof(ListingOpened), "listing.opened")]
[JsonDerivedType(typeof(ListingSubmitted), "listing.submitted")]
[JsonDerivedType(typeof(ListingIssuesFound), "listing.issues_found")]
[JsonDerivedType(typeof(ListingBuyable), "listing.buyable")]
[JsonDerivedType(typeof(ListingPriceChanged), "listing.price_changed")]
[JsonDerivedType(typeof(ListingStockChanged), "listing.stock_changed")]
[JsonDerivedType(typeof(ListingEnded), "listing.ended")]
[JsonDerivedType(typeof(StatementDrafted), "royalty.statement_drafted")]
[JsonDerivedType(typeof(StatementLineQueried), "royalty.line_queried")]
[JsonDerivedType(typeof(StatementQueryAnswered), "royalty.query_answered")]
[JsonDerivedType(typeof(StatementFinalized), "royalty.statement_finalized")]
[JsonDerivedType(typeof(RoyaltyCollected), "royalty.collected")]
[JsonDerivedType(typeof(RoyaltyCollectionFailed), "royalty.collection_failed")]
[JsonDerivedType(typeof(PayoutMethodChanged), "payout.method_changed")]
[JsonDerivedType(typeof(PayoutHeld), "payout.held")]
[JsonDerivedType(typeof(PayoutReleased), "payout.released")]
[JsonDerivedType(typeof(PayoutPrepared), "payout.prepared")]
[JsonDerivedType(typeof(PayoutApprovedByFirst), "payout.approved_by_first")]
[JsonDerivedType(typeof(PayoutApproved), "payout.approved")]
[JsonDerivedType(typeof(PayoutSent), "payout.sent")]
[JsonDerivedType(typeof(PayoutUnclaimed), "payout.unclaimed")]
[JsonDerivedType(typeof(PayoutConfirmed), "payout.confirmed")]
[JsonDerivedType(typeof(PayoutReturned), "payout.returned")]
[JsonDerivedType(typeof(PayoutRefused), "payout.refused")]
[JsonDerivedType(typeof(NeedsAttentionRaised), "operator.attention_raised")]
[JsonDerivedType(typeof(NeedsAttentionResolved), "operator.attention_resolved")]
public abstract record EventData;

// Design
public sealed record DesignSubmitted(string CreatorId, string Title, string Description, string Category, IReadOnlyList<string> Tags,
    string FileKey, string FileName, string ContentType, long Bytes, string Sha256, string TermsVersion, string TemplateId, int TemplateNumber,
    IReadOnlyList<SubmittedFile>? MorePictures = null, SubmittedFile? Model = null) : EventData;
/// <summary>A further original beside the first picture.</summary>
public sealed record SubmittedFile(string FileKey, string FileName, string ContentType, long Bytes, string Sha256);
/// <param name="More">The further pictures, in their order; null when there are none.</param>
public sealed record DesignMediaReady(int Width, int Height, IReadOnlyList<MediaVariant> Variants, string PerceptualHash, string DominantColor, IReadOnlyList<DesignPicture>? More = null) : EventData;
/// <summary>A further picture as it is shown.</summary>
public sealed record DesignPicture(int Width, int Height, IReadOnlyList<MediaVariant> Variants, string DominantColor);
public sealed record MediaVariant(int Width, int Height, string FileKey, long Bytes);
public sealed record DesignPublished : EventData;
public sealed record DesignHeld(string Reason) : EventData;
public sealed record DesignRefused(string Code, string Reason) : EventData;
public sealed record DesignWithdrawn(string Reason) : EventData;
/// <param name="Stage">Name users see, from <see cref="DesignStage"/>.</param>
/// <param name="WaitsFor">What the design waits for now, in plain words; null when nothing.</param>
/// <param name="Then">What happens by itself at <paramref name="Until"/>.</param>
public sealed record StageEntered(DesignStage Stage, Party Turn, string? WaitsFor, DateTimeOffset? Until, string? Then, string? RelatedId) : EventData;
public sealed record LifecycleEnded(DesignStage Stage, string Reason) : EventData;

// Contest
/// <param name="SeedSha256">SHA-256 (hex) of the seed that draws ties: committed before the first entry, shown with the tally.</param>
public sealed record ContestOpened(string ContestId, string Title, string Brief, string Category, ContestRules Rules,
    DateTimeOffset OpensAt, DateTimeOffset SubmissionsCloseAt, DateTimeOffset VotingOpensAt, DateTimeOffset VotingClosesAt, DateTimeOffset DecidedAt, string? SeedSha256 = null, string Zone = "UTC") : EventData;
public sealed record ContestPhaseChanged(string ContestId, string Phase, string? Reason = null) : EventData;
public sealed record ContestEntered(string ContestId, string CreatorId, string DesignVersionHash) : EventData;
/// <param name="TallyHash">SHA-256 (hex) of the canonical ballot file that was frozen at the close.</param>
/// <param name="Seed">What drew the ties; its hash is that of <see cref="ContestOpened"/>.</param>
public sealed record ContestTallied(string ContestId, string TallyHash, int Ballots, IReadOnlyList<ContestRank> Ranking, string? Seed = null) : EventData;
public sealed record ContestRank(int Rank, string DesignId, string CreatorId, int Ballots, double Score, string Reason);
public sealed record ContestDecided(string ContestId, string? WinnerDesignId) : EventData;
public sealed record BadgeAwarded(string CreatorId, string Badge, string ContestId) : EventData;
public sealed record SpotlightOpened(string ContestId) : EventData;

// Bids
public sealed record BiddingOpened(DateTimeOffset ClosesAt, DateTimeOffset DecideBy, int FloorBasisPoints) : EventData;
public sealed record BidLodged(string BidId, string SellerId, string Receipt) : EventData;
public sealed record BidWithdrawn(string BidId) : EventData;
public sealed record BidsRevealed(IReadOnlyList<RevealedBid> Bids) : EventData;
public sealed record RevealedBid(string BidId, string SellerId, DateTimeOffset LodgedAt, int Rank, BidTerms Terms, string? Nonce = null);
public sealed record BidAccepted(string BidId, string SellerId, bool Automatic) : EventData;
public sealed record BiddingLapsed(string Reason) : EventData;
public sealed record StandbyOffered(string BidId, string SellerId, DateTimeOffset Until) : EventData;
public sealed record StandbyAnswered(string BidId, string SellerId, bool Accepted, bool TimedOut) : EventData;

// Licence
public sealed record LicenceDrafted(LicenceTerms Terms, string BidId, string TermsHash) : EventData;
public sealed record LicenceSent(string LicenceId, string EnvelopeId, DateTimeOffset ExpiresAt) : EventData;
public sealed record LicenceReminderSent(string LicenceId, int Number) : EventData;
public sealed record LicencePartySigned(string LicenceId, string UserId, DateTimeOffset SignedAt) : EventData;
public sealed record LicenceInForce(string LicenceId, DateTimeOffset EffectiveAt, DateTimeOffset EndsAt, string SealedCopyKey, string SealedCopySha256) : EventData;
/// <param name="Outcome">Declined, Expired or Voided: kept apart.</param>
public sealed record LicenceNotSigned(string LicenceId, string Outcome, string? Reason) : EventData;
public sealed record LicenceEnded(string LicenceId, string Reason) : EventData;

// Sourcing
public sealed record RfqOpened(string RfqId, string LicenceId, string SellerId, int Quantity, string Specification) : EventData;
/// <param name="HandOffLink">For a hand-off: the prepared link at the other platform; null where the network delivers.</param>
public sealed record SupplierInvited(string RfqId, Supplier Supplier, DateTimeOffset ReplyBy, string? HandOffLink, bool Fallback) : EventData;
public sealed record SupplierInvitationChanged(string RfqId, string SupplierId, InvitationState State, DateTimeOffset? Until, string? Reason) : EventData;
public sealed record QuoteReceived(string RfqId, Quote Quote) : EventData;
public sealed record QuoteStale(string RfqId, string QuoteId) : EventData;
public sealed record QuoteApproved(string RfqId, string QuoteId, string SupplierId, int Quantity, Money UnitPrice, Money Total) : EventData;
public sealed record RfqClosed(string RfqId, string Reason) : EventData;
public sealed record CreatorToldOfDelay(string RfqId, string Message) : EventData;

// Production
public sealed record OrderPlaced(string OrderId, string RfqId, string QuoteId, Supplier Supplier, int Quantity, Money UnitPrice, Money Total, Money Deposit, string? ProviderReference) : EventData;
public sealed record OrderPaymentConfirmed(string OrderId, string Payment, Money Amount) : EventData;
public sealed record MilestoneReached(string OrderId, Milestone Milestone, DateTimeOffset At, string? Note) : EventData;
public sealed record InspectionRecorded(string OrderId, int Number, InspectionFindings Findings, SamplingPlan Plan, bool Passed) : EventData;
public sealed record GoodsReceived(string OrderId, Receipt Receipt) : EventData;
public sealed record OrderClosed(string OrderId) : EventData;
public sealed record OrderCanceled(string OrderId, string Reason) : EventData;

// Listing
public sealed record ListingOpened(string ListingId, string LicenceId, string SellerId, string SellerAccountId, string Sku, string Marketplace) : EventData;
public sealed record ListingSubmitted(string ListingId, string Title, Money Price, int Quantity, string? SubmissionId) : EventData;
public sealed record ListingIssuesFound(string ListingId, IReadOnlyList<ListingIssue> Issues) : EventData;
public sealed record ListingIssue(string Code, string Severity, string Message);
public sealed record ListingBuyable(string ListingId, string Asin) : EventData;
public sealed record ListingPriceChanged(string ListingId, Money Price) : EventData;
public sealed record ListingStockChanged(string ListingId, int Quantity) : EventData;
public sealed record ListingEnded(string ListingId, string Reason) : EventData;

// Royalties
public sealed record StatementDrafted(string StatementId, string LicenceId, int Period, DateTimeOffset From, DateTimeOffset To, DateTimeOffset QueryUntil, Money Gross, Money Fee, Money Net) : EventData;
public sealed record StatementLineQueried(string StatementId, int Line, string QueryId, string Text) : EventData;
public sealed record StatementQueryAnswered(string StatementId, string QueryId, string Answer) : EventData;
public sealed record StatementFinalized(string StatementId, string LicenceId, string Sha256, Money Gross, Money Fee, Money Net) : EventData;
public sealed record RoyaltyCollected(string StatementId, string ProviderReference, Money Amount) : EventData;
public sealed record RoyaltyCollectionFailed(string StatementId, string Code, Money Amount) : EventData;

// Payouts
public sealed record PayoutMethodChanged(string PayeeId, string Method) : EventData;
public sealed record PayoutHeld(string PayeeId, string Reason, Money Balance) : EventData;
public sealed record PayoutReleased(string PayeeId, string Reason) : EventData;
public sealed record PayoutPrepared(string PayoutId, string PayeeId, Money Amount, string PayloadHash, IReadOnlyList<string> StatementIds) : EventData;
/// <summary>The first of two people approved: nothing is sent before the second did.</summary>
public sealed record PayoutApprovedByFirst(string PayoutId, string PayloadHash) : EventData;
public sealed record PayoutApproved(string PayoutId, string PayloadHash) : EventData;
public sealed record PayoutSent(string PayoutId, int Attempt, string ProviderReference) : EventData;
public sealed record PayoutUnclaimed(string PayoutId) : EventData;
public sealed record PayoutConfirmed(string PayoutId, Money ProviderFee, DateTimeOffset At) : EventData;
public sealed record PayoutReturned(string PayoutId, string Reason) : EventData;
public sealed record PayoutRefused(string PayoutId, int Attempt, string Code) : EventData;

// Operator
public sealed record NeedsAttentionRaised(string WorkflowId, string Step, string FailureType, string Message) : EventData;
public sealed record NeedsAttentionResolved(string WorkflowId, string Step, string Resolution, string Reason) : EventData;
