using Ccn.TemporalServer.Hosting;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Operators;

/// <summary>Closed runs go when their namespace has kept them long enough; open ones stay.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task A_run_goes_after_the_retention_of_its_namespace_and_an_open_one_stays()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { TimeSkipping = true, Retention = TimeSpan.FromHours(10) });
        var client = await TemporalClient.ConnectAsync(new(server.Address));
        var closed = await client.StartWorkflowAsync("Any", [], new("closed", "nobody"));
        await closed.TerminateAsync();
        await client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(9)) });
        var later = await client.StartWorkflowAsync("Any", [], new("later", "nobody"));
        await later.TerminateAsync();

        await server.SweepAsync();
        Assert.Equal(2, (await client.CountWorkflowsAsync("")).Count);

        await client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(new() { Duration = Duration.FromTimeSpan(TimeSpan.FromHours(2)) });
        var open = await client.StartWorkflowAsync("Any", [], new("open", "nobody"));
        await server.SweepAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));   // a deletion ends a moment after it was ordered
        while (await client.CountWorkflowsAsync("WorkflowId = 'closed'") is { Count: > 0 }) { await Task.Delay(10, patience.Token); }
        var gone = await Assert.ThrowsAsync<RpcException>(() => closed.DescribeAsync());
        Assert.Equal(RpcException.StatusCode.NotFound, gone.Code);
        Assert.NotNull(await later.DescribeAsync());
        Assert.NotNull(await open.DescribeAsync());
        Assert.Equal(2, (await client.CountWorkflowsAsync("")).Count);
    }
}
