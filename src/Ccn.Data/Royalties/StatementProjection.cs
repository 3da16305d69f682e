using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Royalties;

/// <summary>Heads of statements and the questions about them.</summary>
internal static class StatementProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var statementId = e.Data switch
        {
            StatementDrafted drafted => drafted.StatementId,
            StatementLineQueried queried => queried.StatementId,
            StatementQueryAnswered answered => answered.StatementId,
            StatementFinalized finalized => finalized.StatementId,
            RoyaltyCollected collected => collected.StatementId,
            RoyaltyCollectionFailed failed => failed.StatementId,
            _ => null,
        };
        if (statementId is null) { return; }

        var statement = await db.Statements.RowAsync(() => new() { Id = statementId }, cancel, statementId);
        if (e.DesignId is not null) { statement.DesignId = e.DesignId; }

        await RecordAsync(db, statement, e, cancel);
        await db.StatementQueries.Where(q => q.StatementId == statementId).LoadAsync(cancel);
        var inQuery = db.StatementQueries.Local.Any(q => q.StatementId == statementId && q.AskedAt is not null && q.AnsweredAt is null);
        statement.State = statement.FinalizedAt is not null ? StatementState.Final : inQuery ? StatementState.InQuery : StatementState.Draft;
    }

    private static async Task RecordAsync(CcnDbContext db, StatementView statement, StoredEvent e, CancellationToken cancel)
    {
        switch (e.Data)
        {
            case StatementDrafted drafted when e.Stamp.Follows(statement.DraftStamp):
                (statement.DraftStamp, statement.DraftedAt, statement.LicenceId, statement.Period) = (e.Stamp, e.OccurredAt, drafted.LicenceId, drafted.Period);
                (statement.From, statement.To, statement.QueryUntil) = (drafted.From.ToUniversalTime(), drafted.To.ToUniversalTime(), drafted.QueryUntil.ToUniversalTime());
                if (statement.FinalizedAt is null) { SetAmounts(statement, drafted.Gross, drafted.Fee, drafted.Net); }

                break;
            case StatementFinalized finalized:
                (statement.FinalizedAt, statement.LicenceId, statement.Sha256) = (e.OccurredAt, finalized.LicenceId, finalized.Sha256);
                SetAmounts(statement, finalized.Gross, finalized.Fee, finalized.Net);
                break;
            case StatementLineQueried queried:
            {
                var query = await QueryAsync(db, queried.QueryId, statement.Id, cancel);
                (query.AskedAt, query.Line, query.Text) = (e.OccurredAt, queried.Line, queried.Text);
                break;
            }

            case StatementQueryAnswered answered:
            {
                var query = await QueryAsync(db, answered.QueryId, statement.Id, cancel);
                (query.AnsweredAt, query.AnsweredBy, query.Answer) = (e.OccurredAt, e.ActorId, answered.Answer);
                break;
            }

            case RoyaltyCollected collected when e.Stamp.Follows(statement.CollectionStamp):
                (statement.CollectionStamp, statement.CollectedAt, statement.CollectionReference, statement.CollectionFailure) = (e.Stamp, e.OccurredAt, collected.ProviderReference, null);
                break;
            case RoyaltyCollectionFailed failed when e.Stamp.Follows(statement.CollectionStamp):
                (statement.CollectionStamp, statement.CollectedAt, statement.CollectionReference, statement.CollectionFailure) = (e.Stamp, null, null, failed.Code);
                break;
        }
    }

    private static void SetAmounts(StatementView statement, Money gross, Money fee, Money net) =>
        (statement.GrossMinor, statement.FeeMinor, statement.NetMinor, statement.Currency) = (gross.MinorUnits, fee.MinorUnits, net.MinorUnits, net.Currency);

    private static async Task<StatementQueryView> QueryAsync(CcnDbContext db, string queryId, string statementId, CancellationToken cancel)
    {
        var query = await db.StatementQueries.RowAsync(() => new() { Id = queryId }, cancel, queryId);
        query.StatementId = statementId;
        return query;
    }
}
