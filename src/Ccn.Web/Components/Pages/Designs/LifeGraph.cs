using Ccn.Api.Designs;
using Ccn.Domain.Lifecycle;
using Ccn.Web.Components.Parts;

namespace Ccn.Web.Components.Pages.Designs;

/// <summary>A stage in the drawing of the life cycle, in the drawing's own units.</summary>
/// <param name="State"><c>done</c>, <c>current</c> or empty for what may still come.</param>
public sealed record GraphNode(string Label, int X, int Y, string State);

/// <param name="State"><c>done</c> when the design went this way; <c>back</c> for a way round.</param>
public sealed record GraphEdge(string Path, string State);

/// <summary>Lays the standard life cycle out as a winding path, narrow enough for a phone.</summary>
public sealed class LifeGraph
{
    public const int NodeWidth = 104, NodeHeight = 40, Width = 368, Height = 284;

    private const int Columns = 3, StepX = 130, StepY = 80, Margin = 2, Arrow = 6;

    private static readonly DesignStage[] Way =
    [
        DesignStage.Submitted, DesignStage.Published, DesignStage.InContest, DesignStage.Won, DesignStage.OpenToBids, DesignStage.Licensing,
        DesignStage.Licensed, DesignStage.Sourcing, DesignStage.InProduction, DesignStage.Listed, DesignStage.Selling, DesignStage.Ended,
    ];

    public LifeGraph(IReadOnlyList<StagePassage> stages)
    {
        var last = stages.Count == 0 ? (DesignStage?)null : stages[^1].Stage;
        var visited = stages.Select(stage => Place(stage.Stage)).ToHashSet();
        var current = last is { } stage ? Place(stage) : -1;
        Nodes = [.. Way.Select((usual, place) => new GraphNode(StageWords.Of(place == current ? last!.Value : usual), X(place), Y(place), place == current ? "current" : visited.Contains(place) ? "done" : ""))];

        var steps = stages.Select(stage => Place(stage.Stage)).ToArray();
        var gone = steps.Zip(steps.Skip(1)).ToHashSet();
        var edges = Enumerable.Range(0, Way.Length - 1).Select(place => Edge(place, place + 1, gone)).ToList();

        // A design may skip the contest.
        edges.Add(Edge(Place(DesignStage.Published), Place(DesignStage.OpenToBids), gone));
        Edges = edges;
        Label = last is { } now ? $"The life cycle, {Way.Length} stages. The design is at: {StageWords.Of(now)}." : $"The life cycle, {Way.Length} stages.";
    }

    public IReadOnlyList<GraphNode> Nodes { get; }

    public IReadOnlyList<GraphEdge> Edges { get; }

    /// <summary>The drawing in one sentence.</summary>
    public string Label { get; }

    // What is off the way stands where the way was left.
    private static int Place(DesignStage stage) => Array.IndexOf(Way, stage switch
    {
        DesignStage.Held => DesignStage.Submitted,
        DesignStage.NotSelected => DesignStage.Published,
        DesignStage.Withdrawn or DesignStage.Refused => DesignStage.Ended,
        _ => stage,
    });

    private static int X(int place) => Margin + (StepX * (place / Columns % 2 == 0 ? place % Columns : Columns - 1 - (place % Columns)));

    private static int Y(int place) => Margin + (StepY * (place / Columns));

    private static GraphEdge Edge(int from, int to, HashSet<(int From, int To)> gone)
    {
        var (x1, y1, x2, y2) = (X(from), Y(from), X(to), Y(to));
        var path = y1 != y2 ? FormattableString.Invariant($"M{x1 + (NodeWidth / 2)} {y1 + NodeHeight}V{y2 - Arrow}")
            : x1 < x2 ? FormattableString.Invariant($"M{x1 + NodeWidth} {y1 + (NodeHeight / 2)}H{x2 - Arrow}")
            : FormattableString.Invariant($"M{x1} {y1 + (NodeHeight / 2)}H{x2 + NodeWidth + Arrow}");
        return new(path, gone.Contains((from, to)) ? "done" : to - from > 1 ? "back" : "");
    }
}
