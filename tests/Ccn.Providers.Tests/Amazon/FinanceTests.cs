using Ccn.Domain;
using Ccn.Providers.Amazon;

namespace Ccn.Providers.Tests.Amazon;

public sealed class FinanceTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Promotions_that_look_alike_are_all_kept()
    {
        const string Type = "PromotionMetaDataDefinitionValue";
        await using var server = await FakeProvider.AnsweringAsync(200, $$$$"""
            {"payload":{"transactions":[{"transactionId":"t-1","transactionType":"Shipment","transactionStatus":"DEFERRED",
              "relatedIdentifiers":[{"relatedIdentifierName":"ORDER_ID","relatedIdentifierValue":"112-7000002-0000002"}],
              "items":[{"contexts":[{"contextType":"ProductContext","sku":"CCN-TEE-M","quantityShipped":1}],
                "breakdowns":[{"breakdownType":"Promotions","breakdownAmount":{"currencyCode":"USD","currencyAmount":-6.99},"breakdowns":[
                  {"breakdownType":"{{{{Type}}}}","breakdownAmount":{"currencyCode":"USD","currencyAmount":-2.00}},
                  {"breakdownType":"{{{{Type}}}}","breakdownAmount":{"currencyCode":"USD","currencyAmount":-4.99}},
                  {"breakdownType":"{{{{Type}}}}","breakdownAmount":{"currencyCode":"USD","currencyAmount":0.00}}]}]}]}]}}
            """);
        await using var clients = new Clients(server.Address);
        var answer = await ProviderCall.Amazon.RequireAsync(clients.Get<IFinancesApi>().ListTransactionsAsync(
            new() { RelatedIdentifierName = "ORDER_ID", RelatedIdentifierValue = "112-7000002-0000002" }, Clients.Seller, Cancel));
        var item = Assert.Single(Assert.Single(answer.Payload.Transactions!).Items!);
        var parts = Assert.Single(item.Breakdowns!).Breakdowns!;
        Assert.Equal(3, parts.Count);
        Assert.Equal(new Money(-699, "USD"), Money.Sum(parts.Select(p => p.BreakdownAmount!.ToMoney()), "USD"));
        Assert.Equal("CCN-TEE-M", Assert.Single(item.Contexts!).Sku);
        Assert.EndsWith("?relatedIdentifierName=ORDER_ID&relatedIdentifierValue=112-7000002-0000002", Assert.Single(server.Calls).Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_of_the_wire_becomes_exact_minor_units()
    {
        await using var server = await FakeProvider.AnsweringAsync(200,
            """{"payload":{"transactions":[{"transactionId":"t","totalAmount":{"currencyCode":"USD","currencyAmount":0.1}},{"transactionId":"u","totalAmount":{"currencyCode":"USD","currencyAmount":1141.18}}]}}""");
        await using var clients = new Clients(server.Address);
        var answer = await ProviderCall.Amazon.RequireAsync(clients.Get<IFinancesApi>().ListTransactionsAsync(new() { TransactionStatus = "RELEASED" }, Clients.Seller, Cancel));
        Assert.Equal([10, 114118], answer.Payload.Transactions!.Select(t => t.TotalAmount!.ToMoney().MinorUnits));
    }

    [Fact]
    public async Task An_estimate_for_an_unknown_product_is_an_answer_and_not_a_failure()
    {
        await using var server = await FakeProvider.AnsweringAsync(200,
            """{"payload":{"FeesEstimateResult":{"Status":"ClientError","Error":{"Type":"Sender","Code":"InvalidParameterValue","Message":"unknown","Detail":[]}}}}""");
        await using var clients = new Clients(server.Address);
        var body = new FeesEstimateBody(new("ATVPDKIKX0DER", new(FeeMoney.From(new Money(2500, "USD"))), "req-1", IsAmazonFulfilled: true));
        var answer = await ProviderCall.Amazon.RequireAsync(clients.Get<IProductFeesApi>().EstimateForAsinAsync("B000000001", body, Clients.Seller, Cancel));
        Assert.Equal("InvalidParameterValue", answer.Payload.FeesEstimateResult.Error?.Code);
        Assert.Equal(
            """{"FeesEstimateRequest":{"MarketplaceId":"ATVPDKIKX0DER","PriceToEstimateFees":{"ListingPrice":{"CurrencyCode":"USD","Amount":25}},"Identifier":"req-1","IsAmazonFulfilled":true}}""",
            Assert.Single(server.Calls).Body);
    }

    [Theory]
    [InlineData("2019-10-28T18:49:32Z")]
    [InlineData("2019-10-28T19:49:32+01:00")]
    [InlineData("Mon Oct 28 18:49:32 UTC 2019")]
    public async Task The_time_of_an_estimate_is_read_in_either_of_amazons_forms(string text)
    {
        var body = """
            {"payload":{"FeesEstimateResult":{"Status":"Success","FeesEstimate":{"TimeOfFeesEstimation":"TIME","TotalFeesEstimate":{"CurrencyCode":"USD","Amount":3.75}}}}}
            """.Replace("TIME", text, StringComparison.Ordinal);
        await using var server = await FakeProvider.AnsweringAsync(200, body);
        await using var clients = new Clients(server.Address);
        var answer = await ProviderCall.Amazon.RequireAsync(clients.Get<IProductFeesApi>().EstimateForSkuAsync(
            "CCN-1", new(new("ATVPDKIKX0DER", new(new("USD", 25m)), "1")), Clients.Seller, Cancel));
        Assert.Equal(new DateTimeOffset(2019, 10, 28, 18, 49, 32, TimeSpan.Zero), answer.Payload.FeesEstimateResult.FeesEstimate!.TimeOfFeesEstimation);
    }

    [Fact]
    public void Amounts_are_written_as_plain_numbers() => Assert.Equal(new FeeMoney("KWD", 1.234m), FeeMoney.From(new Money(1234, "KWD")));
}
