using System.Net;
using System.Text.Json.Nodes;
using Ccn.Api.Bids;
using Ccn.Api.Payouts;
using Ccn.Api.Production;
using Ccn.Api.Sourcing;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Production;
using Ccn.Host.Demo;
using Ccn.Workflows.Production;

namespace Ccn.Journeys.Tests;

/// <summary>Commands of the reference journey, sent once more months later, when the workflows that answered them have ended.</summary>
[Collection(MachineTests.Name)]
public sealed class LateRepeatTests(MachineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_gets_its_first_answer_and_its_key_is_not_taken_for_another()
    {
        var journey = await fixture.ReferenceAsync();
        var people = fixture.Machine.World.Cast;
        var (creator, seller) = (people["mara"], people["northlight"]);
        var bid = (await creator.GetAsync<IReadOnlyList<BidView>>($"/v1/designs/{journey.DesignId}/bids", Cancel)).Single(bid => bid.State is BidState.Accepted).BidId;
        var quote = (await seller.GetAsync<RfqDetail>($"/v1/rfqs/{journey.RfqId}", Cancel)).Quotes.Single(quote => quote.State is QuoteState.Approved).QuoteId;
        var hash = (await people.Finance.GetAsync<PayoutSummary>($"/v1/payouts/{journey.PayoutId}", Cancel)).PayloadHash;
        (Actor Who, string Path, object? Body, string Step)[] commands =
        [
            (creator, $"/v1/designs/{journey.DesignId}/bids/{bid}/acceptance", null, "accept"),
            (seller, $"/v1/rfqs/{journey.RfqId}/quotes/{quote}/approval", new ApproveBody(500), "approve-quote"),
            (seller, $"/v1/orders/{journey.OrderId}/payments", new PaymentBody(OrderPayment.Deposit), "pay-Deposit"),
            (seller, $"/v1/orders/{journey.OrderId}/inspections", new InspectionFindings(500, 50, 0, 3, 4), "inspect-1"),
            (seller, $"/v1/orders/{journey.OrderId}/receipt", new ReceiptBody(500, 0), "receive"),
            (people.Finance, $"/v1/payouts/{journey.PayoutId}/approval", new ApprovalBody(hash), "approve-payout"),
        ];
        var watched = new Watched(people, ReferenceResources.Of(people, journey));
        foreach (var (who, path, body, step) in commands)
        {
            var key = $"reference:{step}";
            var (first, second) = await watched.StaysAsync(async () => (await who.PostAsync<JsonNode?>(path, body, key, Cancel), await who.PostAsync<JsonNode?>(path, body, key, Cancel)));
            Assert.Equal(first?.ToJsonString(), second?.ToJsonString());
            await watched.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.RequestDuplicate, () => who.PostAsync(path, new { another = "content" }, key, Cancel));
        }
    }
}
