using Ccn.Domain;

namespace Ccn.Host.Demo;

/// <summary>What a journey left behind.</summary>
/// <param name="CorrectionStatementId">The statement with the returns; null when they were left out.</param>
internal sealed record JourneyResult(string DesignId, string ContestId, string LicenceId, string RfqId, string OrderId, string ListingId, string StatementId, string PayoutId, string? CorrectionStatementId,
    Money Gross, Money Fee, Money Payout);
