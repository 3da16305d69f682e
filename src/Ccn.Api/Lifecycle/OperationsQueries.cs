using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Lifecycle;

/// <summary>A running design on the operators' board.</summary>
/// <param name="Age">How long it has waited.</param>
/// <param name="Share">Which part of the allowed time is over, 0 to 1; null for a wait without limit.</param>
/// <param name="Overdue">Its limit has passed and nothing happened: whatever should happen by itself did not.</param>
/// <param name="Parked">Steps of it that wait for an operator.</param>
public sealed record CourtRow(string DesignId, string Title, string CreatorName, DesignStage Stage, Party Turn, string? WaitsFor, DateTimeOffset? Since, TimeSpan? Age, DateTimeOffset? Until, double? Share, bool Overdue, string? Then,
    string? RelatedId, int Parked, string WorkflowId);

/// <summary>How many designs wait for a party, and how many of them past their limit.</summary>
public sealed record CourtCount(Party Turn, int Designs, int Overdue);

/// <param name="Counts">Over all designs, whatever the filter.</param>
public sealed record CourtBoard(IReadOnlyList<CourtRow> Rows, IReadOnlyList<CourtCount> Counts);

/// <param name="Resolution">Retry or Abandon; null while it is open.</param>
public sealed record ParkedItem(string WorkflowId, string Step, string? DesignId, string? DesignTitle, string FailureType, string Message, DateTimeOffset? Since, string? Resolution, string? Reason, string? ResolvedBy, DateTimeOffset? ResolvedAt);

/// <summary>The operators' desk.</summary>
public sealed class OperationsQueries(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    private const int Resolved = 50;

    private static readonly DesignStage[] Over = [DesignStage.Ended, DesignStage.Withdrawn, DesignStage.Refused];

    /// <summary>Overdue designs first, then by how much of the allowed time is over, then the longest waits.</summary>
    /// <param name="turn">Only those that wait for this party.</param>
    public async Task<CourtBoard> BoardAsync(Party? turn, CancellationToken cancel)
    {
        user.Require(Roles.Ops);
        var now = clock.GetUtcNow();
        var rows = await (from design in db.Designs.AsNoTracking()
                          where !Over.Contains(design.Stage) && design.SubmittedAt != null
                          join creator in db.Users.AsNoTracking() on design.CreatorId equals creator.Id
                          select new
                          {
                              design.Id, design.Title, creator.DisplayName, design.Stage, design.Turn, design.WaitsFor, design.StageSince, design.Until, design.Then, design.RelatedId,
                              Parked = db.ParkedSteps.Count(step => step.DesignId == design.Id && step.IsOpen),
                          }).Take(2_000).ToListAsync(cancel);
        var board = rows.Select(row => new CourtRow(row.Id, row.Title, row.DisplayName, row.Stage, row.Turn, row.WaitsFor, row.StageSince, now - row.StageSince, row.Until, ShareOf(row.StageSince, row.Until, now),
            row.Until < now, row.Then, row.RelatedId, row.Parked, DesignLifecycleWorkflow.IdFor(row.Id))).ToList();
        return new([.. board.Where(row => turn is null || row.Turn == turn).OrderByDescending(row => row.Parked > 0).ThenByDescending(row => row.Overdue).ThenByDescending(row => row.Share ?? -1).ThenBy(row => row.Since).ThenBy(row => row.DesignId, StringComparer.Ordinal)],
            [.. board.GroupBy(row => row.Turn).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => new CourtCount(group.Key, group.Count(), group.Count(row => row.Overdue)))]);
    }

    /// <summary>Steps that wait for an operator, oldest first.</summary>
    public Task<IReadOnlyList<ParkedItem>> ParkedAsync(CancellationToken cancel) => StepsAsync(open: true, cancel);

    /// <summary>What operators decided lately, newest first.</summary>
    public Task<IReadOnlyList<ParkedItem>> ResolvedAsync(CancellationToken cancel) => StepsAsync(open: false, cancel);

    private async Task<IReadOnlyList<ParkedItem>> StepsAsync(bool open, CancellationToken cancel)
    {
        user.Require(Roles.Ops);
        var steps = db.ParkedSteps.AsNoTracking().Where(step => step.IsOpen == open && step.RaisedAt != null);
        steps = open ? steps.OrderBy(step => step.RaisedAt) : steps.OrderByDescending(step => step.ResolvedAt).Take(Resolved);
        return await steps.Select(step => new ParkedItem(step.WorkflowId, step.Step, step.DesignId, db.Designs.Where(design => design.Id == step.DesignId).Select(design => design.Title).FirstOrDefault(), step.FailureType, step.Message, step.RaisedAt,
            open ? null : step.Resolution, open ? null : step.Reason, open ? null : db.Users.Where(account => account.Id == step.ResolvedBy).Select(account => account.DisplayName).FirstOrDefault(), open ? null : step.ResolvedAt)).ToListAsync(cancel);
    }

    private static double? ShareOf(DateTimeOffset? since, DateTimeOffset? until, DateTimeOffset now) =>
        since is { } from && until is { } to && to > from ? Math.Clamp((now - from) / (to - from), 0, 1) : null;
}
