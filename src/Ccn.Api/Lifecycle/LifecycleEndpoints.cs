using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

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

/// <summary>One running design: whose turn it is, since when, until when, and what happens then by itself.</summary>
public sealed record BoardRow(string DesignId, string Title, DesignStage Stage, Party Turn, string? WaitsFor, DateTimeOffset? Since, DateTimeOffset? Until, string? Then, string? RelatedId);
public sealed record ParkedRow(string WorkflowId, string Step, string? DesignId, string FailureType, string Message, DateTimeOffset? Since);

public sealed class LifecycleCommands(ITemporalClient temporal, CurrentUser user)
{
    /// <summary>An operator decides a parked step: run it again, or give it up, with a reason.</summary>
    public Task ResolveAsync(ResolutionBody body, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(body.WorkflowId, "workflowId", 300);
        errors.Text(body.Step, "step", 300);
        errors.Text(body.Reason, "reason", 2_000);
        errors.Throw();
        return temporal.GetWorkflowHandle(body.WorkflowId).ExecuteUpdateAsync("Resolve", [new ResolveStep(body.Step, body.Resolution, body.Reason, user.Id)], new(IdempotencyKey.For(key, user.Id)));
    }
}

public sealed class LifecycleQueries(CcnDbContext db)
{
    private static readonly DesignStage[] Over = [DesignStage.Ended, DesignStage.Withdrawn, DesignStage.Refused];

    public async Task<IReadOnlyList<BoardRow>> BoardAsync(CancellationToken cancel) =>
        await db.Designs.AsNoTracking().Where(design => !Over.Contains(design.Stage)).OrderBy(design => design.Until ?? DateTimeOffset.MaxValue).ThenBy(design => design.StageSince).ThenBy(design => design.Id).Take(1_000)
            .Select(design => new BoardRow(design.Id, design.Title, design.Stage, design.Turn, design.WaitsFor, design.StageSince, design.Until, design.Then, design.RelatedId)).ToListAsync(cancel);

    public async Task<IReadOnlyList<ParkedRow>> ParkedAsync(CancellationToken cancel) =>
        await db.ParkedSteps.AsNoTracking().Where(step => step.IsOpen).OrderBy(step => step.RaisedAt).Take(500)
            .Select(step => new ParkedRow(step.WorkflowId, step.Step, step.DesignId, step.FailureType, step.Message, step.RaisedAt)).ToListAsync(cancel);
}
