using System.Globalization;
using System.Security.Cryptography;
using Ccn.Host.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.Journeys;

/// <summary>From joining to a design that has won its challenge.</summary>
internal sealed class Winning(JourneyStage stage)
{
    private const string Challenge = "Floral Fashion";

    public async Task EverybodyJoinsAsync()
    {
        var mara = await stage.PersonAsync("mara");
        await JoinAsync(mara, "I design", "Mara Lindqvist", "mara");
        await mara.FollowsAsync("Earnings");
        await mara.FillsAsync("E-mail of your PayPal account", "mara@pay.example");
        await mara.PressesAsync("Set");
        await mara.SeesAsync("Saved.");

        var seller = await stage.PersonAsync("northlight");
        await JoinAsync(seller, "I sell", "Northlight Goods", "northlight");
        await seller.FollowsAsync("Seller desk");
        await seller.FollowsAsync("Connect them");
        await seller.FillsAsync("Amazon seller id", Cast.AmazonSellerId("northlight"));
        await seller.FillsAsync("Amazon authorization token", "Atzr|" + Cast.AmazonSellerId("northlight"));
        await seller.FillsAsync("Payment method", "pm_card_visa");
        await seller.PressesAsync("Connect");
        await seller.SeesAsync("Being checked");

        var admin = await stage.PersonAsync("admin");
        await admin.GoesToAsync("/admin/sellers");
        await admin.FollowsAsync("Verify Northlight Goods");
        await admin.PressesAsync("Verify the seller");
        await admin.SeesAsync("Northlight Goods is verified and may bid now.");
        await seller.GoesToAsync("/desk/account");
        await seller.SeesAsync("Verified");
    }

    /// <summary>Submits a picture and returns the design's id once it is published.</summary>
    public async Task<string> UploadAsync(string handle, string title, string description, string tags, string picture)
    {
        var creator = await stage.PersonAsync(handle);
        await creator.GoesToAsync("/my/designs");
        await creator.FollowsAsync("New design");
        var file = Path.Combine(AppContext.BaseDirectory, "Demo", "Images", picture);
        await creator.Page.GetByLabel("Drop pictures here, or choose them").SetInputFilesAsync(file);
        await creator.FillsAsync("Title", title);
        await creator.FillsAsync("Description", description);
        await creator.FillsAsync("Category", "t-shirts");
        await creator.FillsAsync("Tags", tags);
        await creator.ChecksAsync("I accept the terms");
        await creator.SeesAsync("is uploaded.");
        await creator.PictureAsync("upload");
        await creator.PressesAsync("Submit the design");
        await creator.SeesAsync("Received");
        await creator.SeesAsync(Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken))));
        await creator.PictureAsync("receipt");
        await creator.FollowsAsync("Go to the design");
        await creator.SeesAsync(creator.Page.Locator("main .stage").First, "Published");
        return creator.Page.Url.Split('/')[^1];
    }

    public async Task<string> OpenContestAsync()
    {
        var admin = await stage.PersonAsync("admin");
        await admin.GoesToAsync("/admin");
        await admin.FollowsAsync("Open a contest");
        await admin.FillsAsync("Title", Challenge);
        await admin.FillsAsync("Brief", "Flowers for people who think they do not like flowers. One motif, wearable every day.");
        await admin.FillsAsync("Category", "t-shirts");
        await admin.ChecksAsync("Open challenge.");
        await admin.PressesAsync("Open the contest");
        await admin.SeesAsync(Challenge);
        var visitor = await stage.PersonAsync("visitor");
        await stage.PassUntilSeenAsync(visitor, "/contests", async () => await visitor.Page.GetByRole(AriaRole.Link, new() { Name = Challenge }).CountAsync() > 0, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        await visitor.FollowsAsync(Challenge);
        return visitor.Page.Url.Split('/')[^1];
    }

    public async Task EnterAsync(string handle, string designId)
    {
        var creator = await stage.PersonAsync(handle);
        await creator.GoesToAsync($"/my/designs/{designId}");
        await creator.ChoosesAsync("Contest", $"{Challenge} (t-shirts)");
        await creator.PressesAsync("Enter it");
        await creator.SeesAsync(creator.Page.Locator("main .stage").First, "In contest");
    }

    public async Task VoteAsync(string contestId, string designId, string rivalId)
    {
        var visitor = await stage.PersonAsync("visitor");
        await visitor.GoesToAsync($"/contests/{contestId}");
        await visitor.SeesAsync("2 entries");
        await stage.PassUntilAsync(await DeadlineAsync(visitor, "Submissions close"));
        await stage.PassUntilAsync(await DeadlineAsync(visitor, "Voting opens"));

        // A member's second screen, and a stranger's, which nobody reloads.
        await using var phone = await stage.AnotherBrowserAsync("jonas", signedIn: true);
        await phone.GoesToAsync($"/designs/{designId}");
        await visitor.GoesToAsync($"/designs/{designId}");
        await phone.SeesAsync("Should it be made?");
        await phone.IsLiveAsync();
        await visitor.IsLiveAsync();
        foreach (var (index, member) in new[] { "jonas", "priya", "chloe", "diego" }.Index())
        {
            await VoteAsync(member, designId, index == 1 ? 4 : 5);
            await VoteAsync(member, rivalId, index == 1 ? 4 : 3);
        }

        await phone.SeesAsync("Your ballot: 5 of 5");
        var priya = await stage.PersonAsync("priya");
        await priya.GoesToAsync($"/designs/{designId}");
        await priya.FillsAsync("Your comment", "The fern <b>glows</b>. I would wear it.");
        await priya.PressesAsync("Post the comment");
        await visitor.SeesAsync("The fern <b>glows</b>. I would wear it.");
        await visitor.PictureAsync("comment");
    }

    public async Task WinAsync(string contestId, string designId)
    {
        var (mara, visitor) = (await stage.PersonAsync("mara"), await stage.PersonAsync("visitor"));
        await mara.GoesToAsync("/notifications");
        await mara.SeesAsync("commented");
        await mara.PressesAsync("Mark all as read");
        await mara.SeesAsync("You have read everything.");
        await mara.GoesToAsync("/creators/mara");
        await Expect(mara.Page.Locator(".bell .count")).ToHaveCountAsync(0);
        await mara.IsLiveAsync();
        await visitor.GoesToAsync($"/contests/{contestId}");
        await stage.PassUntilAsync(await DeadlineAsync(visitor, "Voting closes"));
        await stage.PassUntilAsync(await DeadlineAsync(visitor, "The winner is named"));
        await visitor.SeesAsync(visitor.Page.Locator(".winner"), "Midnight Garden");
        await Expect(visitor.Row("Midnight Garden").GetByRole(AriaRole.Cell).First).ToHaveTextAsync("1");
        await visitor.SeesAsync("Seed of the order of ties");
        await visitor.PictureAsync("decided");

        // The notice came by itself to the page that was open all the time.
        await Expect(mara.Page.Locator(".bell .count")).ToBeVisibleAsync();
        await mara.GoesToAsync("/creators/mara");
        await mara.SeesAsync(mara.Section("Badges"), "winner");
        await mara.PictureAsync("badge");

        var seller = await stage.PersonAsync("northlight");
        await seller.GoesToAsync("/desk");
        await seller.FollowsAsync("Find designs");
        await seller.SeesAsync("Midnight Garden");
        await seller.PictureAsync("spotlight");
        await mara.GoesToAsync($"/my/designs/{designId}");
        await mara.SeesAsync(mara.Page.Locator("main .stage").First, "Open to bids");
    }

    private async Task VoteAsync(string handle, string designId, int score)
    {
        var member = await stage.PersonAsync(handle);
        await member.GoesToAsync($"/designs/{designId}");
        await member.Page.GetByRole(AriaRole.Radio, new() { Name = score.ToString(CultureInfo.InvariantCulture), Exact = true }).CheckAsync();
        await member.PressesAsync("Cast the ballot");
        await member.SeesAsync(FormattableString.Invariant($"Your ballot: {score} of 5"));
    }

    // The page says by itself what comes next and when.
    private static async Task<DateTimeOffset> DeadlineAsync(Person reader, string what)
    {
        await reader.SeesAsync(reader.Page.Locator(".clock"), what);
        return await reader.DeadlineAsync(".clock");
    }

    private static async Task JoinAsync(Person person, string role, string name, string handle)
    {
        await person.GoesToAsync("/");
        await person.FollowsAsync("Join");
        await person.Page.GetByRole(AriaRole.Group, new() { Name = "What brings you here?" }).GetByText(role).ClickAsync();
        await person.FillsAsync("Name", name);
        await person.FillsAsync("Handle", handle);
        await person.FillsAsync("E-mail", $"{handle}@demo.example");
        await person.FillsAsync("Password", DemoPeople.Password);
        await person.PressesAsync("Join");
        await person.IsAtAsync(address => new Uri(address).AbsolutePath == "/");
    }
}
