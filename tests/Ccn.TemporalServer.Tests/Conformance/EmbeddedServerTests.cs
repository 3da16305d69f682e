namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>The embedded server writes the histories that a real server wrote.</summary>
public sealed class EmbeddedServerTests(EmbeddedServerUnderTest server) : ConformanceTests(server), IClassFixture<EmbeddedServerUnderTest>
{
    public static TheoryData<string> Met => [.. Recordings.All.Keys.Except(KnownDifferences.All.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    protected override IEnumerable<string> KnownAnswers(string file) => KnownDifferences.Answers.Where(known => known.File == file).Select(known => known.Label);

    [Theory]
    [MemberData(nameof(Met))]
    public async Task Embedded_server_writes_what_was_recorded(string recording)
    {
        var difference = await Server.DifferenceFromAsync(recording);
        Assert.True(difference is null, $"{recording}: {difference}");
    }

    [Fact]
    public async Task Known_differences_are_still_there()
    {
        foreach (var (recording, reason) in KnownDifferences.All)
        {
            Assert.True(await Server.DifferenceFromAsync(recording) is not null, $"{recording} is met now: take it off {nameof(KnownDifferences)} ({reason}).");
        }
    }
}
