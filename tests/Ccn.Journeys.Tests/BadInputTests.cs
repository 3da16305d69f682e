using System.Net;
using System.Text;
using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Requests;
using Ccn.Api.Sourcing;
using Ccn.Data.Files;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Lifecycle;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>Requests that must be refused with a code, each over HTTP, each leaving everything as it was.</summary>
[Collection(MachineTests.Name)]
public sealed class BadInputTests(MachineFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Cast People => fixture.Machine.World.Cast;

    [Fact]
    public async Task Ballots_are_refused_when_repeated_on_ones_own_design_and_after_the_close()
    {
        var story = Tell("ballots");
        var (creator, member) = (People["mara"], People["jonas"]);
        var designId = await PublishedAsync(story, creator, 2);
        var contestId = await story.OpenContestAsync("Small Things", "Something small.", "t-shirts", null);
        await story.EnterContestAsync(creator, designId, contestId);
        var ballot = $"/v1/contests/{contestId}/entries/{designId}/ballot";
        var watched = Watch([.. Design(creator, designId), new(member, $"/v1/contests/{contestId}"), new(member, $"/v1/contests/{contestId}/ballots")]);
        await watched.RefusesAsync(HttpStatusCode.Conflict, "ballot.closed", () => member.PutAsync(ballot, new BallotBody(4), Cancel));

        await story.VotingOpensAsync(contestId);
        var cast = await member.PutAsync<BallotReceipt>(ballot, new BallotBody(4), Cancel);
        await watched.RefusesAsync(HttpStatusCode.Conflict, "ballot.already_cast", () => member.PutAsync(ballot, new BallotBody(4), Cancel));
        await watched.RefusesAsync(HttpStatusCode.Conflict, "ballot.own_design", () => creator.PutAsync(ballot, new BallotBody(5), Cancel));
        await watched.RefusesAsync(HttpStatusCode.BadRequest, "ballot.score", () => member.PutAsync(ballot, new BallotBody(6), Cancel));

        await story.DecidedAsync(contestId);
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids);
        await watched.RefusesAsync(HttpStatusCode.Conflict, "ballot.closed", () => People["priya"].PutAsync(ballot, new BallotBody(1), Cancel));

        // Ballots are secret until now: here they show that none of the refused ones was counted, and the first one was not touched.
        var counted = Assert.Single((await member.GetAsync<Recount>($"/v1/contests/{contestId}/ballots", Cancel)).Ballots);
        Assert.Equal((designId, 4), (counted.DesignId, counted.Score));
        Assert.Equal(cast.CastAt, counted.CastAt, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task Bids_are_refused_below_the_floor_after_the_close_and_accepted_once_and_nobody_signs_twice()
    {
        var story = Tell("bids");
        var creator = People["mara"];
        var (first, second) = (People["northlight"], People["harbor"]);
        var designId = await OpenToBidsAsync(story, creator, 4);
        var bids = $"/v1/designs/{designId}/bids";
        var watched = Watch([.. Design(creator, designId), new(creator, bids), new(creator, "/v1/licences")]);
        var floor = BidActs.Percent(400, Expect.Dollars(20), 500);
        await watched.RefusesAsync(HttpStatusCode.BadRequest, FailureTypes.RequestInvalid, () => first.PutAsync($"{bids}/{story.Id(Ids.Bid, "low")}", floor, Cancel));
        await watched.RefusesAsync(HttpStatusCode.Forbidden, "forbidden", () => creator.PutAsync($"{bids}/{story.Id(Ids.Bid, "own")}", floor, Cancel));
        var one = await story.BidAsync(first, designId, "one", BidActs.Percent(900, Expect.Dollars(20), 500));
        var two = await story.BidAsync(second, designId, "two", BidActs.Percent(1_000, Expect.Dollars(20), 500));
        await watched.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => creator.PostAsync($"{bids}/{one}/acceptance", null, "too-early", Cancel));

        await story.RevealedAsync(creator, designId);
        await TurnsToAsync(story, creator, designId, Party.Creator);
        await watched.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => first.PutAsync($"{bids}/{story.Id(Ids.Bid, "late")}", BidActs.Percent(1_100, Expect.Dollars(20), 500), Cancel));
        await watched.RefusesAsync(HttpStatusCode.NotFound, "not_found", () => People["aiko"].PostAsync($"{bids}/{one}/acceptance", null, "not-mine", Cancel));

        // Two acceptances in the same instant: exactly one wins.
        var answers = await Task.WhenAll(new[] { one, two }.Select(async bid =>
        {
            try
            {
                await creator.PostAsync($"{bids}/{bid}/acceptance", null, $"accept-{bid}", Cancel);
                return "";
            }
            catch (ProblemResponseException e) { return e.Code; }
        }));
        Assert.Equal(["", FailureTypes.StateConflict], answers.Order(StringComparer.Ordinal));
        var states = (await creator.GetAsync<IReadOnlyList<BidView>>(bids, Cancel)).Select(bid => bid.State).ToList();
        Assert.Equal(1, states.Count(state => state is BidState.Accepted));

        var licence = await story.LicenceSentAsync(creator, designId);
        await story.SignAsync(creator, licence.LicenceId, "sign");
        await story.UntilAsync("the signature to be on record", () => creator.GetAsync<LicenceDetail>($"/v1/licences/{licence.LicenceId}", Cancel), detail => detail.Signatures.ContainsKey(creator.UserId), TimeSpan.FromHours(6));
        await TurnsToAsync(story, creator, designId, Party.Seller);
        var signing = new SigningBody($"{fixture.Machine.World.SiteUrl}/");
        var signed = Watch([.. Design(creator, designId), new(creator, $"/v1/licences/{licence.LicenceId}")]);
        await signed.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => creator.PostAsync($"/v1/licences/{licence.LicenceId}/signing", signing, "again", Cancel));
        await signed.RefusesAsync(HttpStatusCode.BadRequest, "return_url.foreign", () => creator.PostAsync($"/v1/licences/{licence.LicenceId}/signing", new SigningBody("https://elsewhere.example/"), "foreign", Cancel));
    }

    [Fact]
    public async Task A_quote_is_not_approved_after_its_validity()
    {
        var story = Tell("late-approval");
        var (creator, seller) = (People["ngozi"], People["harbor"]);
        var designId = await OpenToBidsAsync(story, creator, 7);
        var bid = await story.BidAsync(seller, designId, "only", BidActs.Percent(1_000, Expect.Dollars(20), 500));
        await story.RevealedAsync(creator, designId);
        await story.AcceptAsync(creator, designId, bid, "10 %");
        var licence = await story.LicenceSentAsync(creator, designId);
        await story.SignAsync(creator, licence.LicenceId, "sign-creator");
        await story.SignAsync(seller, licence.LicenceId, "sign-seller");
        await story.InForceAsync(creator, licence.LicenceId);

        var supplier = DemoSupplier.Guangzhou;
        var rfqId = await story.InviteAsync(seller, designId, licence.LicenceId, DemoProduct.Of("t-shirts"), 500, [supplier, DemoSupplier.Ningbo, DemoSupplier.Hangzhou]);
        var lastDay = DateOnly.FromDateTime(story.World.Time.Now.UtcDateTime).AddDays(2);
        var offer = new QuoteBody("short", [new(100, Expect.Dollars(4.10m))], 100, Expect.Dollars(0), 20, "FOB Shenzhen", lastDay);
        await story.World.Outside.UseLinkAsync(await story.HandedOverLinkAsync(seller, rfqId, supplier.Id), "quote", offer, Cancel);
        var quoteId = (await story.QuotedAsync(seller, rfqId, supplier.Id)).Quotes.Single(quote => quote.SupplierId == supplier.Id).QuoteId;
        await story.UntilAsync("the quote to expire", () => seller.GetAsync<RfqDetail>($"/v1/rfqs/{rfqId}", Cancel), rfq => rfq.Quotes.Single(quote => quote.QuoteId == quoteId).State is not QuoteState.Open, TimeSpan.FromDays(4));
        await TurnsToAsync(story, creator, designId, Party.Supplier);

        var watched = Watch([.. Design(creator, designId), new(seller, $"/v1/rfqs/{rfqId}"), new(seller, "/v1/orders")]);
        await watched.RefusesAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => seller.PostAsync($"/v1/rfqs/{rfqId}/quotes/{quoteId}/approval", new ApproveBody(500), story.Key("too-late"), Cancel));
    }

    [Fact]
    public async Task Files_that_are_not_what_they_say_or_too_large_in_pixels_are_refused()
    {
        var creator = People["mara"];
        var watched = Watch(new Resource(creator, "/v1/designs?mine=true&limit=100"));
        var stored = fixture.Machine.StoredFiles;
        await watched.RefusesAsync(HttpStatusCode.BadRequest, FileRefusals.FormatNotSupported, () => creator.UploadAsync("flowers.png", "image/png", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), Cancel));
        var bomb = EnormousPng.Make(20_000, 14_000);
        Assert.InRange(bomb.Length, 1, 1_200_000);
        await watched.RefusesAsync(HttpStatusCode.BadRequest, FileRefusals.TooManyPixels, () => creator.UploadAsync("large.png", "image/png", bomb, Cancel));
        Assert.Equal(stored, fixture.Machine.StoredFiles);
    }

    [Fact]
    public async Task Amounts_with_more_decimals_than_the_currency_has_are_refused()
    {
        var story = Tell("decimals");
        var creator = People["mara"];
        var designId = await OpenToBidsAsync(story, creator, 5);
        var bids = $"/v1/designs/{designId}/bids";
        var terms = new { mode = "Percent", rateBasisPoints = 900, plannedPrice = new { minorUnits = 1999.5, currency = "USD" }, plannedUnits = 500, exclusive = true, termMonths = 24 };
        await Watch([.. Design(creator, designId), new(creator, bids)])
            .RefusesAsync(HttpStatusCode.BadRequest, FailureTypes.RequestInvalid, () => People["harbor"].PutAsync($"{bids}/{story.Id(Ids.Bid, "half-cent")}", terms, Cancel));
    }

    [Fact]
    public async Task A_held_design_and_what_is_for_other_roles_is_not_there()
    {
        var story = Tell("others");
        var (creator, other) = (People["mara"], People["aiko"]);
        var held = await story.SubmitAsync(creator, Trial(6) with { Title = "For Disney fans" });
        await story.ReachesAsync(creator, held, TimeSpan.FromDays(1), DesignStage.Held);
        var watched = Watch(Design(creator, held));
        await watched.RefusesAsync(HttpStatusCode.NotFound, "not_found", () => other.GetAsync<DesignDetail>($"/v1/designs/{held}", Cancel));
        await watched.RefusesAsync(HttpStatusCode.NotFound, "not_found", () => other.PostAsync($"/v1/designs/{held}/withdrawal", new ReasonBody("not mine"), "not-mine", Cancel));
        await watched.RefusesAsync(HttpStatusCode.Forbidden, "forbidden", () => other.PostAsync($"/v1/designs/{held}/moderation", new ModerationBody(true, "not mine"), "not-mine", Cancel));
        await watched.RefusesAsync(HttpStatusCode.Forbidden, "forbidden", () => other.GetAsync<SellerAccountSummary>("/v1/me/seller-account", Cancel));
        await watched.RefusesAsync(HttpStatusCode.Forbidden, "forbidden", () => other.TrialBalanceAsync(Cancel));
    }

    private static DemoDesign Trial(int picture) => new($"Trial {picture}", "A trial.", "t-shirts", ["trial"], DemoDesign.Pictures[picture]);

    private static Resource[] Design(Actor creator, string designId) => [new(creator, $"/v1/designs/{designId}"), new(creator, $"/v1/designs/{designId}/timeline")];

    // What happened is on record before whose turn it is next: only then is the design at rest.
    private static Task<DesignDetail> TurnsToAsync(Story story, Actor creator, string designId, Party turn) => story.UntilAsync(
        $"the turn of the {turn}", () => creator.GetAsync<DesignDetail>($"/v1/designs/{designId}", Cancel), detail => detail.Design.Turn == turn, TimeSpan.FromHours(6));

    private Watched Watch(params IReadOnlyList<Resource> resources) => new(People, resources);

    private Story Tell(string name) => fixture.Machine.Tell(name, StoryJournal.InMemory(), new Transcript());

    private static async Task<string> PublishedAsync(Story story, Actor creator, int picture)
    {
        var designId = await story.SubmitAsync(creator, Trial(picture));
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.Published);
        return designId;
    }

    private static async Task<string> OpenToBidsAsync(Story story, Actor creator, int picture)
    {
        var designId = await PublishedAsync(story, creator, picture);
        await story.OpenBiddingAsync(creator, designId);
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids);
        return designId;
    }
}
