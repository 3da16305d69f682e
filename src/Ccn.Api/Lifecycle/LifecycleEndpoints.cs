using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Lifecycle;

internal static class LifecycleEndpoints
{
    public static void MapLifecycle(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/templates", ListTemplates).AllowAnonymous().WithTags("Lifecycle").WithName("ListTemplates");
        app.MapGet("/v1/board", BoardAsync).RequireAuthorization(Roles.Ops).WithTags("Operations").WithName("GetBoard");
        app.MapGet("/v1/parked-steps", ParkedAsync).RequireAuthorization(Roles.Ops).WithTags("Operations").WithName("ListParkedSteps");
        app.MapPost("/v1/parked-steps/resolution", ResolveAsync).RequireAuthorization(Roles.Ops).WithTags("Operations").WithName("ResolveParkedStep").AnswersOncePerKey();
    }

    /// <summary>The published life-cycle templates: stages, timers, thresholds.</summary>
    internal static Ok<IReadOnlyList<LifecycleTemplate>> ListTemplates() => TypedResults.Ok(Templates.All);

    /// <summary>Every running design: whose turn it is, since when, until when, and what happens then by itself.</summary>
    internal static async Task<Ok<IReadOnlyList<BoardRow>>> BoardAsync(LifecycleQueries lifecycle, CancellationToken cancel) => TypedResults.Ok(await lifecycle.BoardAsync(cancel));

    /// <summary>Steps that failed for good and wait for an operator.</summary>
    internal static async Task<Ok<IReadOnlyList<ParkedRow>>> ParkedAsync(LifecycleQueries lifecycle, CancellationToken cancel) => TypedResults.Ok(await lifecycle.ParkedAsync(cancel));

    /// <summary>Runs a parked step again, or gives it up.</summary>
    /// <remarks>The workflow goes on either way.</remarks>
    internal static async Task<NoContent> ResolveAsync(ResolutionBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, LifecycleCommands lifecycle)
    {
        await lifecycle.ResolveAsync(body, key);
        return TypedResults.NoContent();
    }
}

public sealed record ResolutionBody(string WorkflowId, string Step, StepResolution Resolution, string Reason);
