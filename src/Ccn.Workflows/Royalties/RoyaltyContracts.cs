using Ccn.Domain;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Royalties;

/// <summary>Input of <c>RoyaltyLoop</c> (<c>royalties/{licenceId}</c>): one run per statement period, continued as new.</summary>
/// <param name="Anchor">Start of the first period: the instant the licence came into force.</param>
/// <param name="Period">Number of this run's period, from 1.</param>
/// <param name="Carried">Royalty the seller still owes (or, negative, has to its credit) from earlier periods of this licence.</param>
public sealed record RoyaltyLoopInput(LicenceTerms Terms, RoyaltyRules Rules, PayoutRules Payouts, string Calendar, DateTimeOffset Anchor, DateTimeOffset EndsAt, int Period, Money? Carried = null);

/// <summary>Update <c>QueryLine</c> by the creator while the statement is a draft.</summary>
public sealed record QueryStatementLine(string QueryId, string CreatorId, int Line, string Text);
/// <summary>Update <c>AnswerQuery</c> by finance.</summary>
public sealed record AnswerStatementQuery(string QueryId, string FinanceId, string Answer);

public interface IRoyaltyActivities
{
    /// <summary>Computes the period's statement from the sale lines with the licence's engine. The same period again gives the same statement.</summary>
    [Activity("Royalties.Draft")]
    Task<StatementTotals> DraftAsync(DraftStatementInput input);

    /// <summary>Recomputes after answered queries, freezes the bytes, chains the hash and posts the journal. Repeats return the first answer.</summary>
    [Activity("Royalties.Finalize")]
    Task<FinalStatement> FinalizeAsync(FinalizeStatementInput input);

    /// <summary>Charges the seller for a final statement's royalty and fee. A decline is an answer.</summary>
    [Activity("Royalties.Collect")]
    Task<CollectionResult> CollectAsync(CollectInput input);
}

public sealed record DraftStatementInput(string StatementId, LicenceTerms Terms, int Period, DateTimeOffset From, DateTimeOffset To);
/// <param name="Gross">Royalty before fee and reserve; negative when returns outweigh sales.</param>
/// <param name="Net">What the creators are owed by this statement.</param>
public sealed record StatementTotals(string StatementId, int Units, int Returned, Money Sales, Money Gross, Money Fee, Money ReserveHeld, Money ReserveReleased, Money Net);
public sealed record FinalizeStatementInput(string StatementId, LicenceTerms Terms, int Period, DateTimeOffset From, DateTimeOffset To);
public sealed record FinalStatement(StatementTotals Totals, string Sha256, IReadOnlyList<PayeeShare> Shares);
public sealed record PayeeShare(string PayeeId, Money Amount);
public sealed record CollectInput(string IdempotencyKey, string StatementId, string SellerId, Money Amount);
public sealed record CollectionResult(bool Collected, string? ProviderReference, string? DeclineCode);
