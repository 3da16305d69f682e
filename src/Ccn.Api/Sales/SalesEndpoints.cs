using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Workflows.Sales;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Sales;

internal static class SalesEndpoints
{
    public static void MapSales(this IEndpointRouteBuilder app)
    {
        var sales = app.MapGroup("/v1/sales").WithTags("Sales");
        sales.MapGet("/", ListAsync).RequireAuthorization().WithName("ListSales").Refuses(ProblemCode.CursorInvalid, ProblemCode.NotFound);
        sales.MapPost("/pull", PullAsync).RequireAuthorization(Roles.Seller).WithName("PullSales").AnswersOncePerKey().Refuses(ProblemCode.NotFound);
        sales.MapPut("/intakes/{sellerAccountId}/interval", ChangeIntervalAsync).RequireAuthorization(Roles.Ops).WithName("ChangeIntakeInterval").Refuses(ProblemCode.StateConflict, ProblemCode.ProviderUnavailable);
    }

    /// <summary>Sales under a licence, newest first.</summary>
    /// <remarks>For its two parties and staff.</remarks>
    internal static async Task<Ok<Page<SaleSummary>>> ListAsync(string licenceId, int? limit, string? cursor, SalesQueries sales, CancellationToken cancel) => TypedResults.Ok(await sales.ForLicenceAsync(licenceId, limit, cursor, cancel));

    /// <summary>Reads the seller's newest orders now.</summary>
    /// <remarks>They are read by themselves every quarter of an hour.</remarks>
    internal static async Task<Ok<SalesPulled>> PullAsync([FromHeader(Name = IdempotencyKey.Header)] string? key, SalesCommands sales) => TypedResults.Ok(await sales.PullAsync(key));

    /// <summary>Changes how often a seller account's orders and finance events are pulled.</summary>
    /// <remarks>Takes effect at once; Amazon's notices still pull early.</remarks>
    internal static async Task<NoContent> ChangeIntervalAsync(string sellerAccountId, IntervalBody body, SalesCommands sales)
    {
        await sales.ChangeIntervalAsync(sellerAccountId, body);
        return TypedResults.NoContent();
    }
}

/// <param name="Minutes">From 1 to 10,080, a week.</param>
public sealed record IntervalBody(int Minutes);
