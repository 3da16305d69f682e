using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Data;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Moderation;

/// <summary>A design that waits for a moderator, with what is needed to decide.</summary>
/// <param name="Reason">Why it was held.</param>
/// <param name="CreatorPublished">Designs of the same creator that are or were public.</param>
/// <param name="CreatorRefused">Designs of the same creator that were refused.</param>
public sealed record HeldDesign(DesignSummary Design, string CreatorName, string CreatorHandle, string Description, string? Reason, DateTimeOffset? Since, int? Width, int? Height, string Sha256, int CreatorPublished, int CreatorRefused);

/// <summary>A design that was held and is decided.</summary>
public sealed record ModeratedDesign(string DesignId, string Title, DesignStage Stage, string? HeldBecause, string? Outcome, string? Moderator, DateTimeOffset HeldAt, DateTimeOffset? DecidedAt);

/// <summary>The moderators' desk.</summary>
public sealed class ModerationQueries(CcnDbContext db, CurrentUser user)
{
    private static readonly string[] Decisions = ["design.published", "design.refused", "design.withdrawn"];

    /// <summary>Oldest first: whoever waits longest is looked at first.</summary>
    public async Task<IReadOnlyList<HeldDesign>> QueueAsync(CancellationToken cancel)
    {
        user.Require(Roles.Moderator);
        var rows = await (from design in db.Designs.AsNoTracking()
                          where design.Stage == DesignStage.Held && design.SubmittedAt != null
                          join creator in db.Users.AsNoTracking() on design.CreatorId equals creator.Id
                          orderby design.StageSince, design.Id
                          select new
                          {
                              Design = design, creator.DisplayName, creator.Handle,
                              Published = db.Designs.Count(other => other.CreatorId == design.CreatorId && other.PublishedAt != null),
                              Refused = db.Designs.Count(other => other.CreatorId == design.CreatorId && other.Stage == DesignStage.Refused),
                          }).Take(100).ToListAsync(cancel);
        return [.. rows.Select(row => new HeldDesign(DesignQueries.Summary(row.Design), row.DisplayName, row.Handle, row.Design.Description, row.Design.HiddenReason, row.Design.StageSince, row.Design.Width, row.Design.Height,
            row.Design.Sha256, row.Published, row.Refused))];
    }

    /// <summary>What was decided lately, newest first.</summary>
    public async Task<IReadOnlyList<ModeratedDesign>> DecidedAsync(CancellationToken cancel)
    {
        user.Require(Roles.Moderator);
        var holds = await db.BusinessEvents.AsNoTracking().Where(row => row.Type == "design.held").OrderByDescending(row => row.Sequence).Take(50).ToListAsync(cancel);
        var ids = holds.Select(row => row.DesignId).OfType<string>().Distinct().ToList();
        var decisions = await db.BusinessEvents.AsNoTracking().Where(row => row.DesignId != null && ids.Contains(row.DesignId) && Decisions.Contains(row.Type)).OrderBy(row => row.Sequence).ToListAsync(cancel);
        var designs = await db.Designs.AsNoTracking().Where(design => ids.Contains(design.Id) && design.Stage != DesignStage.Held).ToDictionaryAsync(design => design.Id, design => new { design.Title, design.Stage }, cancel);
        var actors = decisions.Select(row => row.ActorId).OfType<string>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(account => actors.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel);
        return
        [
            .. from hold in holds
               let id = hold.DesignId ?? ""
               where designs.ContainsKey(id)
               let decision = decisions.FirstOrDefault(row => row.DesignId == id && row.Sequence > hold.Sequence)
               let design = designs[id]
               select new ModeratedDesign(id, design.Title, design.Stage, (hold.Data as DesignHeld)?.Reason, decision is null ? null : Outcome(decision.Data),
                   decision?.ActorId is { } actor ? names.GetValueOrDefault(actor, actor) : null, hold.OccurredAt, decision?.OccurredAt),
        ];
    }

    private static string? Outcome(EventData data) => data switch
    {
        DesignPublished => "Published",
        DesignRefused refused => $"Refused: {refused.Reason}",
        DesignWithdrawn withdrawn => $"Withdrawn by the creator: {withdrawn.Reason}",
        _ => null,
    };
}
