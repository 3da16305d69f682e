using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Workflows.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Payouts;

internal static class PayoutEndpoints
{
    public static void MapPayouts(this IEndpointRouteBuilder app)
    {
        app.MapPut("/v1/me/payout-method", SetMethodAsync).RequireAuthorization(Roles.Creator).WithTags("Payouts").WithName("SetPayoutMethod");
        var payouts = app.MapGroup("/v1/payouts").WithTags("Payouts");
        payouts.MapGet("/", ListAsync).RequireAuthorization().WithName("ListPayouts");
        payouts.MapGet("/{payoutId}", GetAsync).RequireAuthorization().WithName("GetPayout");
        payouts.MapPost("/{payoutId}/approval", ApproveAsync).RequireAuthorization(Roles.Finance).WithName("ApprovePayout").AnswersOncePerKey();
        var payees = app.MapGroup("/v1/payees/{payeeId}").WithTags("Payouts");
        payees.MapGet("/status", StatusAsync).RequireAuthorization().WithName("GetPayeeStatus").Refuses(ProblemCode.ProviderUnavailable);
        payees.MapPost("/hold", HoldAsync).RequireAuthorization(Roles.Finance).WithName("HoldPayouts").AnswersOncePerKey();
        payees.MapPost("/release", ReleaseAsync).RequireAuthorization(Roles.Finance).WithName("ReleasePayouts").AnswersOncePerKey();
    }

    /// <summary>Says where the creator's money goes.</summary>
    /// <remarks>What was held for want of an address is prepared again.</remarks>
    internal static async Task<NoContent> SetMethodAsync(PayoutMethodBody body, PayoutCommands payouts, CancellationToken cancel)
    {
        await payouts.SetMethodAsync(body, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>The reader's payouts, newest first.</summary>
    /// <remarks>Finance, operations and admins see all.</remarks>
    internal static async Task<Ok<IReadOnlyList<PayoutSummary>>> ListAsync(PayoutQueries payouts, CancellationToken cancel) => TypedResults.Ok(await payouts.ListAsync(cancel));

    /// <summary>A payout with its state and the statements that it pays.</summary>
    /// <remarks>For its payee, finance, operations and admins.</remarks>
    internal static async Task<Ok<PayoutSummary>> GetAsync(string payoutId, PayoutQueries payouts, CancellationToken cancel) => TypedResults.Ok(await payouts.GetAsync(payoutId, cancel));

    /// <summary>What a payee's money waits for, live.</summary>
    /// <remarks>For the payee, finance and operations.</remarks>
    internal static async Task<Ok<WorkflowStatus>> StatusAsync(string payeeId, PayoutQueries payouts, CancellationToken cancel) => TypedResults.Ok(await payouts.StatusAsync(payeeId, cancel));

    /// <summary>Approves exactly the payout that was looked at, which sends it.</summary>
    /// <remarks>By its `payloadHash`. Nobody approves a payout to themselves. From the template's amount on it is sent after another person's approval too.</remarks>
    internal static async Task<NoContent> ApproveAsync(string payoutId, ApprovalBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, PayoutCommands payouts)
    {
        await payouts.ApproveAsync(payoutId, body.PayloadHash, key);
        return TypedResults.NoContent();
    }

    /// <summary>Stops a payee's payouts.</summary>
    /// <remarks>What is under way is not called back.</remarks>
    internal static async Task<NoContent> HoldAsync(string payeeId, ReasonBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, PayoutCommands payouts)
    {
        await payouts.HoldAsync(payeeId, body.Reason, key);
        return TypedResults.NoContent();
    }

    /// <summary>Lets a payee's payouts go on.</summary>
    internal static async Task<NoContent> ReleaseAsync(string payeeId, ReasonBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, PayoutCommands payouts)
    {
        await payouts.ReleaseAsync(payeeId, body.Reason, key);
        return TypedResults.NoContent();
    }
}

/// <param name="Provider"><c>paypal</c>.</param>
/// <param name="Receiver">The e-mail address of the PayPal account.</param>
public sealed record PayoutMethodBody(string Provider, string Receiver);

/// <param name="PayloadHash">Of exactly the payout that was looked at.</param>
public sealed record ApprovalBody(string PayloadHash);
