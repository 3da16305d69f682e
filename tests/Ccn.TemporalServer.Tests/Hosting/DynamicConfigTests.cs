using Ccn.TemporalServer.Hosting;

namespace Ccn.TemporalServer.Tests.Hosting;

/// <summary>Limits are adjusted under the keys and in the notations of the real server.</summary>
public sealed class DynamicConfigTests
{
    private readonly DynamicConfig config = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["limit.blobSize.error"] = "1024",
        ["frontend.switch"] = "true",
        ["history.wait"] = "\"1m30s\"",
        ["history.broken"] = "soon",
    });

    [Fact]
    public void Keys_are_found_whatever_their_case()
    {
        Assert.Equal(1024, config.Int("LIMIT.blobsize.Error", 1));
        Assert.True(config.Bool("frontend.switch", false));
        Assert.Equal(TimeSpan.FromSeconds(90), config.Duration("history.wait", TimeSpan.Zero));
    }

    [Fact]
    public void What_was_not_given_has_its_default()
    {
        Assert.Equal(7, config.Int("limit.other", 7));
        Assert.Equal(TimeSpan.FromSeconds(20), config.Duration("history.other", TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void A_value_that_cannot_be_read_is_not_ignored() =>
        Assert.Throws<FormatException>(() => config.Duration("history.broken", TimeSpan.Zero));

    [Theory]
    [InlineData("1h30m", 5_400_000_000_000)]
    [InlineData("1.5s", 1_500_000_000)]
    [InlineData("250ms", 250_000_000)]
    [InlineData("-2us", -2_000)]
    [InlineData("3d", 259_200_000_000_000)]
    public void Durations_are_read_to_the_nanosecond(string text, long nanoseconds)
    {
        Assert.True(GoDuration.TryParse(text, out var read));
        Assert.Equal(nanoseconds, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("1 second")]
    [InlineData("s")]
    [InlineData("1x")]
    public void Anything_else_is_no_duration(string text) => Assert.False(GoDuration.TryParse(text, out _));
}
