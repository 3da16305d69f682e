using Ccn.Data;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Lifecycle;

/// <summary>One running design: whose turn it is, since when, until when, and what happens then by itself.</summary>
public sealed record BoardRow(string DesignId, string Title, DesignStage Stage, Party Turn, string? WaitsFor, DateTimeOffset? Since, DateTimeOffset? Until, string? Then, string? RelatedId);

public sealed record ParkedRow(string WorkflowId, string Step, string? DesignId, string FailureType, string Message, DateTimeOffset? Since);

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
