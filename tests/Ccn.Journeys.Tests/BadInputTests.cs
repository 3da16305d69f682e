using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
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
        await RefusedAsync(HttpStatusCode.Conflict, "ballot.closed", () => member.PutAsync(ballot, new BallotBody(4), Cancel));

        await story.VotingOpensAsync(contestId);
        await member.PutAsync(ballot, new BallotBody(4), Cancel);
        await RefusedAsync(HttpStatusCode.Conflict, "ballot.already_cast", () => member.PutAsync(ballot, new BallotBody(4), Cancel));
        await RefusedAsync(HttpStatusCode.Conflict, "ballot.own_design", () => creator.PutAsync(ballot, new BallotBody(5), Cancel));
        await RefusedAsync(HttpStatusCode.BadRequest, "ballot.score", () => member.PutAsync(ballot, new BallotBody(6), Cancel));

        var decided = await story.DecidedAsync(contestId);
        await RefusedAsync(HttpStatusCode.Conflict, "ballot.closed", () => People["priya"].PutAsync(ballot, new BallotBody(1), Cancel));
        Assert.Equal(1, decided.Entries.Single().Ballots);
    }

    [Fact]
    public async Task Bids_are_refused_below_the_floor_after_the_close_and_accepted_once()
    {
        var story = Tell("bids");
        var creator = People["mara"];
        var (first, second) = (People["northlight"], People["harbor"]);
        var designId = await PublishedAsync(story, creator, 4);
        await story.OpenBiddingAsync(creator, designId);
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.OpenToBids);
        var floor = BidActs.Percent(400, Expect.Dollars(20), 500);
        await RefusedAsync(HttpStatusCode.BadRequest, FailureTypes.RequestInvalid, () => first.PutAsync($"/v1/designs/{designId}/bids/{story.Id(Ids.Bid, "low")}", floor, Cancel));
        await RefusedAsync(HttpStatusCode.Forbidden, null, () => creator.PutAsync($"/v1/designs/{designId}/bids/{story.Id(Ids.Bid, "own")}", floor, Cancel));
        var one = await story.BidAsync(first, designId, "one", BidActs.Percent(900, Expect.Dollars(20), 500));
        var two = await story.BidAsync(second, designId, "two", BidActs.Percent(1_000, Expect.Dollars(20), 500));
        await RefusedAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => creator.PostAsync($"/v1/designs/{designId}/bids/{one}/acceptance", null, "too-early", Cancel));

        await story.RevealedAsync(creator, designId);
        await RefusedAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => first.PutAsync($"/v1/designs/{designId}/bids/{story.Id(Ids.Bid, "late")}", BidActs.Percent(1_100, Expect.Dollars(20), 500), Cancel));
        await RefusedAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => People["aiko"].PostAsync($"/v1/designs/{designId}/bids/{one}/acceptance", null, "not-mine", Cancel), HttpStatusCode.NotFound);

        // Two acceptances in the same instant: exactly one wins.
        var answers = await Task.WhenAll(new[] { one, two }.Select(async bid =>
        {
            try
            {
                await creator.PostAsync($"/v1/designs/{designId}/bids/{bid}/acceptance", null, $"accept-{bid}", Cancel);
                return "";
            }
            catch (ProblemResponseException e) { return e.Code; }
        }));
        Assert.Equal(["", FailureTypes.StateConflict], answers.Order(StringComparer.Ordinal));
        var states = (await creator.GetAsync<IReadOnlyList<BidView>>($"/v1/designs/{designId}/bids", Cancel)).Select(bid => bid.State).ToList();
        Assert.Equal(1, states.Count(state => state is BidState.Accepted));

        var licence = await story.LicenceSentAsync(creator, designId);
        await story.SignAsync(creator, licence.LicenceId, "sign");
        await story.UntilAsync("the signature to be on record", () => creator.GetAsync<LicenceDetail>($"/v1/licences/{licence.LicenceId}", Cancel), detail => detail.Signatures.ContainsKey(creator.UserId), TimeSpan.FromHours(6));
        var signing = new SigningBody($"{fixture.Machine.World.SiteUrl}/");
        await RefusedAsync(HttpStatusCode.Conflict, FailureTypes.StateConflict, () => creator.PostAsync($"/v1/licences/{licence.LicenceId}/signing", signing, "again", Cancel));
        await RefusedAsync(HttpStatusCode.NotFound, "not_found", () => People["aiko"].GetAsync<LicenceDetail>($"/v1/licences/{licence.LicenceId}", Cancel));
        await RefusedAsync(HttpStatusCode.BadRequest, "return_url.foreign", () => People["aiko"].PostAsync($"/v1/licences/{licence.LicenceId}/signing", new SigningBody("https://elsewhere.example/"), "foreign", Cancel));
    }

    [Fact]
    public async Task Files_that_are_not_what_they_say_or_too_large_in_pixels_are_refused()
    {
        var creator = People["mara"];
        await RefusedAsync(HttpStatusCode.BadRequest, null, () => creator.UploadAsync("flowers.png", "image/png", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>"), Cancel));
        var bomb = Png(20_000, 14_000);
        Assert.InRange(bomb.Length, 1, 1_200_000);
        await RefusedAsync(HttpStatusCode.BadRequest, null, () => creator.UploadAsync("large.png", "image/png", bomb, Cancel));
    }

    [Fact]
    public async Task Amounts_with_more_decimals_than_the_currency_has_are_refused()
    {
        var story = Tell("decimals");
        var creator = People["mara"];
        var designId = await PublishedAsync(story, creator, 5);
        await story.OpenBiddingAsync(creator, designId);
        var terms = new { mode = "Percent", rateBasisPoints = 900, plannedPrice = new { minorUnits = 1999.5, currency = "USD" }, plannedUnits = 500, exclusive = true, termMonths = 24 };
        await RefusedAsync(HttpStatusCode.BadRequest, FailureTypes.RequestInvalid, () => People["harbor"].PutAsync($"/v1/designs/{designId}/bids/{story.Id(Ids.Bid, "half-cent")}", terms, Cancel));
        Assert.Empty(await creator.GetAsync<IReadOnlyList<BidView>>($"/v1/designs/{designId}/bids", Cancel));
    }

    [Fact]
    public async Task Forged_webhooks_are_refused()
    {
        using var anybody = new HttpClient { BaseAddress = new(fixture.Machine.World.SiteUrl) };
        foreach (var provider in new[] { "docusign", "paypal", "stripe" })
        {
            using var content = new StringContent("""{"event":"envelope-completed","data":{"envelopeId":"x"}}""", Encoding.UTF8, "application/json");
            using var answer = await anybody.PostAsync($"/webhooks/{provider}", content, Cancel);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Contains("webhook.signature", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Another_persons_design_seller_account_and_ledger_are_not_there()
    {
        var story = Tell("others");
        var (creator, other) = (People["mara"], People["aiko"]);
        var held = await story.SubmitAsync(creator, Design(6) with { Title = "For Disney fans" });
        await story.ReachesAsync(creator, held, TimeSpan.FromDays(1), DesignStage.Held);
        await RefusedAsync(HttpStatusCode.NotFound, "not_found", () => other.GetAsync<DesignDetail>($"/v1/designs/{held}", Cancel));
        await RefusedAsync(HttpStatusCode.Forbidden, null, () => other.GetAsync<SellerAccountSummary>("/v1/me/seller-account", Cancel));
        await RefusedAsync(HttpStatusCode.Forbidden, null, () => other.TrialBalanceAsync(Cancel));
    }

    private static async Task RefusedAsync(HttpStatusCode status, string? code, Func<Task> request, HttpStatusCode? orElse = null)
    {
        var refusal = await Assert.ThrowsAsync<ProblemResponseException>(request);
        if (orElse is { } other && refusal.Status == other) { return; }

        Assert.Equal(status, refusal.Status);
        if (code is not null) { Assert.Equal(code, refusal.Code); }
    }

    private static DemoDesign Design(int picture) => new($"Trial {picture}", "A trial.", "t-shirts", ["trial"], DemoDesign.Pictures[picture]);

    private Story Tell(string name) => fixture.Machine.Tell(name, StoryJournal.InMemory(), new Transcript());

    private static async Task<string> PublishedAsync(Story story, Actor creator, int picture)
    {
        var designId = await story.SubmitAsync(creator, Design(picture));
        await story.ReachesAsync(creator, designId, TimeSpan.FromDays(1), DesignStage.Published);
        return designId;
    }

    /// <summary>A valid PNG of one grey that is small as a file and enormous as pixels.</summary>
    private static byte[] Png(int width, int height)
    {
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(file, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[width + 1];
            for (var y = 0; y < height; y++) { zlib.Write(row); }
        }

        Chunk(file, "IDAT", data.ToArray());
        Chunk(file, "IEND", []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        file.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        file.Write(number);
    }

    // The checksum of PNG chunks (ISO 3309), bit by bit: test data needs no table.
    private static uint Crc(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) { crc = (crc >> 1) ^ (0xEDB88320u & (uint)-(int)(crc & 1)); }
        }

        return ~crc;
    }
}
