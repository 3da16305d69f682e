namespace Ccn.Host.Demo;

/// <summary>What the actors did and saw, in the order in which it happened.</summary>
internal sealed class Transcript
{
    private readonly Lock gate = new();
    private readonly List<TranscriptLine> lines = [];

    public IReadOnlyList<TranscriptLine> Lines { get { lock (gate) { return [.. lines]; } } }

    public void Add(TranscriptLine line)
    {
        lock (gate) { lines.Add(line); }
    }
}

/// <param name="At">In the time of the story.</param>
/// <param name="Result">What came of it; empty where nothing needs to be said.</param>
internal sealed record TranscriptLine(DateTimeOffset At, string Actor, string What, string Result)
{
    public override string ToString() => FormattableString.Invariant($"{At:yyyy-MM-dd HH:mm:ss}  {Actor,-22} {What}{(Result.Length == 0 ? "" : " -> " + Result)}");
}
