using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Sales;
using Ccn.Domain;
using Ccn.Workflows.Sales;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

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

/// <param name="ItemPrice">For all units together, without shipping and tax; null while Amazon has not told it.</param>
/// <param name="RefundedUnits">Units given back so far.</param>
public sealed record SaleSummary(string SaleLineId, string OrderId, string Sku, int Quantity, Money? ItemPrice, Money Promotions, DateTimeOffset OrderedAt, DateTimeOffset? ShippedAt, SaleLineState State, int RefundedUnits, IReadOnlyList<string> SourcesSeen);

/// <param name="Minutes">From 1 to 10,080, a week.</param>
public sealed record IntervalBody(int Minutes);

public sealed class SalesCommands(ITemporalClient temporal, CcnDbContext db, CurrentUser user)
{
    private const int LongestInterval = 7 * 24 * 60;

    /// <summary>Pulls the seller's newest orders now instead of at the next interval.</summary>
    public async Task<SalesPulled> PullAsync(string? key)
    {
        var seller = user.Id;
        var account = await db.SellerAccounts.AsNoTracking().Where(row => row.SellerId == seller).Select(row => row.Id).SingleOrDefaultAsync() ?? throw ProblemException.NotFound("seller account");
        return await Intake(account).ExecuteUpdateAsync(wf => wf.PullNowAsync(new(seller)), new(IdempotencyKey.For(key, seller)));
    }

    /// <summary>Pulls an account's sales more or less often from now on: when Amazon throttles, or when nothing sells.</summary>
    public Task ChangeIntervalAsync(string sellerAccountId, IntervalBody body)
    {
        if (body.Minutes is < 1 or > LongestInterval) { throw new ProblemException(ProblemCode.RequestInvalid, "Sales are pulled at least once a week and at most once a minute."); }

        return Intake(sellerAccountId).SignalAsync(wf => wf.ChangeIntervalAsync(new(TimeSpan.FromMinutes(body.Minutes))));
    }

    private WorkflowHandle<SalesIntakeWorkflow> Intake(string sellerAccountId) => temporal.GetWorkflowHandle<SalesIntakeWorkflow>(SalesIntakeWorkflow.IdFor(sellerAccountId));
}

public sealed class SalesQueries(CcnDbContext db, CurrentUser user)
{
    /// <summary>Sales of a licence, newest first: for both parties and staff.</summary>
    public async Task<Page<SaleSummary>> ForLicenceAsync(string licenceId, int? asked, string? cursor, CancellationToken cancel)
    {
        var (reader, staff, limit) = (user.Id, user.IsStaff, Cursor.Limit(asked));
        if (!await db.Licences.AnyAsync(licence => licence.Id == licenceId && (staff || licence.CreatorId == reader || licence.SellerId == reader), cancel)) { throw ProblemException.NotFound("licence"); }

        var rows = db.SaleLines.AsNoTracking().Where(line => line.LicenceId == licenceId);
        if (Cursor.Parse(cursor) is { } after) { rows = rows.Where(line => line.OrderedAt < after.At || (line.OrderedAt == after.At && string.Compare(line.Id, after.Id) < 0)); }

        var page = await rows.OrderByDescending(line => line.OrderedAt).ThenByDescending(line => line.Id).Take(limit + 1).ToListAsync(cancel);
        var ids = page.Select(line => line.Id).ToList();
        var refunds = await db.RefundLines.AsNoTracking().Where(refund => refund.SaleLineId != null && ids.Contains(refund.SaleLineId)).GroupBy(refund => refund.SaleLineId!)
            .Select(group => new { group.Key, Units = group.Sum(refund => refund.Units) }).ToDictionaryAsync(group => group.Key, group => group.Units, cancel);
        return Page.Of([.. page.Select(line => new SaleSummary(line.Id, line.MarketplaceOrderId, line.Sku, line.Quantity, line.ItemPrice, line.Promotions, line.OrderedAt, line.ShippedAt, line.State,
            refunds.GetValueOrDefault(line.Id), line.SourcesSeen))], limit, line => new(line.OrderedAt, line.SaleLineId));
    }
}
