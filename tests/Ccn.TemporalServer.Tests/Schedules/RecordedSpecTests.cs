using System.Text.Json.Nodes;
using Ccn.TemporalServer.Schedules;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Schedule.V1;

namespace Ccn.TemporalServer.Tests.Schedules;

/// <summary>Every spec that a real server was given: what it made of it, and the times it announced.</summary>
public sealed class RecordedSpecTests
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    private static readonly Dictionary<string, JsonNode> Exchanges = JsonNode.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "answers", "schedule-specs.json")))!["exchanges"]!
        .AsArray().ToDictionary(exchange => (string)exchange!["label"]!, exchange => exchange!, StringComparer.Ordinal);

    public static TheoryData<string> Specs => [.. Exchanges.Keys.Where(label => !label.EndsWith(": described", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Specs))]
    public void A_spec_is_understood_as_recorded(string label)
    {
        var given = Parser.Parse<ScheduleSpec>(Exchanges[label]["request"]!["schedule"]!["spec"]!.ToJsonString());
        if (Exchanges[label]["error"] is { } error)
        {
            var refused = Assert.Throws<RpcFailure>(() => CanonicalSpec.Of(given));
            Assert.Equal((string)error["message"]!, refused.Message);
            return;
        }

        var described = Exchanges[label + ": described"]["response"]!;
        var spec = CanonicalSpec.Of(given);
        Assert.Equal(Parser.Parse<ScheduleSpec>(described["schedule"]!["spec"]!.ToJsonString()), spec);

        var info = Parser.Parse<ScheduleInfo>(described["info"]!.ToJsonString());
        var times = new ScheduleTimes(spec, "seed").After(info.CreateTime.ToDateTimeOffset()).Take(10).ToList();
        var announced = info.FutureActionTimes.Select(t => t.ToDateTimeOffset());
        if (given.Jitter is not null)
        {
            // The offset itself is each server's own; the nominal times are not, as long as it is shorter than the interval.
            Assert.Equal(announced.Count(), times.Count);
            Assert.All(times, time => Assert.InRange(time.At - time.Nominal, TimeSpan.Zero, given.Interval[0].Interval.ToTimeSpan()));
        }
        else
        {
            Assert.Equal(announced, times.Select(time => time.At));
        }
    }

    [Fact]
    public void Jitter_is_the_same_each_time_and_differs_between_schedules()
    {
        var spec = CanonicalSpec.Of(Parser.Parse<ScheduleSpec>("""{"interval": [{"interval": "3600s"}], "jitter": "600s"}"""));
        var from = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        List<ActionTime> Times(string seed) => [.. new ScheduleTimes(spec, seed).After(from).Take(20)];

        Assert.Equal(Times("a"), Times("a"));
        Assert.NotEqual(Times("a"), Times("b"));
        Assert.All(Times("a"), time => Assert.True(time.At - time.Nominal < TimeSpan.FromSeconds(600)));
        Assert.True(Times("a").Select(time => time.At - time.Nominal).Distinct().Count() > 10);
    }

    [Theory]
    [InlineData("2026-03-28T12:00:00Z", "2026-03-30T00:30:00Z")]   // 02:30 does not exist on the 29th in Berlin
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")]   // it comes twice on the 25th: the first time
    [InlineData("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]   // and not the second
    public void Daylight_saving_leaves_out_what_does_not_exist_and_repeats_nothing(string after, string next)
    {
        var spec = CanonicalSpec.Of(new() { CronString = { "30 2 * * *" }, TimezoneName = "Europe/Berlin" });
        var time = new ScheduleTimes(spec, "").Next(DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateTimeOffset.Parse(next, System.Globalization.CultureInfo.InvariantCulture), time!.Value.At);
    }

    [Theory]
    [InlineData("0 0 * * 7", "2026-03-01T00:00:00Z")]
    [InlineData("0 0 * * fri-7", "2026-02-27T00:00:00Z")]
    [InlineData("0 0 29 2 *", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 30 2 *", null)]
    [InlineData("0/20 * * * *", "2026-02-25T12:20:00Z")]
    public void Cron_fields_mean_what_cron_means(string cron, string? next)
    {
        var spec = CanonicalSpec.Of(new() { CronString = { cron } });
        var time = new ScheduleTimes(spec, "").Next(new DateTimeOffset(2026, 2, 25, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(next, time?.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
    }
}
