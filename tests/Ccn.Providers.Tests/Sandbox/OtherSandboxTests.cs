using Ccn.Domain;
using Ccn.Providers.Alibaba;
using Ccn.Providers.Network;
using Ccn.Providers.Stripe;
using Stripe;

namespace Ccn.Providers.Tests.Sandbox;

public sealed class OtherSandboxTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Alibaba_lists_products_and_describes_their_supplier()
    {
        var api = sandbox.Clients.Get<IAlibabaProductsApi>();
        var page = await ProviderCall.Alibaba.RequireAsync(api.ListAsync(new("906168847", 0, 5), Cancel));
        var listed = page.Result!.ResultData!;
        Assert.Equal(5, listed.Count);
        var product = (await ProviderCall.Alibaba.RequireAsync(api.DescribeAsync(new(listed[0].ProductId, "US"), Cancel))).Result!.ResultData!;
        Assert.Equal(listed[0].Title, product.Title);
        Assert.False(string.IsNullOrEmpty(product.SupplierId));
        Assert.Equal(new Money(185, "USD"), product.Skus![0].LadderPrice![0].ToMoney(product.Currency!));
        var stock = (await ProviderCall.Alibaba.RequireAsync(api.InventoryAsync(new(listed[0].ProductId), Cancel))).Result!.ResultData!;
        Assert.Equal("48000.0000", stock[0].InventoryList![0].InventoryCount);
        Assert.NotEmpty((await ProviderCall.Alibaba.RequireAsync(api.ListCrossBorderAsync(new(0, 20), Cancel))).Result!.ResultData!);
        Assert.NotEmpty((await ProviderCall.Alibaba.RequireAsync(api.ListLocalAsync(new(0, 20, "US"), Cancel))).Result!.ResultData!);
    }

    [Fact]
    public async Task Alibaba_names_what_it_refuses_inside_a_200()
    {
        var failure = await Assert.ThrowsAsync<ProviderException>(() =>
            ProviderCall.Alibaba.RequireAsync(sandbox.Clients.Get<IAlibabaProductsApi>().DescribeAsync(new("1", "US"), Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "PRODUCT_NOT_FOUND"), (failure.Kind, failure.Code));
    }

    [Fact]
    public async Task The_network_finds_suppliers_takes_a_request_twice_and_refuses_another_under_its_id()
    {
        var api = sandbox.Clients.Get<INetworkApi>();
        var suppliers = await ProviderCall.Network.RequireAsync(api.ListSuppliersAsync(null, "ceramics", "CN", 300, Cancel));
        var supplier = Assert.Single(suppliers.Suppliers);
        Assert.Equal((new Money(210, "USD"), "Asia/Shanghai"), (supplier.PriceRange!.Lowest(), supplier.TimeZone));
        Assert.Equal(supplier.Name, (await ProviderCall.Network.RequireAsync(api.GetSupplierAsync(supplier.SupplierId, Cancel))).Name);

        var rfq = new NetworkRfq("rfq_1", supplier.SupplierId, new("Mug, 300 ml"), 500, "http://127.0.0.1:9/reply");
        await ProviderCall.Network.RequireAsync(api.SendRfqAsync(rfq, Cancel));
        await ProviderCall.Network.RequireAsync(api.SendRfqAsync(rfq, Cancel));
        var conflict = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(api.SendRfqAsync(rfq with { Quantity = 600 }, Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "rfq_conflict"), (conflict.Kind, conflict.Code));
    }

    [Fact]
    public async Task The_network_takes_an_order_and_tells_its_own_reference()
    {
        var api = sandbox.Clients.Get<INetworkApi>();
        var order = new NetworkOrder("ord_1", "sup_jingdezhen_ceramics", "rfq_9", 500, "http://127.0.0.1:9/status");
        await sandbox.FailAsync("network", "createOrder", "timeout_after_effect");
        var lost = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(api.PlaceOrderAsync(order, Cancel)));
        Assert.Equal(ProviderFailure.Unavailable, lost.Kind);
        var found = await ProviderCall.Network.RequireAsync(api.GetOrderAsync("ord_1", Cancel));
        var repeated = await ProviderCall.Network.RequireAsync(api.PlaceOrderAsync(order, Cancel));
        Assert.NotNull(found.NetworkOrderId);
        Assert.Equal(found.NetworkOrderId, repeated.NetworkOrderId);
        Assert.Null(await ProviderCall.Network.FindAsync(api.GetOrderAsync("ord_none", Cancel)));
    }

    [Fact]
    public async Task A_page_of_a_proxy_and_a_server_that_is_down_are_told_apart()
    {
        var api = sandbox.Clients.Get<INetworkApi>();
        await sandbox.FailAsync("network", "searchSuppliers", "garbage");
        var garbage = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(api.ListSuppliersAsync(null, null, null, null, Cancel)));
        Assert.Equal(ProviderFailure.Contract, garbage.Kind);
        await sandbox.FailAsync("network", "searchSuppliers", "error", new { status = 503, count = 2 });
        var down = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.Network.RequireAsync(api.ListSuppliersAsync(null, null, null, null, Cancel)));
        Assert.Equal((ProviderFailure.Unavailable, "unavailable"), (down.Kind, down.Code));
        Assert.NotEmpty((await ProviderCall.Network.RequireAsync(api.ListSuppliersAsync(null, null, null, null, Cancel))).Suppliers);
    }

    [Fact]
    public async Task Stripe_authorizes_a_deposit_once_per_key_and_captures_it()
    {
        var intents = new PaymentIntentService(sandbox.Clients.Get<IStripeClient>());
        var options = Deposit("pm_card_visa");
        var first = await intents.CreateAsync(options, new() { IdempotencyKey = "dep_1:authorize" }, Cancel);
        var second = await intents.CreateAsync(options, new() { IdempotencyKey = "dep_1:authorize" }, Cancel);
        Assert.Equal((first.Id, "requires_capture"), (second.Id, second.Status));
        var captured = await intents.CaptureAsync(first.Id, null, new() { IdempotencyKey = "dep_1:capture" }, Cancel);
        Assert.Equal(("succeeded", new Money(1999, "EUR")), (captured.Status, StripeAmount.ToMoney(captured.AmountReceived, captured.Currency)));
    }

    [Fact]
    public async Task Stripe_declines_a_card_with_its_code()
    {
        var intents = new PaymentIntentService(sandbox.Clients.Get<IStripeClient>());
        var declined = await Assert.ThrowsAsync<StripeException>(() =>
            intents.CreateAsync(Deposit("pm_card_chargeDeclined"), new() { IdempotencyKey = "dep_2:authorize" }, Cancel));
        Assert.Equal("card_error", declined.StripeError.Type);
        Assert.Equal((ProviderFailure.Rejected, "card_declined"), (StripeFailure.Translate(declined).Kind, StripeFailure.Translate(declined).Code));
    }

    [Fact]
    public async Task Stripe_finds_a_lost_authorization_again_by_its_key()
    {
        var intents = new PaymentIntentService(sandbox.Clients.Get<IStripeClient>());
        await sandbox.FailAsync("stripe", "payment_intents.create", "timeout_after_effect");
        var lost = await Record.ExceptionAsync(() => intents.CreateAsync(Deposit("pm_card_visa"), new() { IdempotencyKey = "dep_3:authorize" }, Cancel));
        Assert.Equal(ProviderFailure.Unavailable, StripeFailure.Translate(lost!).Kind);
        var found = await intents.CreateAsync(Deposit("pm_card_visa"), new() { IdempotencyKey = "dep_3:authorize" }, Cancel);
        Assert.Equal("requires_capture", found.Status);
    }

    private static PaymentIntentCreateOptions Deposit(string paymentMethod) => new()
    {
        Amount = StripeAmount.From(new Money(1999, "EUR")), Currency = "eur", PaymentMethod = paymentMethod, CaptureMethod = "manual", Confirm = true,
        AutomaticPaymentMethods = new() { Enabled = true, AllowRedirects = "never" },
    };
}
