using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Listings;
using Ccn.Api.Payouts;
using Ccn.Api.Production;
using Ccn.Api.Requests;
using Ccn.Api.Royalties;
using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Production;
using Ccn.Host.Demo;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Production;

namespace Ccn.Journeys.Tests;

/// <summary>What the reference journey made belongs to its creator and its seller. To everybody else it is as if it did not exist, to read and to write.</summary>
[Collection(MachineTests.Name)]
public sealed class StrangerTests(MachineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Cast People => fixture.Machine.World.Cast;

    [Theory]
    [InlineData("tomas")]
    [InlineData("casaverde")]
    [InlineData("jonas")]
    public async Task Another_persons_things_answer_like_things_that_do_not_exist(string handle)
    {
        var journey = await fixture.ReferenceAsync();
        await new Watched(People, ReferenceResources.Of(People, journey)).StaysAsync(async () =>
        {
            var doors = Doors(journey).ToList();
            foreach (var (door, id) in doors)
            {
                var real = await RefusalAsync(People[handle], door(id));
                var none = await RefusalAsync(People[handle], door(Ids.New(id[..id.IndexOf('_', StringComparison.Ordinal)], DateTimeOffset.UtcNow)));
                var what = $"{door(id).Method} {door(id).Path}";
                Assert.True(real.Status is HttpStatusCode.NotFound or HttpStatusCode.Forbidden, $"{what}: {real.Message}");
                Assert.NotEmpty(real.Code);
                Assert.True((none.Status, none.Code, none.Detail) == (real.Status, real.Code, real.Detail), $"{what}: '{real.Message}' tells it apart from '{none.Message}'.");
            }

            return doors.Count;
        });
    }

    [Theory]
    [InlineData("tomas")]
    [InlineData("casaverde")]
    [InlineData("jonas")]
    public async Task Lists_show_nobody_anything_of_another_person(string handle)
    {
        var journey = await fixture.ReferenceAsync();
        string[] ids = [journey.LicenceId, journey.RfqId, journey.OrderId, journey.ListingId, journey.StatementId, journey.PayoutId];
        foreach (var list in new[] { "licences", "rfqs", "orders", "listings", "statements", "payouts" })
        {
            var seen = (await People[handle].GetAsync<JsonElement>($"/v1/{list}", Cancel)).GetRawText();
            Assert.DoesNotContain(ids, id => seen.Contains(id, StringComparison.Ordinal));
        }

        Assert.Empty(await People[handle].GetAsync<IReadOnlyList<BidView>>($"/v1/designs/{journey.DesignId}/bids", Cancel));
    }

    [Fact]
    public async Task A_design_id_of_another_creator_cannot_be_used_again()
    {
        var journey = await fixture.ReferenceAsync();
        var (other, watched) = (People["tomas"], new Watched(People, ReferenceResources.Of(People, journey)));
        var picture = new DemoDesign("Mine now", "A copy.", "t-shirts", ["copy"], DemoDesign.Pictures[3]);
        var file = await other.UploadAsync(picture.FileName, picture.ContentType, await picture.ReadAsync(Cancel), Cancel);
        var body = new NewDesign(picture.Title, picture.Description, picture.Category, picture.Tags, file.FileKey, file.FileName, DesignCommands.CurrentTerms, null);
        await watched.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.RequestDuplicate, () => other.PutAsync($"/v1/designs/{journey.DesignId}", body, Cancel));
    }

    /// <summary>Every address that leads to one person's thing, with the id that the journey made.</summary>
    private static IEnumerable<(Func<string, Door> Door, string Id)> Doors(JourneyResult journey)
    {
        foreach (var door in new Func<string, Door>[] { id => Get($"licences/{id}"), id => Get($"licences/{id}/sealed-copy"), id => Get($"sales?licenceId={id}"), id => Post($"licences/{id}/signing", new SigningBody("/")) }) { yield return (door, journey.LicenceId); }

        yield return (id => Put($"rfqs/{journey.RfqId}", new InviteBody(id, 500, "T-shirt", [DemoSupplier.Guangzhou.Id, DemoSupplier.Ningbo.Id, DemoSupplier.Hangzhou.Id])), journey.LicenceId);
        yield return (id => Get($"rfqs/{id}"), journey.RfqId);
        yield return (id => Post($"rfqs/{id}/quotes/{Ids.New(Ids.Quote, DateTimeOffset.UnixEpoch)}/approval", new ApproveBody(500)), journey.RfqId);
        yield return (id => Get($"orders/{id}"), journey.OrderId);
        yield return (id => Post($"orders/{id}/payments", new PaymentBody(OrderPayment.Deposit)), journey.OrderId);
        yield return (id => Post($"orders/{id}/inspections", new InspectionFindings(500, 50, 0, 0, 0)), journey.OrderId);
        yield return (id => Post($"orders/{id}/receipt", new ReceiptBody(500, 0)), journey.OrderId);
        yield return (id => Get($"listings/{id}"), journey.ListingId);
        yield return (id => Post($"listings/{id}/submission", new SubmissionBody(new ListingContent("T", ["b"], "D", "SHIRT", "B", MainPhotoConfirmed: true, GtinExempt: true), Expect.Dollars(1), 1)), journey.ListingId);
        yield return (id => Put($"listings/{id}/price", new PriceBody(Expect.Dollars(1))), journey.ListingId);
        yield return (id => Put($"listings/{id}/stock", new StockBody(0)), journey.ListingId);
        yield return (id => Get($"statements/{id}"), journey.StatementId);
        yield return (id => Get($"statements/{id}/document"), journey.StatementId);
        yield return (id => Post($"statements/{id}/queries", new LineQueryBody("q", 1, "Why?")), journey.StatementId);
        yield return (id => Post($"statements/{id}/queries/q/answer", new AnswerBody("So.")), journey.StatementId);
        yield return (id => Get($"payouts/{id}"), journey.PayoutId);
        yield return (id => Post($"payouts/{id}/approval", new ApprovalBody("hash")), journey.PayoutId);
        foreach (var door in new Func<string, Door>[] { id => Post($"designs/{id}/withdrawal", new ReasonBody("not mine")), id => Post($"designs/{id}/bidding"), id => Post($"designs/{id}/bids/decline-all"), id => Post($"designs/{id}/contest-entry", new ContestEntryBody(journey.ContestId)), id => Get($"designs/{id}/original") }) { yield return (door, journey.DesignId); }
    }

    private static Door Get(string path) => new(HttpMethod.Get, "/v1/" + path, null);

    private static Door Put(string path, object body) => new(HttpMethod.Put, "/v1/" + path, body);

    private static Door Post(string path, object? body = null) => new(HttpMethod.Post, "/v1/" + path, body);

    private async Task<ProblemResponseException> RefusalAsync(Actor stranger, Door door)
    {
        // The address to come back to is one of this site, whatever its port.
        var body = door.Body is SigningBody ? new SigningBody(fixture.Machine.World.SiteUrl + "/") : door.Body;
        return await Assert.ThrowsAsync<ProblemResponseException>(() => stranger.SendAsync<JsonElement?>(door.Method, door.Path, () => body is null ? null : JsonContent.Create(body, body.GetType(), options: CcnJson.Options), Guid.NewGuid().ToString(), Cancel));
    }

    private sealed record Door(HttpMethod Method, string Path, object? Body);
}
