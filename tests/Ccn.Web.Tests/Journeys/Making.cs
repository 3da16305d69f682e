using Ccn.Host.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests.Journeys;

/// <summary>From the request to suppliers to 500 counted units.</summary>
internal sealed class Making(JourneyStage stage)
{
    /// <summary>Answers in a day by its personal page and gets the order.</summary>
    private static DemoSupplier Quick => DemoSupplier.Guangzhou;

    /// <summary>Of the network and checked; answers late.</summary>
    private static DemoSupplier Late => DemoSupplier.Dhaka;

    private static DemoSupplier Never => DemoSupplier.Ningbo;

    public async Task AskSuppliersAsync()
    {
        var seller = await stage.PersonAsync("northlight");
        await seller.GoesToAsync("/desk");
        await seller.FollowsAsync("Ask suppliers");
        await seller.FillsAsync("Quantity", "500");
        await seller.FillsAsync("Specification", "T-shirt, 180 g/m² combed cotton, DTG print front 30 x 40 cm, sizes S to XL, polybag each.");
        foreach (var supplier in new[] { Quick, Late, Never }) { await seller.ChecksAsync(supplier.Name); }

        await seller.PictureAsync("ask");
        await seller.PressesAsync("Ask the chosen suppliers");
        await seller.SeesAsync("Who was asked");
        await seller.SeesAsync("No quote yet");
        await seller.PictureAsync("asked");
    }

    public async Task HearFromSuppliersAsync()
    {
        var seller = await stage.PersonAsync("northlight");
        await stage.PassAsync(TimeSpan.FromHours(20));
        await seller.GoesToAsync(new Uri(seller.Page.Url).AbsolutePath);
        await seller.IsLiveAsync();

        // What the seller copies into Alibaba's chat: the supplier opens the address in it.
        var asked = Invitation(seller, Quick);
        await asked.GetByText("Hand over on Alibaba").ClickAsync();
        var supplier = await stage.PersonAsync("guangzhou");
        await supplier.GoesToAsync(AddressIn(await asked.Locator("pre").InnerTextAsync()));
        await supplier.SeesAsync("DTG print front 30 x 40 cm");
        await supplier.FillsAsync("From units, row 1", "100");
        await supplier.FillsAsync("Unit price, row 1", "4.70");
        await supplier.FillsAsync("From units, row 2", "500");
        await supplier.FillsAsync("Unit price, row 2", "4.10");
        await supplier.FillsAsync("Smallest order", "100");
        await supplier.FillsAsync("Lead time", "20");
        await supplier.FillsAsync("Incoterm", "FOB Shenzhen");
        await supplier.PictureAsync("quote");
        await supplier.PressesAsync("Send the quote");
        await supplier.SeesAsync("your quote is on its way");
        await seller.SeesAsync(seller.Row(Quick.Name), "$4.10");
        await seller.PictureAsync("first-quote");

        // One late, one never: reminders and replacement run by their timers.
        var path = new Uri(seller.Page.Url).AbsolutePath;
        await stage.PassUntilSeenAsync(seller, path, () => IsAsync(seller, Never, "Reminded"), TimeSpan.FromHours(6), TimeSpan.FromDays(10));
        await seller.PictureAsync("reminded");
        await stage.PassUntilSeenAsync(seller, path, () => IsAsync(seller, Late, "Quoted"), TimeSpan.FromHours(12), TimeSpan.FromDays(14));
        await stage.PassUntilSeenAsync(seller, path, () => IsAsync(seller, Never, "Silent"), TimeSpan.FromHours(12), TimeSpan.FromDays(14));
        await seller.SeesAsync("asked by CCN in place of a silent one");
        await seller.PictureAsync("quotes");
    }

    public async Task OrderAsync()
    {
        var seller = await stage.PersonAsync("northlight");
        await seller.Page.WaitForLoadStateAsync();
        await seller.Row(Quick.Name).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        var dialog = seller.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("500 units at $4.10 each, $2,050.00 in all");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve and order" }).ClickAsync();
        await seller.SeesAsync("The quote is approved and the order is being placed.");
        await stage.PassUntilSeenAsync(seller, "/desk/orders", async () => await seller.Page.GetByRole(AriaRole.Link, new() { Name = "Midnight Garden" }).CountAsync() > 0, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        await seller.FollowsAsync("Midnight Garden");
        await seller.SeesAsync("Deposit of $615.00 is paid");
    }

    public async Task ProduceAsync()
    {
        var (seller, supplier) = (await stage.PersonAsync("northlight"), await stage.PersonAsync("guangzhou"));
        await seller.PressesAndConfirmsAsync("Deposit of $615.00 is paid", "Yes, it is paid", "$615.00 are on their way");
        await seller.SeesAsync("The payment is on record and the supplier is told.");
        await seller.IsLiveAsync();
        await seller.Page.GetByText("The supplier's link to report by").ClickAsync();
        var link = AddressIn(await seller.Page.Locator(".handoff pre").InnerTextAsync());
        foreach (var milestone in new[] { "Deposit received", "Sample approved", "In production", "Ready for inspection" }) { await ReportAsync(seller, supplier, link, milestone); }

        await seller.PictureAsync("ready");
        await seller.SeesAsync(seller.Section("Inspection"), "50");
        await seller.FillsAsync("Major", "3");
        await seller.FillsAsync("Minor", "4");
        await seller.PressesAsync("Record the inspection");
        await seller.SeesAsync("Passed: the balance is due now.");
        await seller.PressesAndConfirmsAsync("Balance of $1,435.00 is paid", "Yes, it is paid", "ships the goods");
        await seller.SeesAsync("The payment is on record and the supplier is told.");
        await ReportAsync(seller, supplier, link, "Shipped");
        await stage.PassAsync(TimeSpan.FromDays(18));
        await seller.GoesToAsync(new Uri(seller.Page.Url).AbsolutePath);
        await seller.FillsAsync("Received", "500");
        await seller.PressesAndConfirmsAsync("Record the count", "Record the count", "compared with the 500 units ordered", "It cannot be changed later");
        await seller.SeesAsync("The count is on record: the listing can be prepared.");
        await seller.PictureAsync("counted");
    }

    private static async Task ReportAsync(Person seller, Person supplier, string link, string milestone)
    {
        await supplier.GoesToAsync(link);
        await supplier.ChoosesAsync("What has happened?", milestone);
        await supplier.PressesAsync("Report it");
        await supplier.SeesAsync("the step is reported");

        // The seller's page has been open all the time.
        await seller.SeesAsync(seller.Section("On the way").Locator("li.done").Filter(new() { HasText = milestone }), milestone);
        await supplier.PictureAsync("reported");
    }

    private static ILocator Invitation(Person seller, DemoSupplier supplier) => seller.Section("Who was asked").GetByRole(AriaRole.Listitem).Filter(new() { HasText = supplier.Name });

    private static async Task<bool> IsAsync(Person seller, DemoSupplier supplier, string state) => await Invitation(seller, supplier).GetByText(state, new() { Exact = true }).CountAsync() > 0;

    private static string AddressIn(string text) => new Uri(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).First(word => word.Contains("/supplier/", StringComparison.Ordinal))).AbsolutePath;
}
