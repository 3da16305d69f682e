namespace Ccn.Host.Demo;

/// <summary>The machine's own time, for servers whose clock cannot be moved.</summary>
internal sealed class RealTime : IStoryTime
{
    public DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public bool IsSkipped => false;

    public Task PassAsync(TimeSpan duration, CancellationToken cancel) => duration <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(duration, cancel);
}
