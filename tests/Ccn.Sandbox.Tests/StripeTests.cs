using System.Net;
using Stripe;

namespace Ccn.Sandbox.Tests;

/// <summary>Through Stripe's own client, which is the strictest reader of Stripe's wire format there is.</summary>
public sealed class StripeTests : IAsyncLifetime
{
    private SandboxFixture sandbox = null!;
    private StripeClient client = null!;

    public async ValueTask InitializeAsync()
    {
        sandbox = await SandboxFixture.StartAsync();
        client = new StripeClient(new StripeClientOptions
        {
            ApiKey = sandbox.Options.StripeApiKey, ApiBase = sandbox.Url + "/stripe", HttpClient = new SystemNetHttpClient(new HttpClient(), maxNetworkRetries: 0),
        });
    }

    public ValueTask DisposeAsync() => sandbox.DisposeAsync();

    [Fact]
    public async Task A_card_saved_by_a_setup_intent_is_charged_later_without_the_customer()
    {
        var customer = await CustomerAsync();
        var setup = await new SetupIntentService(client).CreateAsync(new() { Customer = customer, PaymentMethod = "pm_card_visa", Confirm = true, Usage = "off_session" });
        Assert.Equal("succeeded", setup.Status);

        var payment = await PayAsync(customer, setup.PaymentMethodId, "key-1");
        Assert.Equal("succeeded", payment.Status);
        Assert.Equal(2500, payment.AmountReceived);
        await MeetsAsync("PaymentIntent", payment.Id, "payment_intents");
        await MeetsAsync("SetupIntent", setup.Id, "setup_intents");
        await MeetsAsync("Customer", customer, "customers");
        await MeetsAsync("PaymentMethod", setup.PaymentMethodId, "payment_methods");
        await MeetsAsync("Charge", payment.LatestChargeId, "charges");
        var entry = Assert.Single(await sandbox.LogAsync("payment.received"))!;
        Assert.Equal("25.00", (string?)entry["amount"]);
    }

    [Fact]
    public async Task A_declined_charge_is_a_card_error_with_the_intent_inside()
    {
        var customer = await CustomerAsync();
        var card = await new PaymentMethodService(client).AttachAsync("pm_card_chargeCustomerFail", new() { Customer = customer });
        var error = await Assert.ThrowsAsync<StripeException>(() => PayAsync(customer, card.Id, "key-2"));
        Assert.Equal(HttpStatusCode.PaymentRequired, error.HttpStatusCode);
        Assert.Equal(("card_error", "card_declined", "generic_decline"), (error.StripeError.Type, error.StripeError.Code, error.StripeError.DeclineCode));
        Assert.Equal("requires_payment_method", error.StripeError.PaymentIntent.Status);

        var again = await Assert.ThrowsAsync<StripeException>(() => PayAsync(customer, card.Id, "key-2"));   // errors are remembered too
        Assert.Equal(error.StripeError.PaymentIntent.Id, again.StripeError.PaymentIntent.Id);
        Assert.Equal("card_declined", (await Assert.ThrowsAsync<StripeException>(() => new PaymentMethodService(client).AttachAsync("pm_card_chargeDeclined", new() { Customer = customer }))).StripeError.Code);
    }

    [Fact]
    public async Task A_key_repeats_its_answer_refuses_other_parameters_and_is_forgotten_after_a_day()
    {
        var customer = await CustomerAsync();
        var card = await new PaymentMethodService(client).AttachAsync("pm_card_visa", new() { Customer = customer });
        var first = await PayAsync(customer, card.Id, "key-3");
        Assert.Equal(first.Id, (await PayAsync(customer, card.Id, "key-3")).Id);
        Assert.Single(await sandbox.LogAsync("payment.received"));

        var error = await Assert.ThrowsAsync<StripeException>(() => PayAsync(customer, card.Id, "key-3", 2600));
        Assert.Equal("idempotency_error", error.StripeError.Type);
        await sandbox.AdvanceAsync(TimeSpan.FromHours(25));
        Assert.NotEqual(first.Id, (await PayAsync(customer, card.Id, "key-3")).Id);
    }

    [Fact]
    public async Task An_authorization_is_captured_in_part_or_released()
    {
        var customer = await CustomerAsync();
        var intents = new PaymentIntentService(client);
        var held = await intents.CreateAsync(new() { Amount = 5000, Currency = "usd", Customer = customer, PaymentMethod = "pm_card_visa", CaptureMethod = "manual", Confirm = true });
        Assert.Equal("requires_capture", held.Status);
        var captured = await intents.CaptureAsync(held.Id, new() { AmountToCapture = 3000 });
        Assert.Equal(("succeeded", 3000L), (captured.Status, captured.AmountReceived));

        var other = await intents.CreateAsync(new() { Amount = 5000, Currency = "usd", Customer = customer, PaymentMethod = "pm_card_visa", CaptureMethod = "manual", Confirm = true });
        Assert.Equal("canceled", (await intents.CancelAsync(other.Id)).Status);
        Assert.Equal("payment_intent_unexpected_state", (await Assert.ThrowsAsync<StripeException>(() => intents.CaptureAsync(other.Id))).StripeError.Code);
    }

    [Fact]
    public async Task Refunds_never_exceed_what_was_captured()
    {
        var customer = await CustomerAsync();
        var payment = await PayAsync(customer, "pm_card_visa", "key-4");
        var refunds = new RefundService(client);
        var refund = await refunds.CreateAsync(new() { PaymentIntent = payment.Id, Amount = 1000 });
        Assert.Equal("succeeded", refund.Status);
        await MeetsAsync("Refund", refund.Id, "refunds");
        await Assert.ThrowsAsync<StripeException>(() => refunds.CreateAsync(new() { PaymentIntent = payment.Id, Amount = 1501 }));
        Assert.Equal(1500, (await refunds.CreateAsync(new() { PaymentIntent = payment.Id })).Amount);
        Assert.Equal("charge_already_refunded", (await Assert.ThrowsAsync<StripeException>(() => refunds.CreateAsync(new() { PaymentIntent = payment.Id }))).StripeError.Code);
    }

    [Fact]
    public async Task Events_verify_with_stripes_own_code()
    {
        await PayAsync(await CustomerAsync(), "pm_card_visa", "key-5");
        await sandbox.SettleAsync();
        var webhook = sandbox.Receiver.All.Single(w => (string?)w.Json["type"] == "payment_intent.succeeded");
        var text = System.Text.Encoding.UTF8.GetString(webhook.Body);
        var now = sandbox.Clock.GetUtcNow().ToUnixTimeSeconds();
        var parsed = EventUtility.ConstructEvent(text, webhook.Headers["Stripe-Signature"], sandbox.Options.StripeWebhookSecret, tolerance: 300, utcNow: now);
        Assert.Equal(2500, Assert.IsType<PaymentIntent>(parsed.Data.Object).Amount);
        Assert.Throws<StripeException>(() => EventUtility.ConstructEvent(text + " ", webhook.Headers["Stripe-Signature"], sandbox.Options.StripeWebhookSecret, tolerance: 300, utcNow: now));
    }

    [Fact]
    public async Task A_wrong_key_or_a_missing_object_is_refused_as_stripe_does()
    {
        var stranger = new StripeClient(new StripeClientOptions { ApiKey = "sk_test_wrong", ApiBase = sandbox.Url + "/stripe", HttpClient = new SystemNetHttpClient(new HttpClient(), maxNetworkRetries: 0) });
        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<StripeException>(() => new CustomerService(stranger).GetAsync("cus_1"))).HttpStatusCode);
        Assert.Equal("resource_missing", (await Assert.ThrowsAsync<StripeException>(() => new CustomerService(client).GetAsync("cus_1"))).StripeError.Code);
        Assert.Equal("parameter_missing", (await Assert.ThrowsAsync<StripeException>(() => new PaymentIntentService(client).CreateAsync(new() { Amount = 5 }))).StripeError.Code);
    }

    private async Task<string> CustomerAsync() => (await new CustomerService(client).CreateAsync(new() { Email = "shopper@example.com" })).Id;

    private Task<PaymentIntent> PayAsync(string customer, string card, string key, long amount = 2500) => new PaymentIntentService(client).CreateAsync(
        new() { Amount = amount, Currency = "usd", Customer = customer, PaymentMethod = card, Confirm = true, OffSession = true }, new() { IdempotencyKey = key });

    private async Task MeetsAsync(string root, string id, string resource) =>
        await Contract.AssertMeetsAsync("stripe", root, (await sandbox.SendAsync(HttpMethod.Get, $"/stripe/v1/{resource}/{id}", bearer: sandbox.Options.StripeApiKey)).Body);
}
