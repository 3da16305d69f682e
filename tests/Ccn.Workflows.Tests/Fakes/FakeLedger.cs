using System.Collections.Concurrent;
using Ccn.Domain;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Royalties;

namespace Ccn.Workflows.Tests.Fakes;

internal sealed class FakeLedger(CallLog log) : IRoyaltyActivities, IPayoutActivities
{
    /// <summary>Royalty of each period in cents; periods not named have none.</summary>
    public Dictionary<int, long> Royalties { get; } = [];
    public ConcurrentQueue<string> Declines { get; } = new();
    public ConcurrentQueue<string> Refusals { get; } = new();
    public ConcurrentDictionary<string, PayoutReading> Readings { get; } = new(StringComparer.Ordinal);
    public ConcurrentQueue<SettlePayoutInput> Settled { get; } = new();
    public string? HoldReason { get; set; }

    public Task<StatementTotals> DraftAsync(DraftStatementInput input)
    {
        log.Add("draft", $"{input.Period} {input.From:yyyy-MM-dd}..{input.To:yyyy-MM-dd}");
        return Task.FromResult(Totals(input.StatementId, input.Period));
    }

    public Task<FinalStatement> FinalizeAsync(FinalizeStatementInput input)
    {
        log.Add("finalize", $"{input.Period}");
        var totals = Totals(input.StatementId, input.Period);
        return Task.FromResult(new FinalStatement(totals, "0a0b", [.. input.Terms.Splits.Select(split => new PayeeShare(split.PayeeId, totals.Net))]));
    }

    public async Task<CollectionResult> CollectAsync(CollectInput input)
    {
        await log.AddAsync("collect", $"{input.IdempotencyKey} {input.Amount}");
        return Declines.TryDequeue(out var code) ? new(false, null, code) : new CollectionResult(true, "pi_1", null);
    }

    public Task<PreparedPayout> PrepareAsync(PreparePayoutInput input)
    {
        log.Add("prepare", input.PayoutId);
        return Task.FromResult(HoldReason is { } reason ? new(FakeAmazon.Usd(500), reason, null, []) : new PreparedPayout(FakeAmazon.Usd(54_000), null, "hash-1", ["stm_1"]));
    }

    public Task<SendResult> SendAsync(SendPayoutInput input)
    {
        log.Add("send-payout", $"{input.PayoutId}:{input.Attempt}");
        return Task.FromResult(Refusals.TryDequeue(out var code) ? new(false, null, code) : new SendResult(true, "item-1", null));
    }

    public Task<PayoutReading> ReadAsync(ReadPayoutInput input)
    {
        log.Add("read-payout", input.PayoutId);
        return Task.FromResult(Readings.GetValueOrDefault(input.PayoutId) ?? new PayoutReading(PayoutState.Pending, null, null, null));
    }

    public Task SettleAsync(SettlePayoutInput input)
    {
        log.Add("settle", $"{input.PayoutId} {input.State}");
        Settled.Enqueue(input);
        return Task.CompletedTask;
    }

    private StatementTotals Totals(string statementId, int period)
    {
        var gross = FakeAmazon.Usd(Royalties.GetValueOrDefault(period));
        var fee = MoneyMath.Share(gross, 1_000);
        return new(statementId, gross.MinorUnits > 0 ? 300 : 0, 0, gross * 10, gross, fee, FakeAmazon.Usd(0), FakeAmazon.Usd(0), gross - fee);
    }
}
