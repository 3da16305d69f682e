using System.Globalization;
using Ccn.Api.Listings;
using Ccn.Host.Demo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Ccn.Web.Tests;

/// <summary>A seller asks Amazon for its fees in the profit calculator.</summary>
[Collection(SiteTests.Name)]
public sealed class FeeEstimatePageTests(SiteFixture site)
{
    private const float Patience = 45_000;

    [Theory, InlineData(true, "23.40"), InlineData(false, "23.60")]
    public async Task The_calculator_says_that_the_fees_are_Amazons_own_and_of_which_day(bool script, string price)
    {
        var (seller, asin) = await OfferAsync();
        await using var visit = await site.VisitAsync(seller, script: script);
        var page = await OpenAsync(visit);
        await Expect(page.Locator("[data-result]")).ToContainTextAsync("a preset for the United States");
        await page.GetByLabel("Consumer price").FillAsync(price);
        await page.GetByLabel("Note to the creator").FillAsync("I sell mugs.");
        await page.GetByLabel("Like your offer (ASIN)").FillAsync(asin.ToLowerInvariant());
        if (script) { await Expect(page.Locator("[data-result]")).ToContainTextAsync($"No estimate of Amazon for {asin.ToLowerInvariant()} at ${price}, shipped by Amazon, yet"); }

        var asked = site.World.Time.Now;
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask Amazon" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Amazon would take", new() { Timeout = Patience });
        var result = page.Locator("[data-result]");
        var said = await result.InnerTextAsync();
        Assert.Contains(new[] { asked, site.World.Time.Now }, day => said.Contains($"Amazon’s estimate of {day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)} for {asin} at ${price}, shipped by Amazon", StringComparison.Ordinal));
        await Expect(result.GetByRole(AriaRole.Rowheader, new() { Name = "ReferralFee" })).ToBeVisibleAsync();
        await Expect(result.GetByRole(AriaRole.Rowheader, new() { Name = "FBAFees" })).ToBeVisibleAsync();
        await Expect(page.GetByLabel("Note to the creator")).ToHaveValueAsync("I sell mugs.");
        visit.IsFaultless("the calculator");

        // The answer is kept: the address of the plan shows it again, and another price does not.
        await visit.GoAsync($"{new Uri(page.Url).AbsolutePath}?price={price}&asin={asin}");
        await Expect(page.Locator("[data-result]")).ToContainTextAsync("Amazon’s estimate of");
        await visit.GoAsync($"{new Uri(page.Url).AbsolutePath}?price=23.41&asin={asin}");
        await Expect(page.Locator("[data-result]")).ToContainTextAsync("a preset for the United States");
    }

    [Fact]
    public async Task A_plan_is_counted_again_without_asking_Amazon()
    {
        var (seller, asin) = await OfferAsync();
        await using var visit = await site.VisitAsync(seller);
        var page = await OpenAsync(visit);
        await page.GetByLabel("Like your offer (ASIN)").FillAsync(asin);
        await page.GetByLabel("Consumer price").FillAsync("31.90");
        await Expect(page.Locator("[data-result]")).ToContainTextAsync($"No estimate of Amazon for {asin} at $31.90");

        // The enter key counts too, and lodges nothing.
        await page.GetByLabel("Consumer price").PressAsync("Enter");
        await Expect(page.Locator("[data-result]")).ToContainTextAsync($"No estimate of Amazon for {asin} at $31.90");
        Assert.Equal(0, await page.GetByRole(AriaRole.Dialog).CountAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_refusal_says_why_and_keeps_what_was_typed(bool script)
    {
        var (seller, _) = await OfferAsync();
        await using var visit = await site.VisitAsync(seller, script: script);
        var page = await OpenAsync(visit);
        await page.GetByLabel("Consumer price").FillAsync("27.30");
        await page.GetByLabel("First run").FillAsync("640");
        await page.GetByLabel("Note to the creator").FillAsync("I sell mugs.");
        await page.GetByLabel("Like your offer (ASIN)").FillAsync("B0NOTTHERE");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask Amazon" }).ClickAsync();
        await Expect(page.Locator("#ask")).ToContainTextAsync("Amazon gives no estimate for B0NOTTHERE: The item is not in the catalogue.", new() { Timeout = Patience });
        await Expect(page.Locator("[data-result]")).ToContainTextAsync("a preset for the United States. Amazon gives no estimate for B0NOTTHERE");
        await Expect(page.GetByLabel("Consumer price")).ToHaveValueAsync("27.30");
        await Expect(page.GetByLabel("First run")).ToHaveValueAsync("640");
        await Expect(page.GetByLabel("Note to the creator")).ToHaveValueAsync("I sell mugs.");
        await Expect(page.GetByLabel("Like your offer (ASIN)")).ToHaveValueAsync("B0NOTTHERE");
        visit.IsFaultless("the calculator");
    }

    private async Task<IPage> OpenAsync(Visit visit)
    {
        var template = SitePage.All.Single(page => page.Template == "/desk/designs/{DesignId}");
        await visit.GoAsync(site.Addresses.PathOf(template));
        await visit.Page.WaitForLoadStateAsync();
        return visit.Page;
    }

    /// <summary>A seller with an offer at Amazon.</summary>
    private async Task<(string Handle, string Asin)> OfferAsync()
    {
        foreach (var seller in DemoPeople.Sellers)
        {
            var listings = await site.World.Cast[seller.Handle].GetAsync<IReadOnlyList<ListingSummary>>("/v1/listings", TestContext.Current.CancellationToken);
            if (listings.FirstOrDefault(listing => listing.Asin is not null) is { } offer) { return (seller.Handle, offer.Asin!); }
        }

        throw new InvalidOperationException("The lived history has no offer with an ASIN.");
    }
}
