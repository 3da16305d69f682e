namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>The scenarios reproduce their recordings on a real server, so a difference elsewhere is not the scenario's fault.</summary>
public sealed class RealServerTests(RealServerUnderTest server) : ConformanceTests(server), IClassFixture<RealServerUnderTest>
{
    /// <summary>One row that says why when there is no real server.</summary>
    public static TheoryData<string> Played => RealServerUnderTest.Missing is null ? [.. Recordings.All.Keys.Order(StringComparer.Ordinal)] : ["none"];

    [Theory]
    [MemberData(nameof(Played))]
    public async Task Real_server_writes_what_was_recorded(string recording)
    {
        Assert.SkipWhen(RealServerUnderTest.Missing is not null, RealServerUnderTest.Missing ?? "");
        var difference = await Server.DifferenceFromAsync(recording);
        Assert.True(difference is null, $"{recording}: {difference}");
    }
}
