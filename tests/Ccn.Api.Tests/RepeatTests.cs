using System.Net;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Designs;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Temporalio.Exceptions;

namespace Ccn.Api.Tests;

/// <summary>A repeat gets the first answer whenever it comes, also after the workflow that gave it has ended or is forgotten.</summary>
[Collection(ApiCollection.Name)]
public sealed class RepeatTests(ApiFixture api)
{
    [Fact]
    public void Every_command_repeats_by_the_rule_of_the_committed_table() => Approval.Verify("repeats",
        (from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
         from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
         where method is not "GET"
         let rule = endpoint.Metadata.GetMetadata<AnswersOnce>()
         select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')} : {rule?.By.ToString() ?? "no first answer"}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_design_submitted_again_gets_its_first_receipt_even_when_the_server_has_forgotten_it()
    {
        using var creator = await api.SignUpAsync("creator");
        var (designId, body) = await creator.SubmitDesignAsync();
        var path = $"/v1/designs/{designId}";
        var first = (await creator.PutAsync(path, body)).Is(HttpStatusCode.Accepted);
        await creator.ReachesAsync(designId, DesignStage.Published);
        var withdrawal = new { reason = "Second thoughts." };
        (await creator.SendAsync(HttpMethod.Post, $"{path}/withdrawal", withdrawal, "withdraw")).Is(HttpStatusCode.NoContent);
        await creator.ReachesAsync(designId, DesignStage.Withdrawn);
        await ForgetAsync(DesignLifecycleWorkflow.IdFor(designId));

        var again = (await creator.PutAsync(path, body)).Is(HttpStatusCode.Accepted);
        Assert.Equal((first.Body, first.MediaType, true), (again.Body, again.MediaType, again.Replayed));
        (await creator.SendAsync(HttpMethod.Post, $"{path}/withdrawal", withdrawal, "withdraw")).Is(HttpStatusCode.NoContent);
        (await creator.PutAsync(path, new { title = "Another one" })).Refused(HttpStatusCode.Conflict, "request.duplicate");
        var workflow = api.Temporal.GetWorkflowHandle(DesignLifecycleWorkflow.IdFor(designId));
        Assert.Equal(RpcException.StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => workflow.DescribeAsync())).Code);
    }

    [Fact]
    public async Task A_contest_opened_again_after_its_opening_day_gets_its_first_answer()
    {
        using var admin = await api.SignUpAsync("admin");
        var path = $"/v1/contests/{Ids.New(Ids.Contest, api.Now)}";
        var body = new { title = "Floral Fashion", brief = "Flowers on cloth.", category = "apparel", opensAt = api.Now.AddMinutes(10) };
        (await admin.PutAsync(path, body)).Is(HttpStatusCode.Accepted);
        await api.PassAsync(TimeSpan.FromDays(1));
        Assert.True((await admin.PutAsync(path, body)).Is(HttpStatusCode.Accepted).Replayed);
    }

    [Fact]
    public async Task Bids_and_decisions_of_a_round_that_is_over_are_answered_as_before_and_leave_the_next_round_alone()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        using var seller = await api.SignUpAsync("seller");
        await seller.BecomeVerifiedSellerAsync(admin);
        var designId = await creator.PublishDesignAsync();
        await OpenRoundAsync(creator, designId, 1);
        var bid = $"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}";
        var lodged = (await seller.PutAsync(bid, Terms(900))).Is(HttpStatusCode.OK);
        await api.PassAsync(StandardTemplates.OpenChallenge.Bidding.Window + TimeSpan.FromMinutes(1));
        var decline = $"/v1/designs/{designId}/bids/decline-all";
        await ApiFixture.UntilAsync(async () => (await creator.SendAsync(HttpMethod.Post, decline, key: "decline")).Status is HttpStatusCode.NoContent, "the bids declined");
        await creator.ReachesAsync(designId, DesignStage.Published);
        await OpenRoundAsync(creator, designId, 2);

        Assert.Equal(lodged.Body, (await seller.PutAsync(bid, Terms(900))).Is(HttpStatusCode.OK).Body);
        (await seller.PutAsync(bid, Terms(950))).Refused(HttpStatusCode.Conflict, "request.duplicate");
        Assert.True((await creator.SendAsync(HttpMethod.Post, decline, key: "decline")).Is(HttpStatusCode.NoContent).Replayed);
        (await seller.PutAsync($"/v1/designs/{designId}/bids/{Ids.New(Ids.Bid, api.Now)}", Terms(900))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_refusal_is_not_kept_so_the_corrected_request_may_use_the_same_id_and_key()
    {
        using var creator = await api.SignUpAsync("creator");
        var (_, body) = await creator.SubmitDesignAsync();
        var path = $"/v1/designs/{Ids.New(Ids.Design, api.Now)}";
        (await creator.PutAsync(path, new { title = "" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.False((await creator.PutAsync(path, body)).Is(HttpStatusCode.Accepted).Replayed);
        await creator.ReachesAsync(path.Split('/')[^1], DesignStage.Published);
        (await creator.SendAsync(HttpMethod.Post, $"{path}/withdrawal", new { reason = "" }, "key")).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await creator.SendAsync(HttpMethod.Post, $"{path}/withdrawal", new { reason = "Mine." }, "key")).Is(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_key_is_for_one_request_of_one_person()
    {
        using var first = await api.SignUpAsync("creator");
        using var second = await api.SignUpAsync("creator");
        var (one, other, foreign) = (await first.PublishDesignAsync(), await first.PublishDesignAsync(), await second.PublishDesignAsync());
        (await first.SendAsync(HttpMethod.Post, $"/v1/designs/{one}/withdrawal", new { reason = "r" }, "k")).Is(HttpStatusCode.NoContent);
        (await first.SendAsync(HttpMethod.Post, $"/v1/designs/{other}/withdrawal", new { reason = "r" }, "k")).Refused(HttpStatusCode.Conflict, "request.duplicate");
        (await first.SendAsync(HttpMethod.Post, $"/v1/designs/{one}/withdrawal", new { reason = "s" }, "k")).Refused(HttpStatusCode.Conflict, "request.duplicate");
        (await second.SendAsync(HttpMethod.Post, $"/v1/designs/{foreign}/withdrawal", new { reason = "r" }, "k")).Is(HttpStatusCode.NoContent);
        await using var db = api.OpenDatabase();
        Assert.True(await db.Designs.AnyAsync(design => design.Id == other && design.Stage == DesignStage.Published));
    }

    [Fact]
    public async Task Of_two_requests_with_one_key_in_the_same_instant_the_other_content_is_refused_and_the_same_is_answered()
    {
        using var creator = await api.SignUpAsync("creator");
        var (one, other) = (await creator.PublishDesignAsync(), await creator.PublishDesignAsync());
        Task<Answer> WithdrawAsync(string designId, string reason) => creator.SendAsync(HttpMethod.Post, $"/v1/designs/{designId}/withdrawal", new { reason }, "k-" + designId);
        var same = await Task.WhenAll(WithdrawAsync(one, "r"), WithdrawAsync(one, "r"));
        Assert.All(same, answer => answer.Is(HttpStatusCode.NoContent));
        var different = await Task.WhenAll(WithdrawAsync(other, "r"), WithdrawAsync(other, "s"));
        Assert.Single(different, answer => answer.Status is HttpStatusCode.NoContent);
        different.Single(answer => answer.Status is not HttpStatusCode.NoContent).Refused(HttpStatusCode.Conflict, "request.duplicate");
    }

    private static object Terms(int rate) => new { mode = "Percent", rateBasisPoints = rate, plannedPrice = new { minorUnits = 2_000, currency = "USD" }, plannedUnits = 500, exclusive = true, termMonths = 24 };

    private async Task OpenRoundAsync(Person creator, string designId, int round)
    {
        (await creator.PostAsync($"/v1/designs/{designId}/bidding")).Is(HttpStatusCode.NoContent);
        await ApiFixture.UntilAsync(async () =>
        {
            await using var db = api.OpenDatabase();
            return await db.Biddings.CountAsync(bidding => bidding.DesignId == designId) == round;
        }, "the bidding round");
    }

    /// <summary>As the retention of a workflow server does some weeks after the end.</summary>
    private async Task ForgetAsync(string workflowId)
    {
        var workflow = api.Temporal.GetWorkflowHandle(workflowId);
        await workflow.GetResultAsync();
        await api.Temporal.WorkflowService.DeleteWorkflowExecutionAsync(new() { Namespace = api.Temporal.Options.Namespace, WorkflowExecution = new() { WorkflowId = workflowId } });
        await ApiFixture.UntilAsync(async () =>
        {
            try
            {
                await workflow.DescribeAsync();
                return false;
            }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound) { return true; }
        }, "the workflow gone");
    }
}
