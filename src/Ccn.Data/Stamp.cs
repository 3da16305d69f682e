using System.Runtime.InteropServices;

namespace Ccn.Data;

/// <summary>
/// When an event happened, and its place in the store for events of the same instant (a workflow's clock stands still
/// within a task). A total order, so the newest event wins whichever is applied first.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Stamp(DateTimeOffset At, long Sequence)
{
    /// <summary>Whether this is newer than what a row already shows.</summary>
    public bool Follows(Stamp other) => At != other.At ? At > other.At : Sequence > other.Sequence;
}
