using Ccn.Domain;
using Ccn.Providers.PayPal;

namespace Ccn.Providers.Tests.Sandbox;

public sealed class PayPalSandboxTests(SandboxFixture sandbox) : IClassFixture<SandboxFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IPayPalPayoutsApi Api => sandbox.Clients.Get<IPayPalPayoutsApi>();

    [Fact]
    public async Task Currencies_without_decimals_arrive_unchanged()
    {
        var sent = new Dictionary<string, Money>(StringComparer.Ordinal)
        {
            ["pay_jpy"] = new(10_000, "JPY"), ["pay_huf"] = new(500_000, "HUF"), ["pay_twd"] = new(80_000, "TWD"), ["pay_usd"] = new(987, "USD"),
        };
        foreach (var (key, amount) in sent)
        {
            var batch = await CreateAsync(key, amount);
            var read = await ReadAsync(batch.BatchHeader.PayoutBatchId);
            var item = Assert.Single(read.Items!);
            Assert.Equal((key, amount), (item.Request.SenderItemId, item.Request.Amount.ToMoney()));
            Assert.Equal(1, read.TotalItems);
        }
    }

    [Fact]
    public async Task Decimals_where_paypal_takes_none_are_refused_by_it()
    {
        var batch = new CreatePayoutBatch(new("run_bad"), [new("EMAIL", new("JPY", "100.00"), "maker@example.net", "pay_bad")]);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.PayPal.RequireAsync(Api.CreateBatchAsync(batch, "run_bad", Cancel)));
        Assert.Equal((ProviderFailure.Rejected, "VALIDATION_ERROR"), (failure.Kind, failure.Code));
        Assert.Contains("amount.value", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_is_repeated_with_the_same_key_and_pays_once()
    {
        await sandbox.FailAsync("paypal", "payouts.post", "timeout_after_effect");
        var lost = await Assert.ThrowsAsync<ProviderException>(() => CreateAsync("pay_lost", new(987, "USD")));
        Assert.Equal(ProviderFailure.Unavailable, lost.Kind);
        var first = await CreateAsync("pay_lost", new(987, "USD"));
        var second = await CreateAsync("pay_lost", new(987, "USD"));
        Assert.Equal(first.BatchHeader.PayoutBatchId, second.BatchHeader.PayoutBatchId);
        Assert.Equal(1, (await ReadAsync(first.BatchHeader.PayoutBatchId)).TotalItems);
    }

    [Fact]
    public async Task A_batch_id_used_again_under_another_key_is_refused_and_the_original_linked()
    {
        var first = await CreateAsync("pay_dup", new(987, "USD"));
        var response = await Api.CreateBatchAsync(Batch("pay_dup", new(987, "USD")), "another-key", Cancel);
        var failure = ProviderCall.PayPal.Translate(response);
        Assert.Equal((ProviderFailure.Rejected, "USER_BUSINESS_ERROR"), (failure.Kind, failure.Code));
        Assert.Equal(first.BatchHeader.PayoutBatchId, PayPalDuplicate.OriginalBatchId(response));
    }

    [Fact]
    public async Task A_batch_succeeds_while_an_item_waits_to_be_claimed_and_can_be_taken_back()
    {
        var batch = await CreateAsync("pay_unclaimed", new(987, "USD"), "unclaimed@example.net");
        sandbox.Time.Advance(TimeSpan.FromMinutes(10));
        var done = await SandboxFixture.EventuallyAsync(() => ReadAsync(batch.BatchHeader.PayoutBatchId), b => b.BatchHeader.BatchStatus == "SUCCESS");
        var item = Assert.Single(done.Items!);
        Assert.Equal("UNCLAIMED", item.TransactionStatus);
        Assert.Equal("RETURNED", (await ProviderCall.PayPal.RequireAsync(Api.CancelItemAsync(item.PayoutItemId, Cancel))).TransactionStatus);
        Assert.Equal("RETURNED", (await ProviderCall.PayPal.RequireAsync(Api.GetItemAsync(item.PayoutItemId, Cancel))).TransactionStatus);
        var again = await Assert.ThrowsAsync<ProviderException>(() => ProviderCall.PayPal.RequireAsync(Api.CancelItemAsync(item.PayoutItemId, Cancel)));
        Assert.Equal(ProviderFailure.Rejected, again.Kind);
    }

    private async Task<PayoutBatch> CreateAsync(string key, Money amount, string receiver = "maker@example.net") =>
        await ProviderCall.PayPal.RequireAsync(Api.CreateBatchAsync(Batch(key, amount, receiver), key, Cancel));

    private async Task<PayoutBatch> ReadAsync(string batchId) =>
        await ProviderCall.PayPal.RequireAsync(Api.GetBatchAsync(batchId, 1, 1_000, totalRequired: true, Cancel));

    private static CreatePayoutBatch Batch(string key, Money amount, string receiver = "maker@example.net") =>
        new(new($"run_{key}", "Your royalties"), [new("EMAIL", PayPalAmount.From(amount), receiver, key)]);
}
