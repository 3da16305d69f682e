using Ccn.Host.Demo;
using Microsoft.Playwright;

namespace Ccn.Web.Tests.Journeys;

/// <summary>From the offer at Amazon to the creator's money and the correction of the month after.</summary>
internal sealed class Selling(JourneyStage stage)
{
    private const int UnitsPerOrder = 5, Orders = 60, Returned = 2;

    private static readonly TimeZoneInfo StatementZone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private string sku = "";

    public async Task ListAsync()
    {
        var seller = await stage.PersonAsync("northlight");
        await stage.PassUntilSeenAsync(seller, "/desk/listings", async () => await seller.Page.GetByRole(AriaRole.Link, new() { Name = "Complete" }).CountAsync() > 0, TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));
        await seller.FollowsAsync("Complete");
        await seller.FillsAsync("Title", "Midnight Garden T-Shirt");
        await seller.FillsAsync("Bullet points", "Printed to order quality\n180 g/m² combed cotton\nDesigned by an independent artist");
        await seller.FillsAsync("Description", "A night garden of peonies and fern, drawn in ink and coloured by hand.");
        await seller.FillsAsync("Brand", "CCN Studio");
        await seller.FillsAsync("Product type", "SHIRT");
        await seller.FillsAsync("Price", "20.00");
        await seller.FillsAsync("Units on offer", "500");
        await seller.ChecksAsync("The main photo shows the golden sample");
        await seller.ChecksAsync("Amazon has exempted the brand from product identifiers");
        await seller.PictureAsync("submission");
        await seller.PressesAsync("Check and send to Amazon");
        await seller.SeesAsync("Sent: Amazon has taken the offer and works on it.");
        sku = (await seller.Page.GetByText("SKU ").First.InnerTextAsync()).Replace("SKU ", "", StringComparison.Ordinal).Trim();

        // Amazon takes hours, which nobody waits for. A year in a minute cannot read orders every quarter of an hour, either.
        await stage.ReadOrdersDailyAsync("northlight");
        await stage.PassUntilSeenAsync(seller, new Uri(seller.Page.Url).AbsolutePath, async () => await seller.Page.GetByText("Buyable", new() { Exact = true }).CountAsync() > 0, TimeSpan.FromHours(1), TimeSpan.FromDays(2));
        await seller.PictureAsync("buyable");
    }

    /// <summary>All sales in one calendar month of the licence's zone.</summary>
    public async Task SellAsync()
    {
        var mara = await stage.PersonAsync("mara");
        await stage.PassUntilAsync(NoonOfNextMonth(3));
        await stage.World.Outside.SellAsync(Cast.AmazonSellerId("northlight"), sku, Orders, UnitsPerOrder, 20.00m, at: null, TestContext.Current.CancellationToken);
        await stage.PassUntilSeenAsync(mara, "/my/earnings", () => HasFinalAsync(mara, "$600.00"), TimeSpan.FromDays(2), TimeSpan.FromDays(60));
        await mara.SeesAsync(Final(mara, "$600.00"), "−$60.00");
        await mara.SeesAsync(Final(mara, "$600.00"), "$540.00");
        await mara.PictureAsync("earnings");
        await Final(mara, "$600.00").GetByRole(AriaRole.Link).First.ClickAsync();
        var totals = mara.Page.Locator(".totals");
        await mara.SeesAsync(totals, "$600.00");
        await mara.SeesAsync(totals, "300 units");
        await mara.SeesAsync(totals, "CCN fee");
        await mara.SeesAsync(totals, "−$60.00");
        await mara.SeesAsync(totals, "$540.00");
        await mara.PictureAsync("statement");
    }

    public async Task PayAsync()
    {
        var (mara, finance) = (await stage.PersonAsync("mara"), await stage.PersonAsync("finance"));
        await stage.PassUntilSeenAsync(finance, "/finance", async () => await finance.Page.GetByRole(AriaRole.Link, new() { Name = "Look at it (payout to Mara Lindqvist)" }).CountAsync() > 0, TimeSpan.FromDays(1), TimeSpan.FromDays(40));
        await finance.FollowsAsync("Look at it (payout to Mara Lindqvist)");
        await finance.PictureAsync("payout");
        await finance.PressesAndConfirmsAsync("Approve $540.00", "Approve", "Mara Lindqvist");
        await finance.SeesAsync("Your approval is on record.");
        await stage.PassUntilSeenAsync(mara, "/my/earnings", async () => await mara.Section("Payouts").GetByRole(AriaRole.Row).Filter(new() { HasText = "$540.00" }).Filter(new() { HasText = "Paid" }).CountAsync() > 0, TimeSpan.FromHours(6), TimeSpan.FromDays(10));
        await mara.SeesAsync(mara.Page.Locator(".flow .paid"), "$540.00");
        await mara.PictureAsync("paid");
    }

    public async Task TakeReturnsAsync()
    {
        var mara = await stage.PersonAsync("mara");
        await stage.World.Outside.RefundAsync(Cast.AmazonSellerId("northlight"), sku, Returned, TestContext.Current.CancellationToken);
        await stage.PassUntilSeenAsync(mara, "/my/earnings", () => HasFinalAsync(mara, "−$4.00"), TimeSpan.FromDays(2), TimeSpan.FromDays(75));
        await Final(mara, "−$4.00").GetByRole(AriaRole.Link).First.ClickAsync();
        var totals = mara.Page.Locator(".totals");
        await mara.SeesAsync(totals, "Taken back for returns");
        await mara.SeesAsync(totals, "2 units");
        await mara.SeesAsync(totals, "$0.40");
        await mara.SeesAsync(totals, "−$3.60");
        await mara.PictureAsync("correction");
    }

    private static ILocator Final(Person creator, string royalty) => creator.Section("Statements").GetByRole(AriaRole.Row).Filter(new() { HasText = royalty }).Filter(new() { HasText = "Final" });

    private static async Task<bool> HasFinalAsync(Person creator, string royalty) => await Final(creator, royalty).CountAsync() > 0;

    private DateTimeOffset NoonOfNextMonth(int day)
    {
        var local = TimeZoneInfo.ConvertTime(stage.Now, StatementZone).DateTime;
        var noon = new DateTime(local.Year, local.Month, 1, 12, 0, 0, DateTimeKind.Unspecified).AddMonths(1).AddDays(day - 1);
        return new DateTimeOffset(noon, StatementZone.GetUtcOffset(noon)).ToUniversalTime();
    }
}
