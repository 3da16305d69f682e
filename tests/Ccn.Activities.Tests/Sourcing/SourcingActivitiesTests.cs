using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Ccn.Testing;
using Ccn.Workflows.Production;
using Ccn.Workflows.Sourcing;

namespace Ccn.Activities.Tests.Sourcing;

public sealed class SourcingActivitiesTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Suppliers_are_invited_once_by_their_channel_and_told_the_outcome_once()
    {
        var (network, handOff, rfqId) = (world.NewId("sup"), world.NewId("sup"), await OpenRfqAsync());
        await world.SaveAsync(World.Supplier(network, SupplierChannel.Network, "sup_jingdezhen_ceramics"), World.Supplier(handOff, SupplierChannel.AlibabaHandOff, "company-1"));
        InviteInput input = new("k", rfqId, "dsg_1", "usr_seller", 500, "Mug, 300 ml", [network, handOff], 16);
        var invitations = await world.TwiceAsync<ISourcingActivities, IReadOnlyList<Invitation>>(a => a.InviteAsync(input));
        Assert.Null(invitations[0].HandOffLink);
        Assert.Equal(world.Time.GetUtcNow().AddDays(2).Date, invitations[0].ReplyBy.Date);
        Assert.Contains(Uri.EscapeDataString("https://ccn.example/supplier/"), invitations[1].HandOffLink, StringComparison.Ordinal);

        SupplierNoticeInput notice = new($"{rfqId}:remind:{network}", rfqId, network, "reminder");
        await world.RunAsync<ISourcingActivities>(a => a.RemindAsync(notice));
        await world.RunAsync<ISourcingActivities>(a => a.RemindAsync(notice));
        await world.RunAsync<ISourcingActivities>(a => a.TellOutcomeAsync(new($"{rfqId}:outcome:{handOff}", rfqId, handOff, "closed")));
        Assert.Single(await world.LogAsync("notice.reminder"), e => (string?)e["key"] == rfqId);
    }

    [Fact]
    public async Task An_order_is_placed_once_even_when_the_answer_was_lost()
    {
        var (network, rfqId, orderId) = (world.NewId("sup"), await OpenRfqAsync(), world.NewId("po"));
        var profile = World.Supplier(network, SupplierChannel.Network, "sup_jingdezhen_ceramics");
        await world.SaveAsync(profile);
        ApprovedQuote quote = new(rfqId, "qte_1", profile.ToSupplier(), 500, new(418, "USD"), new(0, "USD"), new(209_000, "USD"), 28);
        PlaceOrderInput input = new("k", orderId, "dsg_1", quote, new(62_700, "USD"));
        await world.ControlAsync("faults", new { provider = "network", operation = "createOrder", kind = "timeout_after_effect" });
        var lost = await world.FailsAsync<IProductionActivities, PlacedOrder>(a => a.PlaceOrderAsync(input));
        Assert.Equal((FailureTypes.ProviderUnavailable, false), (lost.ErrorType, lost.NonRetryable));

        var placed = await world.TwiceAsync<IProductionActivities, PlacedOrder>(a => a.PlaceOrderAsync(input));
        Assert.Single(await world.LogAsync("order.accepted"), e => (string?)e["id"] == placed.ProviderReference);
        TellSupplierInput told = new($"{orderId}:tell:deposit-paid", orderId, network, "deposit-paid", "627.00 USD");
        await world.RunAsync<IProductionActivities>(a => a.TellSupplierAsync(told));
        await world.RunAsync<IProductionActivities>(a => a.TellSupplierAsync(told));
        Assert.Single(await world.LogAsync("notice.deposit-paid"), e => (string?)e["key"] == orderId);
    }

    [Fact]
    public async Task A_refusal_and_an_outage_are_different_failures_and_retry_after_is_kept()
    {
        var (network, rfqId) = (world.NewId("sup"), await OpenRfqAsync());
        await world.SaveAsync(World.Supplier(network, SupplierChannel.Network, "sup_nobody"));
        InviteInput input = new("k", rfqId, "dsg_1", "usr_seller", 500, "Mug", [network], 16);
        var refused = await world.FailsAsync<ISourcingActivities, IReadOnlyList<Invitation>>(a => a.InviteAsync(input));
        Assert.Equal((FailureTypes.ProviderRejected, true), (refused.ErrorType, refused.NonRetryable));

        await world.ControlAsync("faults", new { provider = "network", operation = "createRfq", kind = "rate_limit", retryAfter = "7" });
        var limited = await world.FailsAsync<ISourcingActivities, IReadOnlyList<Invitation>>(a => a.InviteAsync(input));
        Assert.Equal((FailureTypes.ProviderUnavailable, false, TimeSpan.FromSeconds(7)), (limited.ErrorType, limited.NonRetryable, limited.NextRetryDelay));

        await world.ControlAsync("faults", new { provider = "network", operation = "createRfq", kind = "garbage" });
        var other = world.NewId("sup");
        await world.SaveAsync(World.Supplier(other, SupplierChannel.Network, "sup_jingdezhen_ceramics"));
        var garbled = await world.FailsAsync<ISourcingActivities, IReadOnlyList<Invitation>>(a => a.InviteAsync(input with { SupplierIds = [other] }));
        Assert.Equal((FailureTypes.ProviderContract, true), (garbled.ErrorType, garbled.NonRetryable));
    }

    [Fact]
    public async Task The_fallback_are_the_best_vetted_suppliers_of_the_network_that_fit()
    {
        var designId = world.NewId("dsg");
        await world.AppendAsync(designId, new DesignSubmitted("usr_1", "Cat", "", "Lamps", [], "key", "a.png", "image/png", 1, "h", "1", "t", 1));
        var (good, better, unfit, handOff) = (world.NewId("sup"), world.NewId("sup"), world.NewId("sup"), world.NewId("sup"));
        await world.SaveAsync(World.Supplier(good, SupplierChannel.Network, "a", rating: 4.1m, categories: "lamps"), World.Supplier(better, SupplierChannel.Network, "b", rating: 4.9m, categories: "lamps"),
            World.Supplier(unfit, SupplierChannel.Network, "c", rating: 5m, categories: "toys"), World.Supplier(handOff, SupplierChannel.AlibabaHandOff, "d", rating: 5m, categories: "lamps"));
        Assert.Equal([better, good], await world.RunAsync<ISourcingActivities, IReadOnlyList<string>>(a => a.FindFallbackAsync(new(designId, [], 5))));
        Assert.Equal([good], await world.RunAsync<ISourcingActivities, IReadOnlyList<string>>(a => a.FindFallbackAsync(new(designId, [better], 5))));
    }

    private async Task<string> OpenRfqAsync()
    {
        var rfqId = world.NewId("rfq");
        await world.AppendAsync("dsg_1", new RfqOpened(rfqId, "lic_1", "usr_seller", 500, "Mug, 300 ml"));
        return rfqId;
    }
}
