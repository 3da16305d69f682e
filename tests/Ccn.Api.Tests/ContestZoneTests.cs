using System.Globalization;
using System.Net;
using Ccn.Api.Contests;
using Ccn.Api.Problems;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;

namespace Ccn.Api.Tests;

/// <summary>Case c058: deadlines of a contest are those of its own zone, also on the days on which its clocks change.</summary>
[Collection(ApiCollection.Name)]
public sealed class ContestZoneTests(ApiFixture api)
{
    [Theory]
    [InlineData("America/Los_Angeles", "2026-03-08T23:59:59", "2026-03-09T06:59:59Z")]
    [InlineData("America/Los_Angeles", "2026-11-01T23:59:59", "2026-11-02T07:59:59Z")]
    [InlineData("Europe/Berlin", "2026-03-29T23:59:59", "2026-03-29T21:59:59Z")]
    [InlineData("America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z")]
    public void A_local_time_is_the_instant_that_its_zone_has_on_that_day(string zone, string local, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture), LocalInstant.Read(local, zone));

    [Fact]
    public void A_local_time_that_the_clocks_jump_over_is_refused() =>
        Assert.Contains("does not exist there", Assert.Throws<ProblemException>(() => LocalInstant.Read("2026-03-08T02:30:00", "America/New_York")).Errors!["opensAt"][0], StringComparison.Ordinal);

    [Fact]
    public void Seven_days_are_seven_days_of_the_zone_whatever_its_clocks_do()
    {
        var rules = new ContestRules(TimeSpan.FromDays(7), TimeSpan.Zero, TimeSpan.FromDays(7), TimeSpan.FromHours(36));
        var opens = LocalInstant.Read("2026-03-02T00:00:00", "America/Los_Angeles")!.Value;
        var times = ContestCalendar.Of(rules, opens, TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles"));
        Assert.Equal(Utc("2026-03-09T07:00:00Z"), times.SubmissionsCloseAt);
        Assert.Equal(Utc("2026-03-16T07:00:00Z"), times.VotingClosesAt);
        Assert.Equal(Utc("2026-03-17T19:00:00Z"), times.DecidedAt);
        Assert.Equal(Utc("2026-03-09T08:00:00Z"), ContestCalendar.Of(rules, opens, TimeZoneInfo.Utc).SubmissionsCloseAt);
    }

    [Fact]
    public async Task A_contest_keeps_its_zone_and_refuses_one_that_does_not_exist()
    {
        using var admin = await api.SignUpAsync("admin");
        var contestId = Ids.New(Ids.Contest, api.Now);
        object Body(string zone) => new { title = "Days of Berlin", brief = "Anything.", category = "tests", zone };
        (await admin.PutAsync($"/v1/contests/{contestId}", Body("Mars/Olympus"))).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await admin.PutAsync($"/v1/contests/{contestId}", Body("Europe/Berlin"))).Is(HttpStatusCode.Accepted);
        await ApiFixture.UntilAsync(async () => (await admin.GetAsync($"/v1/contests/{contestId}")).Status is HttpStatusCode.OK, "the contest");
        var contest = (await admin.GetAsync($"/v1/contests/{contestId}")).Json.GetProperty("contest");
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        TimeSpan Local(string name) => TimeZoneInfo.ConvertTime(contest.GetProperty(name).GetDateTimeOffset(), berlin).TimeOfDay;
        Assert.Equal(("Europe/Berlin", Local("opensAt")), (contest.GetProperty("zone").GetString(), Local("submissionsCloseAt")));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
