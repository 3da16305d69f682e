using Ccn.Providers.Network;

namespace Ccn.Providers.Tests.Network;

public sealed class NetworkTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_for_quotation_is_sent_as_the_contract_says()
    {
        await using var server = await FakeProvider.AnsweringAsync(202, """{"rfqId":"rfq_1","supplierId":"sup_1","quantity":500,"status":"open"}""");
        await using var clients = new Clients(server.Address);
        var receipt = await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().SendRfqAsync(
            new("rfq_1", "sup_1", new("Mug, 300 ml, glaze \"Nordic\""), 500, "https://ccn.example/r/1?s=a&t=b"), Cancel));
        Assert.Equal("open", receipt.Status);
        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST", "/network/v1/rfqs", "Bearer sandbox-network-key"), (call.Method, call.Target, call.Headers["Authorization"]));
        var body = System.Text.Json.JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal(
            ("rfq_1", "sup_1", "Mug, 300 ml, glaze \"Nordic\"", 500, "https://ccn.example/r/1?s=a&t=b"),
            (body.GetProperty("rfqId").GetString(), body.GetProperty("supplierId").GetString(), body.GetProperty("spec").GetProperty("description").GetString(),
                body.GetProperty("quantity").GetInt32(), body.GetProperty("replyUrl").GetString()));
    }

    [Fact]
    public async Task A_search_leaves_out_what_is_not_asked_for()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"total":0,"suppliers":[]}""");
        await using var clients = new Clients(server.Address);
        await ProviderCall.Network.RequireAsync(clients.Get<INetworkApi>().ListSuppliersAsync("mug & cup", null, null, 200, Cancel));
        Assert.Equal("/network/v1/suppliers?query=mug%20%26%20cup&maxMoq=200", Assert.Single(server.Calls).Target);
    }

    [Fact]
    public void A_price_range_is_read_exactly() =>
        Assert.Equal(new Ccn.Domain.Money(118, "USD"), new NetworkPriceRange("1.18", "1.85", "USD").Lowest());
}
