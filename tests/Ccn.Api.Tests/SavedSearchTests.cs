using System.Security.Claims;
using Ccn.Api.Desk;
using Ccn.Api.Problems;
using Ccn.Data.Designs;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Microsoft.AspNetCore.Http;
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
        await AsAsync(seller, searches => searches.SaveAsync(id, "My lamps", SellerList.All, null, category, CancellationToken.None));
        await AsAsync(seller, searches => searches.SaveAsync(id, "My lamps", SellerList.All, null, category, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(("My lamps", 0), (await searches.MineAsync(CancellationToken.None)).Select(search => (search.Name, search.New)).Single()));

        await PublishAsync(creator, category);
        await PublishAsync(creator, "another category");
        await AsAsync(seller, async searches => Assert.Equal(1, (await searches.MineAsync(CancellationToken.None)).Single().New));
        await api.PassAsync(TimeSpan.FromMinutes(2));
        await AsAsync(seller, searches => searches.LookAsync(id, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(0, (await searches.MineAsync(CancellationToken.None)).Single().New));
    }

    [Fact]
    public async Task A_saved_search_is_its_owners_has_a_name_of_its_own_and_can_be_deleted()
    {
        using var seller = await api.SignUpAsync("seller");
        using var other = await api.SignUpAsync("seller");
        var (first, second) = (Ids.New(Ids.SavedSearch, api.Now), Ids.New(Ids.SavedSearch, api.Now));
        await AsAsync(seller, searches => searches.SaveAsync(first, "Mugs", SellerList.Open, "mug", null, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal(ProblemCode.StateConflict, (await Assert.ThrowsAsync<ProblemException>(() => searches.SaveAsync(second, "Mugs", SellerList.Voting, null, null, CancellationToken.None))).Code));
        await AsAsync(seller, async searches => Assert.Equal(ProblemCode.RequestInvalid, (await Assert.ThrowsAsync<ProblemException>(() => searches.SaveAsync(second, " ", SellerList.Voting, null, null, CancellationToken.None))).Code));
        await AsAsync(other, searches => searches.SaveAsync(second, "Mugs", SellerList.Open, null, null, CancellationToken.None));
        await AsAsync(other, async searches => Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => searches.LookAsync(first, CancellationToken.None))).Code));
        await AsAsync(other, searches => searches.DeleteAsync(first, CancellationToken.None));
        await AsAsync(seller, searches => searches.RenameAsync(first, "Cups", CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Equal("Cups", (await searches.MineAsync(CancellationToken.None)).Single().Name));
        await AsAsync(seller, searches => searches.DeleteAsync(first, CancellationToken.None));
        await AsAsync(seller, async searches => Assert.Empty(await searches.MineAsync(CancellationToken.None)));
    }

    private async Task PublishAsync(Person creator, string category)
    {
        var (id, at) = (Ids.New(Ids.Design, api.Now), api.Now.AddMinutes(1));
        await api.RecordAsync(
            new BusinessEvent($"test/{id}:1", id, "test", at, null, new DesignSubmitted(creator.Id, "A lamp", "Of brass.", category, [], "key", "lamp.png", "image/png", 1, "hash", "2026-11", "open-challenge", 1)),
            new BusinessEvent($"test/{id}:2", id, "test", at, null, new DesignPublished()),
            new BusinessEvent($"test/{id}:3", id, "test", at, null, new StageEntered(DesignStage.Published, Party.Creator, null, null, null, null)));
    }

    private async Task AsAsync(Person person, Func<SavedSearches, Task> act)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id)], "test");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(identity), RequestServices = scope.ServiceProvider };
        await act(scope.ServiceProvider.GetRequiredService<SavedSearches>());
    }
}
