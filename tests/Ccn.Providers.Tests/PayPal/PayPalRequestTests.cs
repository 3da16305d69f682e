using Ccn.Domain;
using Ccn.Providers.PayPal;

namespace Ccn.Providers.Tests.PayPal;

public sealed class PayPalRequestTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_is_written_as_documented()
    {
        await using var server = await FakeProvider.AnsweringAsync(201, """{"batch_header":{"payout_batch_id":"P1","batch_status":"PENDING"}}""");
        await using var clients = new Clients(server.Address);
        await ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().CreateBatchAsync(
            new(new("run_1", "Your royalties"), [new("EMAIL", PayPalAmount.From(new Money(10_000, "JPY")), "maker@example.net", "pay_1", Note: "November")]), "run_1", Cancel));
        var call = Assert.Single(server.Calls);
        Assert.Equal(("POST", "/paypal/v1/payments/payouts", "run_1"), (call.Method, call.Target, call.Headers["PayPal-Request-Id"]));
        Assert.Equal(
            """{"sender_batch_header":{"sender_batch_id":"run_1","email_subject":"Your royalties"},"items":[{"recipient_type":"EMAIL","amount":{"currency":"JPY","value":"10000"},"receiver":"maker@example.net","sender_item_id":"pay_1","note":"November"}]}""",
            call.Body);
        Assert.StartsWith("Basic ", Assert.Single(server.TokenCalls).Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_a_batch_is_asked_for_as_documented()
    {
        await using var server = await FakeProvider.AnsweringAsync(200, """{"batch_header":{"payout_batch_id":"P1","batch_status":"SUCCESS"}}""");
        await using var clients = new Clients(server.Address);
        await ProviderCall.PayPal.RequireAsync(clients.Get<IPayPalPayoutsApi>().GetBatchAsync("P1", 2, 1_000, totalRequired: true, Cancel));
        Assert.Equal("/paypal/v1/payments/payouts/P1?page=2&page_size=1000&total_required=true", Assert.Single(server.Calls).Target);
    }
}
