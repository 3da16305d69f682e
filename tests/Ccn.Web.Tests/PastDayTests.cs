using System.Globalization;
using Ccn.Api.Designs;
using Ccn.Api.Royalties;
using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>The life cycle at a past day: with script by the slider, without by the date; the money for those whose it is.</summary>
[Collection(SiteTests.Name)]
public sealed class PastDayTests(SiteFixture site)
{
    [Fact]
    public async Task The_creator_sees_the_money_of_a_past_day_and_a_visitor_the_state_only()
    {
        var (designId, day, creator) = await SoldAsync();
        await using (var mine = await site.VisitAsync(creator, script: false))
        {
            await mine.GoAsync($"/designs/{designId}");
            await mine.Page.GetByLabel("As it was on").FillAsync(day);
            await mine.Page.GetByRole(AriaRole.Button, new() { Name = "Show", Exact = true }).ClickAsync();
            Assert.Contains($"at={day}", mine.Page.Url, StringComparison.Ordinal);
            Assert.Contains("Its money at the end of that day", await mine.Page.Locator("#life").InnerTextAsync(), StringComparison.Ordinal);
            Assert.True(await mine.Page.Locator(".moneythen td .num:not(:text-is('$0.00'))").CountAsync() > 0);
        }

        await using var visitor = await site.VisitAsync(null, script: false);
        await visitor.GoAsync($"/designs/{designId}?at={day}");
        Assert.Contains("As it was at the end of", await visitor.Page.Locator("#life").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await visitor.Page.Locator(".moneythen").CountAsync());
    }

    [Fact]
    public async Task The_slider_goes_back_to_the_day_before_anything_was_earned()
    {
        var (designId, _, creator) = await SoldAsync();
        await using var visit = await site.VisitAsync(creator);
        await visit.GoAsync($"/designs/{designId}");
        await visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Day of the life cycle" }).FocusAsync();
        await visit.Page.Keyboard.PressAsync("Home");
        await visit.Page.GetByText("Nothing had been earned yet.").WaitForAsync();
        visit.IsFaultless("scrubbing");
    }

    /// <summary>A design with a statement, the day on which that became final, and its creator.</summary>
    private async Task<(string DesignId, string Day, string Creator)> SoldAsync()
    {
        var cast = site.World.Cast;
        var statement = (await cast.Finance.GetAsync<IReadOnlyList<StatementSummary>>("/v1/statements", CancellationToken.None)).First(row => !row.Gross.IsZero && row.FinalizedAt is not null);
        var licence = (await cast.Finance.GetAsync<Ccn.Api.Licences.LicenceDetail>($"/v1/licences/{statement.LicenceId}", CancellationToken.None)).Licence;
        var creator = Host.Demo.DemoPeople.Creators.First(person => cast[person.Handle].UserId == licence.CreatorId).Handle;
        var past = (await cast.Finance.GetAsync<DesignMoment>($"/v1/designs/{licence.DesignId}/moment?at={Uri.EscapeDataString(statement.FinalizedAt!.Value.ToString("O", CultureInfo.InvariantCulture))}", CancellationToken.None)).At;
        return (licence.DesignId, past.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), creator);
    }
}
