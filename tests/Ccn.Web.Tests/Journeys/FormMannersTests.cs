using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Host.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.Journeys;

/// <summary>What forms do with haste, with a past that has gone on, with too much, and with bad intent.</summary>
[Collection(JourneyTests.Name)]
public sealed class FormMannersTests(JourneyStage stage)
{
    private const long TooLarge = 101L * 1024 * 1024;

    private static readonly Money Price = new(2_000, "USD");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Cast Cast => stage.World.Cast;

    [Fact]
    public async Task A_double_click_without_script_and_the_same_form_again_act_once()
    {
        var (_, designId) = await PublishedAsync("twice", "samir", 11);
        await using var priya = await stage.AnotherBrowserAsync("priya", signedIn: true, script: false);
        await priya.GoesToAsync($"/designs/{designId}");
        await priya.FillsAsync("Your comment", "Said once.");
        await priya.Page.GetByRole(AriaRole.Button, new() { Name = "Post the comment" }).DblClickAsync();
        await priya.SeesAsync("One comment");
        await priya.GoesToAsync($"/designs/{designId}");
        await Expect(priya.Page.GetByText("Said once.")).ToHaveCountAsync(1);

        // What the form says is sent again when the life cycle that took it has long ended: the same answer, no second act.
        await using var samir = await stage.AnotherBrowserAsync("samir", signedIn: true);
        await samir.GoesToAsync($"/my/designs/{designId}");
        await samir.FillsAsync("Why?", "It goes to a museum.");
        var sent = await samir.Page.Locator("form", new() { HasText = "Withdraw it" }).EvaluateAsync<string>("form => new URLSearchParams(new FormData(form)).toString()");
        await samir.PressesAndConfirmsAsync("Withdraw", "Withdraw it", "for good");
        await samir.SeesAsync(samir.Page.Locator("main .stage").First, "Withdrawn");
        var again = await samir.Page.EvaluateAsync<string>("body => fetch(location.pathname, { method: 'POST', body, headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'text/html' } }).then(async answer => `${answer.status} ${answer.redirected} ${(await answer.text()).includes('role=\"alert\"')}`)", sent);
        Assert.Equal("200 true false", again);
    }

    [Fact]
    public async Task A_page_that_has_gone_on_shows_how_it_stands_and_why_nothing_was_done()
    {
        var (story, designId) = await PublishedAsync("stale", "samir", 12);
        await using var stale = await stage.AnotherBrowserAsync("samir", signedIn: true, script: false);   // with script the page would know
        await stale.GoesToAsync($"/my/designs/{designId}");
        await Cast["samir"].PostAsync($"/v1/designs/{designId}/withdrawal", new Api.Requests.ReasonBody("In another tab."), "stale:withdraw", Cancel);
        await stale.PressesAsync("Open it");
        await stale.SeesAsync(stale.Page.GetByRole(AriaRole.Alert), "This has already ended.");
        await stale.SeesAsync(stale.Page.Locator("main .stage").First, "Withdrawn");
        await stale.PictureAsync("stale");

        // Here the form itself has gone.
        var (second, open) = await PublishedAsync("stale-bid", "samir", 13);
        await second.OpenBiddingAsync(Cast["samir"], open);
        await second.ReachesAsync(Cast["samir"], open, TimeSpan.FromDays(1), DesignStage.OpenToBids);
        var bidId = await second.BidAsync(Cast["harbor"], open, "nine", BidActs.Percent(900, Price, 500));
        await using var seller = await stage.AnotherBrowserAsync("harbor", signedIn: true, script: false);
        await seller.GoesToAsync("/desk/bids");
        await Cast["harbor"].SendAsync<object?>(HttpMethod.Delete, $"/v1/designs/{open}/bids/{bidId}", null, null, Cancel);
        await seller.PressesAsync("Withdraw");
        await seller.SeesAsync("Nothing was done: this had changed since you opened the page.");
        await seller.SeesAsync(seller.Page.Locator($"[id='{bidId}']"), "Withdrawn");
        await seller.PictureAsync("gone");
        Assert.NotNull(story);
    }

    [Fact]
    public async Task A_picture_that_is_too_large_is_refused_in_words_with_and_without_script()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("ccn-large-").FullName, "huge.png");
        await using (var written = File.Create(file)) { written.SetLength(TooLarge); }

        var before = stage.StoredFiles;
        await using var plain = await stage.AnotherBrowserAsync("samir", signedIn: true, script: false);
        await plain.GoesToAsync("/my/designs/new");
        await plain.Page.GetByLabel("Drop pictures here, or choose them").SetInputFilesAsync(file);
        await plain.FillsAsync("Title", "Huge");
        await plain.FillsAsync("Description", "Too large.");
        await plain.FillsAsync("Category", "t-shirts");
        await plain.ChecksAsync("I accept the terms");
        await plain.PressesAsync("Submit the design");
        await plain.SeesAsync("That is too large");
        await plain.PictureAsync("too-large");

        await using var scripted = await stage.AnotherBrowserAsync("samir", signedIn: true);
        await scripted.GoesToAsync("/my/designs/new");
        await scripted.Page.GetByLabel("Drop pictures here, or choose them").SetInputFilesAsync(file);
        await scripted.SeesAsync("huge.png is longer than 50 MiB.");
        Assert.Equal(before, stage.StoredFiles);
        File.Delete(file);
    }

    [Fact]
    public async Task Markup_in_any_text_is_shown_as_text()
    {
        const string Bad = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
        var story = stage.Tell("markup");
        var samir = Cast["samir"];
        var designId = await story.SubmitAsync(samir, new("Bad " + Bad[..40], Bad, "<b>t-shirts</b>", ["<i>tag</i>"], DemoDesign.Pictures[14]));
        await story.ReachesAsync(samir, designId, TimeSpan.FromDays(1), DesignStage.Published);
        await using var priya = await stage.AnotherBrowserAsync("priya", signedIn: true);
        await priya.GoesToAsync($"/designs/{designId}");
        await priya.FillsAsync("Your comment", Bad);
        await priya.PressesAsync("Post the comment");
        await priya.SeesAsync(priya.Page.Locator("#comment-list"), Bad);
        await priya.SeesAsync(priya.Page.Locator("article.design"), Bad);
        await using var creator = await stage.AnotherBrowserAsync("samir", signedIn: true);
        foreach (var (reader, path) in new[] { (priya, "/"), (priya, $"/designs/{designId}"), (priya, "/creators/samir"), (creator, $"/my/designs/{designId}"), (creator, "/my/designs"), (creator, "/notifications"), (priya, $"/?q={Uri.EscapeDataString(Bad)}") })
        {
            await reader.GoesToAsync(path);
            await reader.Page.WaitForLoadStateAsync();
            Assert.NotEqual("owned", await reader.Page.TitleAsync());
            Assert.Equal(0, await reader.Page.Locator("img[src=x], main b b, main i i").CountAsync());
        }

        priya.IsFaultless();
        creator.IsFaultless();
    }

    [Fact]
    public async Task What_was_typed_while_signed_out_is_there_after_the_sign_in()
    {
        var (_, designId) = await PublishedAsync("signed-out", "samir", 15);
        await using var priya = await stage.AnotherBrowserAsync("priya", signedIn: true);
        await priya.GoesToAsync($"/designs/{designId}");
        await priya.FillsAsync("Your comment", "Typed before the cookie had gone.");
        await priya.Page.Context.ClearCookiesAsync(new() { Name = "ccn" });
        await priya.PressesAsync("Post the comment");
        await priya.SeesAsync("Welcome back");
        await priya.FillsAsync("E-mail", "priya@demo.example");
        await priya.FillsAsync("Password", DemoPeople.Password);
        await priya.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await priya.IsAtAsync(address => new Uri(address).AbsolutePath == $"/designs/{designId}");
        await Expect(priya.Page.GetByLabel("Your comment")).ToHaveValueAsync("Typed before the cookie had gone.");
        await priya.PressesAsync("Post the comment");
        await priya.SeesAsync(priya.Page.Locator("#comment-list"), "Typed before the cookie had gone.");
    }

    [Fact]
    public async Task A_standby_bidder_takes_the_licence_that_fell_through()
    {
        var (story, designId) = await PublishedAsync("standby", "samir", 16);
        var samir = Cast["samir"];
        await story.OpenBiddingAsync(samir, designId);
        var first = await story.BidAsync(Cast["harbor"], designId, "ten", BidActs.Percent(1_000, Price, 500));   // at once: the round need not be on record yet
        await story.BidAsync(Cast["casaverde"], designId, "eight", BidActs.Percent(800, Price, 500));
        await story.RevealedAsync(samir, designId);
        await story.AcceptAsync(samir, designId, first, "10 %");
        await story.LicenceSentAsync(samir, designId);
        await using var seller = await stage.AnotherBrowserAsync("casaverde", signedIn: true);
        await stage.PassUntilSeenAsync(seller, "/desk/bids", async () => await seller.Page.GetByRole(AriaRole.Button, new() { Name = "Take it" }).CountAsync() > 0, TimeSpan.FromHours(12), TimeSpan.FromDays(20));
        await seller.PictureAsync("standby");
        await seller.PressesAndConfirmsAsync("Take it", "Take it", "asked to sign it");
        await seller.SeesAsync("Your answer is on record.");
        await stage.PassUntilSeenAsync(seller, "/desk/licences", async () => await seller.Page.GetByRole(AriaRole.Link, new() { Name = "Read and sign" }).CountAsync() > 0, TimeSpan.FromMinutes(5), TimeSpan.FromDays(1));
    }

    private async Task<(Story Story, string DesignId)> PublishedAsync(string name, string creator, int picture)
    {
        var story = stage.Tell(name);
        var designId = await story.SubmitAsync(Cast[creator], new($"Design of {name}", "A picture for a test.", "t-shirts", ["test"], DemoDesign.Pictures[picture]));
        await story.ReachesAsync(Cast[creator], designId, TimeSpan.FromDays(1), DesignStage.Published);
        return (story, designId);
    }
}
