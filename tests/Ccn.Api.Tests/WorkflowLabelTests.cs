using System.Net;
using Ccn.Domain;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Payouts;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class WorkflowLabelTests(ApiFixture api)
{
    [Fact]
    public async Task Every_workflow_that_the_API_starts_says_what_it_is()
    {
        using var admin = await api.SignUpAsync("admin");
        using var creator = await api.SignUpAsync("creator");
        var designId = await creator.PublishDesignAsync();
        var contestId = Ids.New(Ids.Contest, api.Now);
        (await admin.PutAsync($"/v1/contests/{contestId}", new { title = "Mugs", brief = "Mugs of stoneware.", category = "home" })).Is(HttpStatusCode.Accepted);
        (await creator.PutAsync("/v1/me/payout-method", new { provider = "paypal", receiver = "creator@ccn.example" })).Is(HttpStatusCode.NoContent);

        await SaysAsync(DesignLifecycleWorkflow.IdFor(designId), "Life of a design", designId);
        await SaysAsync(ContestWorkflow.IdFor(contestId), "Contest", contestId);
        await SaysAsync(PayeePayoutWorkflow.IdFor(creator.Id), "Payouts to one payee", creator.Id);
    }

    private async Task SaysAsync(string workflowId, string summary, string names)
    {
        var described = await api.Temporal.GetWorkflowHandle(workflowId).DescribeAsync();
        Assert.Equal(summary, await described.GetStaticSummaryAsync());
        Assert.Contains($"`{names}`", await described.GetStaticDetailsAsync(), StringComparison.Ordinal);
    }
}
