using System.Net;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class ContestTests(ApiFixture api)
{
    [Fact]
    public async Task Votes_are_taken_once_a_member_inside_the_window_and_counted_in_the_open_afterwards()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        using var member = await api.SignUpAsync();
        var designId = await creator.PublishDesignAsync();
        var contestId = await OpenAsync(admin);
        var ballot = $"/v1/contests/{contestId}/entries/{designId}/ballot";
        (await member.PutAsync(ballot, new { score = 5 })).Refused(HttpStatusCode.NotFound, "not_found");
        (await creator.PostAsync($"/v1/designs/{designId}/contest-entry", new { contestId })).Is(HttpStatusCode.NoContent);
        (await creator.PostAsync($"/v1/designs/{designId}/contest-entry", new { contestId })).Refused(HttpStatusCode.Conflict, "state.conflict");
        (await member.PutAsync(ballot, new { score = 5 })).Refused(HttpStatusCode.Conflict, "ballot.closed");

        await PassToAsync(contestId, StandardTemplates.OpenChallenge.Contest.Submissions + StandardTemplates.OpenChallenge.Contest.Critique, "Voting");
        (await creator.PutAsync(ballot, new { score = 5 })).Refused(HttpStatusCode.Conflict, "ballot.own_design");
        (await member.PutAsync(ballot, new { score = 6 })).Refused(HttpStatusCode.BadRequest, "ballot.score");
        Assert.Equal("False", (await member.PutAsync(ballot, new { score = 4 })).Is(HttpStatusCode.OK).Text("changed"));
        (await member.PutAsync(ballot, new { score = 4 })).Refused(HttpStatusCode.Conflict, "ballot.already_cast");
        Assert.Equal("True", (await member.PutAsync(ballot, new { score = 5 })).Is(HttpStatusCode.OK).Text("changed"));

        var blind = (await member.GetAsync($"/v1/contests/{contestId}")).Is(HttpStatusCode.OK).Json.GetProperty("entries")[0];
        Assert.Equal(System.Text.Json.JsonValueKind.Null, blind.GetProperty("ballots").ValueKind);
        (await member.GetAsync($"/v1/contests/{contestId}/ballots")).Refused(HttpStatusCode.Conflict, "contest.not_decided");

        await PassToAsync(contestId, StandardTemplates.OpenChallenge.Contest.Voting, "FraudHold");
        (await member.PutAsync(ballot, new { score = 1 })).Refused(HttpStatusCode.Conflict, "ballot.closed");
        await api.PassAsync(StandardTemplates.OpenChallenge.Contest.FraudHold);
        await creator.ReachesAsync(designId, DesignStage.OpenToBids);
        var decided = (await member.GetAsync($"/v1/contests/{contestId}")).Is(HttpStatusCode.OK);
        Assert.Equal(designId, decided.Text("contest", "winnerDesignId"));
        Assert.Equal(1, (await member.GetAsync($"/v1/contests/{contestId}/ballots")).Is(HttpStatusCode.OK).Json.GetProperty("ballots").GetArrayLength());
        Assert.Contains(designId, (await member.GetAsync("/v1/designs?spotlight=true&limit=100")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Equal(1, (await member.GetAsync($"/v1/creators/{creator.Id}")).Is(HttpStatusCode.OK).Json.GetProperty("badges").GetArrayLength());
        Assert.Contains(contestId, (await member.GetAsync("/v1/contests")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_contest_is_opened_once_and_the_same_request_again_changes_nothing()
    {
        using var admin = await api.SignUpAsync("admin");
        var contestId = await OpenAsync(admin);
        (await admin.PutAsync($"/v1/contests/{contestId}", Body("Floral Fashion"))).Is(HttpStatusCode.Accepted);
        (await admin.PutAsync($"/v1/contests/{contestId}", Body("Another title"))).Refused(HttpStatusCode.Conflict, "request.duplicate");
    }

    [Fact]
    public async Task An_entry_that_the_contest_does_not_take_is_refused()
    {
        using var creator = await api.SignUpAsync("creator");
        var designId = await creator.PublishDesignAsync();
        (await creator.PostAsync($"/v1/designs/{designId}/contest-entry", new { contestId = Ids.New(Ids.Contest, api.Now) })).Refused(HttpStatusCode.Conflict, "contest.entry_refused");
        (await creator.PostAsync($"/v1/designs/{designId}/contest-entry", new { contestId = "made-up" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task An_admin_calls_a_contest_off_with_a_reason()
    {
        using var admin = await api.SignUpAsync("admin");
        var contestId = await OpenAsync(admin);
        (await admin.PostAsync($"/v1/contests/{contestId}/cancellation", new { reason = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await admin.PostAsync($"/v1/contests/{contestId}/cancellation", new { reason = "The sponsor left." })).Is(HttpStatusCode.NoContent);
        (await admin.PostAsync($"/v1/contests/{contestId}/cancellation", new { reason = "Again." })).Refused(HttpStatusCode.Conflict, "state.conflict");
    }

    private static object Body(string title) => new { title, brief = "Flowers on cloth.", category = "apparel" };

    private async Task<string> OpenAsync(Person admin)
    {
        var contestId = Ids.New(Ids.Contest, api.Now);
        (await admin.PutAsync($"/v1/contests/{contestId}", Body("Floral Fashion"))).Is(HttpStatusCode.Accepted);
        await InPhaseAsync(contestId, "Submissions");
        return contestId;
    }

    private async Task PassToAsync(string contestId, TimeSpan time, string phase)
    {
        await api.PassAsync(time);
        await InPhaseAsync(contestId, phase);
    }

    private Task InPhaseAsync(string contestId, string phase) => ApiFixture.UntilAsync(async () =>
    {
        await using var db = api.OpenDatabase();
        return await db.Contests.AnyAsync(contest => contest.Id == contestId && contest.Phase == phase);
    }, $"{contestId} in {phase}");
}
