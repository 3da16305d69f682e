using Microsoft.Playwright;

namespace Ccn.Web.Tests.Journeys;

/// <summary>From sealed bids to a licence that both have signed.</summary>
internal sealed class Licensing(JourneyStage stage, string designId)
{
    public async Task BidAsync()
    {
        var mara = await stage.PersonAsync("mara");
        await mara.GoesToAsync($"/my/designs/{designId}");
        await mara.SeesAsync("No bids yet");
        await mara.IsLiveAsync();
        await BidAsync("harbor", "8");
        await BidAsync("northlight", "10");
        await mara.SeesAsync("2 sealed bids");
        await mara.PictureAsync("sealed");
    }

    public async Task AcceptAsync()
    {
        var mara = await stage.PersonAsync("mara");
        await stage.PassUntilAsync(await mara.DeadlineAsync(".bids"));
        await mara.SeesAsync("Most per run");
        await mara.PictureAsync("bids");
        await mara.PressesAndConfirmsAsync("Accept the bid of Northlight Goods", "Accept it", "A licence over 10 % of the price", "exclusive", "24 months", "The other bidders become standby", "You can no longer withdraw the design");
        await mara.SeesAsync(mara.Page.Locator("main .stage").First, "Signing");
    }

    public async Task SignAsync()
    {
        var (mara, seller) = (await stage.PersonAsync("mara"), await stage.PersonAsync("northlight"));
        await stage.PassUntilSeenAsync(mara, $"/my/designs/{designId}", async () => await mara.Page.GetByRole(AriaRole.Link, new() { Name = "Licence with Northlight Goods" }).CountAsync() > 0, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        await mara.FollowsAsync("Licence with Northlight Goods");
        await mara.SeesAsync("10 %");
        await mara.PictureAsync("licence");
        await SignAsync(mara);
        await mara.SeesAsync(mara.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Mara Lindqvist (you)" }), "Signed");

        await seller.GoesToAsync("/desk");
        await seller.SeesAsync(seller.Section("Your turn"), "your signature");
        await seller.PictureAsync("your-turn");
        await seller.FollowsAsync("Read and sign");
        await SignAsync(seller);

        // The creator's page has been open all the time.
        await mara.SeesAsync(mara.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Northlight Goods" }), "Signed");
        await mara.SeesAsync("Download the sealed copy");
        await seller.SeesAsync("Download the sealed copy");
        await mara.GoesToAsync(new Uri(mara.Page.Url).AbsolutePath);
        await mara.SeesAsync("In force");
        await mara.PictureAsync("in-force");
    }

    private async Task BidAsync(string handle, string percent)
    {
        var seller = await stage.PersonAsync(handle);
        await seller.GoesToAsync("/desk/designs");
        await seller.FollowsAsync("Midnight Garden");
        await seller.FillsAsync("Royalty", percent);
        await seller.FillsAsync("Consumer price", "20.00");
        await seller.FillsAsync("First run", "500");
        await seller.PressesAndConfirmsAsync("Lodge sealed bid", "Lodge the bid", "Nobody sees your terms until the window closes");
        await seller.SeesAsync("Your bid is lodged and sealed.");
    }

    // The provider's own page, served by its sandbox.
    private static async Task SignAsync(Person party)
    {
        await party.PressesAsync("Read and sign at DocuSign");
        await party.SeesAsync("This is the sandbox's signing page");
        await party.PictureAsync("signing");
        await party.ChecksAsync("I agree to sign electronically.");
        await party.PressesAsync("Adopt and sign");
        await party.IsAtAsync(address => address.Contains("event=signing_complete", StringComparison.Ordinal));
    }
}
