using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ccn.Data.Designs;
using Ccn.Data.Notifications;
using Ccn.Domain.Events;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Tests.Notifications;

/// <summary>A seller hears of a design that comes into a list which the seller keeps.</summary>
public sealed class SearchNoticeTests(World world) : IClassFixture<World>
{
    public static TheoryData<SellerList, string> Lists => new()
    {
        { SellerList.Open, "the design takes sealed bids now." }, { SellerList.Spotlight, "the design won its contest." },
        { SellerList.Voting, "the design is in a contest now." }, { SellerList.All, "the design was published." },
    };

    [Theory, MemberData(nameof(Lists))]
    public async Task Each_list_tells_of_what_comes_into_it_and_of_nothing_else(SellerList list, string what)
    {
        var category = world.NewId("category");
        var seller = await world.AddUserAsync("Seller");
        await SaveAsync(seller, "Mine", list, category);
        var designId = await SubmitAsync(category);
        await world.AppendAsync(designId, new DesignPublished());
        await world.AppendAsync(designId, new ContestEntered("ctt_1", "usr_1", "hash"));
        await world.AppendAsync(designId, new SpotlightOpened("ctt_1"));
        await world.AppendAsync(designId, Opened);
        var notice = Assert.Single(await NoticesAsync(seller));
        Assert.Equal(("Cat mug", $"New in your saved search “Mine”: {what}", designId, false), (notice.Title, notice.Text, notice.DesignId, notice.IsImportant));
        Assert.Equal($"/desk/designs/{designId}", NoticeLink.Of(notice.Type, notice.DesignId));
    }

    [Fact]
    public async Task It_is_told_once_for_each_search_however_often_the_step_is_repeated_and_the_bids_are_opened_again()
    {
        var category = world.NewId("category");
        var seller = await world.AddUserAsync("Seller");
        await SaveAsync(seller, "Mugs", SellerList.Open, category, "mug");
        await SaveAsync(seller, "All", SellerList.Open, category);
        var designId = await PublishAsync(category);
        List<BusinessEvent> first = [new($"bidding/{designId}:opened", designId, "Bidding", world.Time.GetUtcNow(), null, Opened)];
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync(first));
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync(first));
        await world.AppendAsync(designId, Opened);
        Assert.Equal(["New in your saved search “All”: the design takes sealed bids now.", "New in your saved search “Mugs”: the design takes sealed bids now."],
            (await NoticesAsync(seller)).Select(notice => notice.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_is_not_to_be_told_is_not()
    {
        var category = world.NewId("category");
        var (seller, creator) = (await world.AddUserAsync("Seller"), await world.AddUserAsync("Creator"));
        await SaveAsync(seller, "Off", SellerList.Open, category, tell: false);
        await SaveAsync(seller, "Another category", SellerList.Open, world.NewId("category"));
        await SaveAsync(seller, "Other words", SellerList.Open, category, "teapot");
        await SaveAsync(creator, "Own designs", SellerList.Open, category);
        var designId = await PublishAsync(category, creator);
        await world.AppendAsync(designId, Opened);
        Assert.Empty(await NoticesAsync(seller));
        Assert.DoesNotContain(await NoticesAsync(creator), notice => notice.Type == SearchNotices.Type);

        // Kept after the design came in: it is not new.
        await SaveAsync(seller, "Late", SellerList.Open, category);
        Assert.Empty(await NoticesAsync(seller));
    }

    [Fact]
    public async Task By_email_it_comes_to_those_who_want_all_and_a_lost_signal_is_given_again()
    {
        var category = world.NewId("category");
        var seller = await world.AddUserAsync("Seller");
        await world.SaveAsync(new NoticeSettings { UserId = seller, Email = NoticeLevel.All });
        await SaveAsync(seller, "Mugs", SellerList.Open, category);
        var designId = await PublishAsync(category);
        List<BusinessEvent> opened = [new($"bidding/{designId}:opened", designId, "Bidding", world.Time.GetUtcNow(), null, Opened)];
        await world.AppendAsync(designId, opened[0].Data);   // the attempt that died between its commit and the signal
        Assert.NotNull(Assert.Single(await world.ReadAsync(db => db.NoticeDeliveries.Where(delivery => delivery.UserId == seller && delivery.SentAt == null).ToListAsync())));
        await world.RunAsync<IBusinessEventActivities>(a => a.AppendAsync(opened));
        Assert.NotNull(await world.Temporal.GetWorkflowHandle(NoticeDeliveryWorkflow.Id).DescribeAsync());

        await world.RunAsync<INoticeActivities, NoticesDelivered>(a => a.DeliverAsync());
        var address = await world.ReadAsync(db => db.Users.Where(user => user.Id == seller).Select(user => user.Email!).SingleAsync());
        var mail = Assert.Single((await world.Sandbox.GetFromJsonAsync<JsonArray>($"_control/mail?to={Uri.EscapeDataString(address)}"))!);
        Assert.Contains($"https://ccn.example/desk/designs/{designId}", (string)mail!["text"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_event_tells_no_more_than_a_thousand_who_saved_first()
    {
        var category = world.NewId("category");
        var seller = await world.AddUserAsync("Seller");
        var saved = world.Time.GetUtcNow();
        await world.SaveAsync([.. Enumerable.Range(1, 1_001).Select(number => new SavedSearch
        {
            Id = FormattableString.Invariant($"{category}-{number:D4}"), OwnerId = seller, Name = $"Search {number}", List = SellerList.Open, Category = category, SavedAt = saved.AddSeconds(-number), LookedAt = saved, Tell = true,
        })]);
        await world.AppendAsync(await PublishAsync(category), Opened);
        var told = await NoticesAsync(seller);
        Assert.Equal(1_000, told.Count);
        Assert.DoesNotContain(told, notice => notice.EventId.EndsWith("-0001", StringComparison.Ordinal));
    }

    private BiddingOpened Opened => new(world.Time.GetUtcNow().AddDays(7), world.Time.GetUtcNow().AddDays(14), 500);

    private Task SaveAsync(string owner, string name, SellerList list, string category, string? words = null, bool tell = true) => world.SaveAsync(new SavedSearch
    {
        Id = world.NewId("sav"), OwnerId = owner, Name = name, List = list, Words = words, Category = category, SavedAt = world.Time.GetUtcNow(), LookedAt = world.Time.GetUtcNow(), Tell = tell,
    });

    private async Task<string> SubmitAsync(string category, string? creator = null)
    {
        var designId = world.NewId("dsg");
        await world.AppendAsync(designId, new DesignSubmitted(creator ?? await world.AddUserAsync("Creator"), "Cat mug", "A mug with a cat.", category, ["cats"], "key", "mug.png", "image/png", 1, "hash", "2026-11", "open-challenge", 1));
        return designId;
    }

    private async Task<string> PublishAsync(string category, string? creator = null)
    {
        var designId = await SubmitAsync(category, creator);
        await world.AppendAsync(designId, new DesignPublished());
        return designId;
    }

    private Task<List<Notice>> NoticesAsync(string user) => world.ReadAsync(db => db.Notices.AsNoTracking().Where(notice => notice.UserId == user).ToListAsync());
}
