using Xunit.Sdk;

namespace Ccn.Sandbox.Tests;

/// <summary>The contract check itself has to be able to fail.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData("amazon-orders", "GetOrderResponse", """{"order":{"orderId":"1"}}""")]
    [InlineData("amazon-finances", "ListTransactionsResponse", """{"payload":{"transactions":[{"totalAmount":{"currencyCode":"USD","currencyAmount":"1.00"}}]}}""")]
    [InlineData("amazon-listings", "Item", """{"sku":"A","summary":[]}""")]
    [InlineData("paypal-payouts", "payout", """{"batch_header":{"payout_batch_id":"1","batch_status":"DONE","sender_batch_header":{}}}""")]
    [InlineData("docusign", "envelope", """{"envelopeID":"1"}""")]
    [InlineData("stripe", "Refund", """{"id":"re_1","object":"refund"}""")]
    public async Task A_body_that_breaks_the_contract_is_found(string file, string root, string body) =>
        await Assert.ThrowsAnyAsync<XunitException>(() => Contract.AssertMeetsAsync(file, root, JsonNode.Parse(body)));
}
