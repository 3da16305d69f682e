namespace Ccn.Workflows.Tests;

/// <summary>Waits for what is sure to come, such as the effect of a signal, which has no answer. It fails after a time that no machine needs.</summary>
internal static class Eventually
{
    public static async Task AsyncTrue(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            Assert.False(limit.IsCancellationRequested, "The awaited state did not come.");
            await Task.Delay(20, CancellationToken.None);
        }
    }
}
