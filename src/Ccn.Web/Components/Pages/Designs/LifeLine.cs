using Ccn.Api.Designs;
using Ccn.Domain.Lifecycle;
using Ccn.Web.Components.Parts;

namespace Ccn.Web.Components.Pages.Designs;

/// <summary>One line of the life cycle as it is told.</summary>
/// <param name="Stage">The stage that began; null for what happened within one.</param>
public sealed record LifeLine(DateTimeOffset At, DesignStage? Stage, string Text, string? Detail);

/// <summary>A design's life up to an instant: what happened, and what it waited for then.</summary>
public sealed class LifeStory
{
    // Said by the stage that begins with it.
    private static readonly string[] SaidByStages = ["design.stage_entered", "design.published", "contest.entered"];

    // Said by the event that ends with it.
    private static readonly DesignStage[] SaidByEvents = [DesignStage.Submitted, DesignStage.Ended, DesignStage.Withdrawn, DesignStage.Refused];

    /// <param name="upTo">What happened later is left out.</param>
    /// <param name="whole">With every wait within a stage, as the parties see it; visitors see the stages.</param>
    public LifeStory(IReadOnlyList<TimelineEntry> entries, IReadOnlyList<StagePassage> stages, DateTimeOffset upTo, bool whole)
    {
        Stages = [.. stages.Where(stage => stage.At <= upTo)];
        Lines = [.. entries.Where(entry => entry.At <= upTo && !SaidByStages.Contains(entry.Type, StringComparer.Ordinal)).Select(entry => new LifeLine(entry.At, null, entry.Summary, null))
            .Concat(Stages.Select((stage, place) => LineOf(stage, begins: place == 0 || Stages[place - 1].Stage != stage.Stage, whole)).OfType<LifeLine>())
            .OrderBy(line => line.At).ThenBy(line => line.Stage is null ? 0 : 1)];
    }

    public IReadOnlyList<StagePassage> Stages { get; }

    public IReadOnlyList<LifeLine> Lines { get; }

    /// <summary>Where it stood then; null before it was submitted.</summary>
    public StagePassage? Last => Stages.Count == 0 ? null : Stages[^1];

    private LifeLine? LineOf(StagePassage stage, bool begins, bool whole)
    {
        if (SaidByEvents.Contains(stage.Stage) || (!begins && !whole)) { return null; }

        var wait = whole && stage.WaitsFor is { } what ? $"{(stage == Last ? "Waits" : "Waited")} for {what}" : null;
        return begins ? new(stage.At, stage.Stage, StageWords.Of(stage.Stage), wait) : new(stage.At, null, wait ?? StageWords.Of(stage.Stage), null);
    }
}
