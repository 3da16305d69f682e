using System.Security.Claims;
using Ccn.Api.Desk;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

/// <summary>A seller keeps lists under names and hears how many designs came in since the last look.</summary>
[Collection(ApiCollection.Name)]
public sealed class SavedSearchTests(ApiFixture api)
{
    [Fact]
    public async Task What_came_in_since_the_last_look_is_counted_and_looking_ends_it()
    {
        using var seller = await api.SignUpAsync("seller");
        using var creator = await api.SignUpAsync("creator");
        var category = "saved-" + Guid.NewGuid().ToString("N")[..8];
        var id = Ids.New(Ids.SavedSearch, api.Now);
        await AsAsync(seller, searches => searches.SaveAsync(id, "My lamps", SellerList.All, null, category, true, CancellationToken.None));
        await AsAsync(seller, searches => searches.SaveAsync(id, "My lamps", SellerList.All, null, category, true, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(("My lamps", 0), (await searches.MineAsync(CancellationToken.None)).Select(search => (search.Name, search.New)).Single()));

        await PublishAsync(creator, category);
        await PublishAsync(creator, "another category");
        await AsAsync(seller, async searches => Assert.Equal(1, (await searches.MineAsync(CancellationToken.None)).Single().New));
        await api.PassAsync(TimeSpan.FromMinutes(2));
        await AsAsync(seller, searches => searches.LookAsync(id, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(0, (await searches.MineAsync(CancellationToken.None)).Single().New));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("lamp")]
    [InlineData("LAMPS of brass")]
    [InlineData("Lampp")]
    [InlineData("the lamp")]
    [InlineData("Brasswork")]
    [InlineData("lamp -brass")]
    [InlineData("teapot")]
    public async Task A_notice_comes_exactly_when_the_list_shows_the_design(string? words)
    {
        using var seller = await api.SignUpAsync("seller");
        using var creator = await api.SignUpAsync("creator");
        var category = "told-" + Guid.NewGuid().ToString("N")[..8];
        await AsAsync(seller, searches => searches.SaveAsync(Ids.New(Ids.SavedSearch, api.Now), "Mine", SellerList.All, words, category, true, CancellationToken.None));
        await PublishAsync(creator, category);
        await PublishAsync(creator, "another category");
        await AsAsync(seller, async searches =>
        {
            var listed = (await searches.ListAsync(SellerList.All, words, category, null, CancellationToken.None)).Items.Select(design => design.DesignId);
            await using var db = api.OpenDatabase();
            Assert.Equal(listed, await db.Notices.Where(notice => notice.UserId == seller.Id).Select(notice => notice.DesignId!).ToListAsync());
        });
    }

    [Fact]
    public async Task Turned_off_it_tells_nothing_and_still_counts()
    {
        using var seller = await api.SignUpAsync("seller");
        using var creator = await api.SignUpAsync("creator");
        var (id, category) = (Ids.New(Ids.SavedSearch, api.Now), "quiet-" + Guid.NewGuid().ToString("N")[..8]);
        await AsAsync(seller, searches => searches.SaveAsync(id, "Quiet", SellerList.All, null, category, true, CancellationToken.None));
        await AsAsync(seller, searches => searches.ChangeAsync(id, "Quiet", false, CancellationToken.None));
        await PublishAsync(creator, category);
        await using var db = api.OpenDatabase();
        Assert.False(await db.Notices.AnyAsync(notice => notice.UserId == seller.Id));
        await AsAsync(seller, async searches => Assert.Equal((1, false), (await searches.MineAsync(CancellationToken.None)).Select(search => (search.New, search.Tell)).Single()));
    }

    [Fact]
    public async Task A_saved_search_is_its_owners_has_a_name_of_its_own_and_can_be_deleted()
    {
        using var seller = await api.SignUpAsync("seller");
        using var other = await api.SignUpAsync("seller");
        var (first, second) = (Ids.New(Ids.SavedSearch, api.Now), Ids.New(Ids.SavedSearch, api.Now));
        await AsAsync(seller, searches => searches.SaveAsync(first, "Mugs", SellerList.Open, "mug", null, true, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(ProblemCode.StateConflict, (await Assert.ThrowsAsync<ProblemException>(() => searches.SaveAsync(second, "Mugs", SellerList.Voting, null, null, true, CancellationToken.None))).Code));
        await AsAsync(seller, async searches => Assert.Equal(ProblemCode.RequestInvalid, (await Assert.ThrowsAsync<ProblemException>(() => searches.SaveAsync(second, " ", SellerList.Voting, null, null, true, CancellationToken.None))).Code));
        await AsAsync(other, searches => searches.SaveAsync(second, "Mugs", SellerList.Open, null, null, true, CancellationToken.None));
        await AsAsync(other, async searches => Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => searches.LookAsync(first, CancellationToken.None))).Code));
        await AsAsync(other, searches => searches.DeleteAsync(first, CancellationToken.None));
        await AsAsync(seller, searches => searches.ChangeAsync(first, "Cups", false, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(("Cups", false), (await searches.MineAsync(CancellationToken.None)).Select(search => (search.Name, search.Tell)).Single()));
        await AsAsync(seller, searches => searches.DeleteAsync(first, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Empty(await searches.MineAsync(CancellationToken.None)));
    }

    // By the registered context, as the worker does: how near a misspelt title must be is a setting of its connections.
    private async Task PublishAsync(Person creator, string category)
    {
        var (id, at) = (Ids.New(Ids.Design, api.Now), api.Now.AddMinutes(1));
        await using var scope = api.Services.CreateAsyncScope();
        await EventStore.AppendAsync(scope.ServiceProvider.GetRequiredService<CcnDbContext>(),
        [
            new($"test/{id}:1", id, "test", at, null, new DesignSubmitted(creator.Id, "A lamp", "Of brass.", category, ["brasswork"], "key", "lamp.png", "image/png", 1, "hash", "2026-11", "open-challenge", 1)),
            new($"test/{id}:2", id, "test", at, null, new DesignPublished()),
            new($"test/{id}:3", id, "test", at, null, new StageEntered(DesignStage.Published, Party.Creator, null, null, null, null)),
        ]);
    }

    private async Task AsAsync(Person person, Func<SavedSearches, Task> act)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id)], "test");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(identity), RequestServices = scope.ServiceProvider };
        await act(scope.ServiceProvider.GetRequiredService<SavedSearches>());
    }
}
