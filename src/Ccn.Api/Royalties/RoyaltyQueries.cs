using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Royalties;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Royalties;

public sealed record StatementSummary(string StatementId, string DesignId, string LicenceId, int Period, DateTimeOffset? From, DateTimeOffset? To, StatementState State, DateTimeOffset? QueryUntil, Money Gross, Money Fee, Money Net, string? Sha256,
    DateTimeOffset? FinalizedAt, DateTimeOffset? CollectedAt);

/// <summary>A statement with the provenance of every line: order line, terms version, formula.</summary>
public sealed record StatementDetail(StatementSummary Statement, IReadOnlyList<StatementLineView> Lines, IReadOnlyList<LineQuery> Queries, string? CollectionFailure);
public sealed record StatementLineView(int Line, StatementLineKind Kind, int Units, Money Base, Money Amount, string Formula, int TermsVersion, string? OrderId, string? SaleLineId, string? RefundLineId);
public sealed record LineQuery(string QueryId, int Line, string Text, DateTimeOffset? AskedAt, string? Answer, DateTimeOffset? AnsweredAt);

public sealed class RoyaltyQueries(CcnDbContext db, CurrentUser user)
{
    public async Task<IReadOnlyList<StatementSummary>> ListAsync(string? licenceId, CancellationToken cancel)
    {
        var rows = await Mine().Where(statement => licenceId == null || statement.LicenceId == licenceId).OrderByDescending(statement => statement.From).ThenBy(statement => statement.Id).Take(500).ToListAsync(cancel);
        return [.. rows.Select(Summary)];
    }

    public async Task<StatementDetail> GetAsync(string statementId, CancellationToken cancel)
    {
        var statement = await Mine().SingleOrDefaultAsync(row => row.Id == statementId, cancel) ?? throw ProblemException.NotFound("statement");
        var lines = await db.StatementLines.AsNoTracking().Where(line => line.StatementId == statementId).OrderBy(line => line.Line).ToListAsync(cancel);
        var queries = await db.StatementQueries.AsNoTracking().Where(query => query.StatementId == statementId).OrderBy(query => query.AskedAt).ToListAsync(cancel);
        return new(Summary(statement),
            [.. lines.Select(line => new StatementLineView(line.Line, line.Kind, line.Units, line.Base, line.Amount, line.Formula, line.TermsVersion, line.OrderId, line.SaleLineId, line.RefundLineId))],
            [.. queries.Select(query => new LineQuery(query.Id, query.Line, query.Text, query.AskedAt, query.Answer, query.AnsweredAt))], statement.CollectionFailure);
    }

    /// <summary>The exact bytes whose hash is on the statement.</summary>
    public async Task<byte[]> DocumentAsync(string statementId, CancellationToken cancel)
    {
        if (!await Mine().AnyAsync(row => row.Id == statementId, cancel)) { throw ProblemException.NotFound("statement"); }

        return await db.StatementDocuments.AsNoTracking().Where(document => document.StatementId == statementId).Select(document => document.Content).SingleOrDefaultAsync(cancel)
            ?? throw new ProblemException(ProblemCode.StatementNotFinal, "The statement is not final yet.");
    }

    // The creator's and the seller's own; staff see all.
    private IQueryable<StatementView> Mine()
    {
        var (reader, staff) = (user.Id, user.IsStaff);
        return db.Statements.AsNoTracking().Where(statement => staff || db.Licences.Any(licence => licence.Id == statement.LicenceId && (licence.CreatorId == reader || licence.SellerId == reader)));
    }

    internal static StatementSummary Summary(StatementView row) =>
        new(row.Id, row.DesignId, row.LicenceId, row.Period, row.From, row.To, row.State, row.QueryUntil, row.Gross, row.Fee, row.Net, row.Sha256, row.FinalizedAt, row.CollectedAt);
}
