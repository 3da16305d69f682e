namespace Ccn.TemporalServer.Clock;

/// <summary>One pending callback of a <see cref="ServerClock"/>. Disposing forgets it, so that it attracts no skip.</summary>
internal sealed class ClockTimer(ServerClock clock, DateTimeOffset due, long sequence, Action callback) : IDisposable
{
    /// <summary>Earlier due times first; equal ones in the order in which they were made.</summary>
    public static readonly IComparer<ClockTimer> ByDueTime = Comparer<ClockTimer>.Create(
        (a, b) => a.Due != b.Due ? a.Due.CompareTo(b.Due) : a.sequence.CompareTo(b.sequence));

    private readonly long sequence = sequence;

    /// <summary>Instant (server time) at which it fires.</summary>
    public DateTimeOffset Due { get; } = due;

    /// <summary>What it does then.</summary>
    public Action Callback { get; } = callback;

    /// <inheritdoc/>
    public void Dispose() => clock.Remove(this);
}
