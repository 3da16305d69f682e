using Temporalio.Activities;

namespace Ccn.Activities.Lifecycle;

/// <summary>Tells the server every ten seconds that a long activity lives, until it is disposed.</summary>
internal sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource stop = new();
    private readonly Task beating;

    private Heartbeat(ActivityExecutionContext? activity) => beating = activity is null ? Task.CompletedTask : BeatAsync(activity, stop.Token);

    public static Heartbeat Start() => new(ActivityExecutionContext.HasCurrent ? ActivityExecutionContext.Current : null);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await beating;
        stop.Dispose();
    }

    private static async Task BeatAsync(ActivityExecutionContext activity, CancellationToken cancel)
    {
        // Real time: the server's watch on the worker does not follow the virtual clock of a demo.
        using var timer = new PeriodicTimer(Interval);
        try
        {
            while (await timer.WaitForNextTickAsync(cancel)) { activity.Heartbeat(); }
        }
        catch (OperationCanceledException)
        {
            // The activity has ended.
        }
    }
}
