using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Providers.Tests.Amazon;

public sealed class OrderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_price_of_a_line_is_for_all_its_units()
    {
        var item = await ItemAsync("""
            "quantityOrdered":3,"product":{"sellerSku":"CCN-TEE-M","price":{"unitPrice":{"amount":"19.99","currencyCode":"USD"}}},
            "proceeds":{"proceedsTotal":{"amount":"58.77","currencyCode":"USD"},"breakdowns":[
              {"type":"ITEM","subtotal":{"amount":"59.97","currencyCode":"USD"}},{"type":"TAX","subtotal":{"amount":"4.80","currencyCode":"USD"}},
              {"type":"DISCOUNT","subtotal":{"amount":"-6.00","currencyCode":"USD"}}]}
            """);
        Assert.Equal(new Money(5997, "USD"), item.ItemTotal());
    }

    [Fact]
    public async Task A_pending_order_has_no_price_and_not_a_price_of_zero()
    {
        var item = await ItemAsync("""
            "quantityOrdered":1,"product":{"sellerSku":"CCN-TEE-M"}
            """);
        Assert.Null(item.ItemTotal());
    }

    [Theory]
    [InlineData("47.60", "EUR", 4760)]
    [InlineData("10000", "JPY", 10000)]
    [InlineData("10000.00", "JPY", 10000)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("-0.01", "USD", -1)]
    [InlineData("1E2", "USD", 10000)]
    public void Amounts_are_read_by_the_digits_of_their_currency(string amount, string currency, long minor) =>
        Assert.Equal(new Money(minor, currency), new AmazonMoney(amount, currency).ToMoney());

    [Theory]
    [InlineData("1.005", "USD")]
    [InlineData("0.5", "JPY")]
    [InlineData("47,60", "EUR")]
    [InlineData("1,000.00", "USD")]
    [InlineData("", "USD")]
    [InlineData("NaN", "USD")]
    [InlineData("99999999999999999999", "USD")]
    [InlineData("1.00", "XXX")]
    [InlineData("1.00", "usd")]
    public void An_amount_that_does_not_fit_its_currency_is_refused_and_never_rounded(string amount, string currency) =>
        Assert.Equal(ProviderFailure.Contract, Assert.Throws<ProviderException>(() => new AmazonMoney(amount, currency).ToMoney()).Kind);

    [Fact]
    public async Task A_search_is_written_in_utc_and_camel_case_with_lists_joined()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"orders":[],"pagination":{"nextToken":"n+/="}}""");
        await using var clients = new Clients(server.Address);
        var page = await ProviderCall.Amazon.RequireAsync(clients.Get<IOrdersApi>().SearchAsync(
            new()
            {
                LastUpdatedAfter = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.FromHours(2)),
                MarketplaceIds = ["ATVPDKIKX0DER", "A1PA6795UKMFR9"],
                IncludedData = [OrderData.Proceeds, OrderData.Fulfillment],
                MaxResultsPerPage = 100,
                PaginationToken = "a+b/c=",
            },
            Clients.Seller, Cancel));
        Assert.Equal("n+/=", page.Pagination?.NextToken);
        var query = Assert.Single(server.Calls).Target.Split('?')[1].Split('&').Order(StringComparer.Ordinal);
        Assert.Equal(
            [
                "includedData=PROCEEDS%2CFULFILLMENT", "lastUpdatedAfter=2026-03-01T00%3A00%3A00Z", "marketplaceIds=ATVPDKIKX0DER%2CA1PA6795UKMFR9",
                "maxResultsPerPage=100", "paginationToken=a%2Bb%2Fc%3D",
            ],
            query);
    }

    private static async Task<OrderItem> ItemAsync(string members)
    {
        await using var server = await FakeProvider.AnsweringAsync(200, $$$"""
            {"order":{"orderId":"112-7100001-0000001","createdTime":"2026-03-01T10:00:00Z","lastUpdatedTime":"2026-03-01T10:00:00Z",
             "salesChannel":{"channelName":"AMAZON","marketplaceId":"ATVPDKIKX0DER"},"orderItems":[{"orderItemId":"1",{{{members}}}}]}}
            """);
        await using var clients = new Clients(server.Address);
        var answer = await ProviderCall.Amazon.RequireAsync(clients.Get<IOrdersApi>().GetAsync("112-7100001-0000001", [OrderData.Proceeds], Clients.Seller, Cancel));
        return Assert.Single(answer.Order.OrderItems);
    }
}
