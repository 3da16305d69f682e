using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Royalties;

internal static class RoyaltyEndpoints
{
    public static void MapRoyalties(this IEndpointRouteBuilder app)
    {
        var statements = app.MapGroup("/v1/statements").WithTags("Royalties");
        statements.MapGet("/", ListAsync).RequireAuthorization().WithName("ListStatements");
        statements.MapGet("/{statementId}", GetAsync).RequireAuthorization().WithName("GetStatement");
        statements.MapGet("/{statementId}/document", DocumentAsync).RequireAuthorization().WithName("DownloadStatement").Produces<Stream>(contentType: "application/json").Refuses(ProblemCode.StatementNotFinal);
        statements.MapGet("/{statementId}/csv", CsvAsync).RequireAuthorization().WithName("DownloadStatementCsv").Produces<Stream>(contentType: "text/csv");
        statements.MapGet("/{statementId}/pdf", PdfAsync).RequireAuthorization().WithName("DownloadStatementPdf").Produces<Stream>(contentType: "application/pdf");
        statements.MapPost("/{statementId}/queries", QueryAsync).RequireAuthorization(Roles.Creator).WithName("QueryStatementLine").AnswersOncePerContent();
        statements.MapPost("/{statementId}/queries/{queryId}/answer", AnswerAsync).RequireAuthorization(Roles.Finance).WithName("AnswerStatementQuery").AnswersOncePerKey();
    }

    /// <summary>Royalty statements, newest first.</summary>
    /// <remarks>The creator's and the seller's own; staff see all.</remarks>
    /// <param name="licenceId">Only those of one licence.</param>
    internal static async Task<Ok<IReadOnlyList<StatementSummary>>> ListAsync(string? licenceId, RoyaltyQueries royalties, CancellationToken cancel) => TypedResults.Ok(await royalties.ListAsync(licenceId, cancel));

    /// <summary>A statement with the source of every line.</summary>
    internal static async Task<Ok<StatementDetail>> GetAsync(string statementId, RoyaltyQueries royalties, CancellationToken cancel) => TypedResults.Ok(await royalties.GetAsync(statementId, cancel));

    /// <summary>A final statement as it was frozen.</summary>
    /// <remarks>The bytes whose SHA-256 is on the statement.</remarks>
    internal static async Task<FileContentHttpResult> DocumentAsync(string statementId, RoyaltyQueries royalties, CancellationToken cancel) =>
        TypedResults.Bytes(await royalties.DocumentAsync(statementId, cancel), "application/json", $"{statementId}.json");

    /// <summary>A statement's lines as a table file.</summary>
    /// <remarks>UTF-8 with commas. Amounts are plain numbers; text that a spreadsheet would run as a formula begins with an apostrophe.</remarks>
    internal static async Task<FileContentHttpResult> CsvAsync(string statementId, StatementReportQueries reports, CancellationToken cancel) =>
        TypedResults.Bytes(StatementCsv.Write(await reports.GetAsync(statementId, cancel)), "text/csv", $"{statementId}.csv");

    /// <summary>A statement as PDF, with the formula of every line.</summary>
    /// <remarks>A draft says that it is one.</remarks>
    internal static async Task<FileContentHttpResult> PdfAsync(string statementId, StatementReportQueries reports, CancellationToken cancel) =>
        TypedResults.Bytes(StatementPdf.Write(await reports.GetAsync(statementId, cancel)), "application/pdf", $"{statementId}.pdf");

    /// <summary>Asks about a line of a draft.</summary>
    /// <remarks>Until `queryUntil`. The statement becomes final when every query is answered.</remarks>
    internal static async Task<Created> QueryAsync(string statementId, LineQueryBody body, RoyaltyCommands royalties)
    {
        await royalties.QueryAsync(statementId, body);
        return TypedResults.Created($"/v1/statements/{statementId}");
    }

    /// <summary>Answers a creator's query.</summary>
    internal static async Task<NoContent> AnswerAsync(string statementId, string queryId, AnswerBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, RoyaltyCommands royalties)
    {
        await royalties.AnswerAsync(statementId, queryId, body.Answer, key);
        return TypedResults.NoContent();
    }
}

/// <param name="QueryId">The creator's own id of the question: a repeat is the same question.</param>
public sealed record LineQueryBody(string QueryId, int Line, string Text);
public sealed record AnswerBody(string Answer);
