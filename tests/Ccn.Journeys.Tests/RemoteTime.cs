using Ccn.Host.Demo;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Client;

namespace Ccn.Journeys.Tests;

/// <summary>The virtual clock of a host in another process, moved through the workflow server's TestService as any test environment does.</summary>
internal sealed class RemoteTime : IStoryTime
{
    private static readonly RpcOptions Patient = new() { Timeout = TimeSpan.FromMinutes(3) };

    private readonly ITemporalConnection connection;
    private TimeSpan offset;

    private RemoteTime(ITemporalConnection connection) => this.connection = connection;

    public DateTimeOffset Now => DateTimeOffset.UtcNow + offset;

    public bool IsSkipped => true;

    public static async Task<RemoteTime> ConnectAsync(string temporalAddress)
    {
        var time = new RemoteTime(await TemporalConnection.ConnectAsync(new(temporalAddress)));
        await time.ReadAsync();
        return time;
    }

    public async Task PassAsync(TimeSpan duration, CancellationToken cancel)
    {
        if (duration <= TimeSpan.Zero) { return; }

        await connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(duration) }, Patient);
        await ReadAsync();
    }

    private async Task ReadAsync() => offset = (await connection.TestService.GetCurrentTimeAsync(new(), Patient)).Time.ToDateTimeOffset() - DateTimeOffset.UtcNow;
}
