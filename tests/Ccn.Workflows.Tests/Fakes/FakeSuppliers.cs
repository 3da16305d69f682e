using Ccn.Domain.Sourcing;
using Ccn.Workflows.Production;
using Ccn.Workflows.Sourcing;
using Temporalio.Activities;

namespace Ccn.Workflows.Tests.Fakes;

internal sealed class FakeSuppliers(CallLog log) : ISourcingActivities, IProductionActivities
{
    /// <summary>Suppliers of the network that can still be asked, best first.</summary>
    public List<string> Network { get; } = [];

    public static Supplier Of(string id) => new(id, "Supplier " + id, SupplierChannel.Network, "CN", "CN", "Asia/Shanghai");

    public async Task<IReadOnlyList<Invitation>> InviteAsync(InviteInput input)
    {
        await log.AddAsync("invite", string.Join(',', input.SupplierIds));
        var now = new DateTimeOffset(ActivityExecutionContext.Current.Info.ScheduledTime, TimeSpan.Zero);
        return [.. input.SupplierIds.Select(id => new Invitation(Of(id), now.AddHours(input.ReplyHours * 3), "https://alibaba.example/" + id))];
    }

    public Task RemindAsync(SupplierNoticeInput input)
    {
        log.Add("remind", input.SupplierId);
        return Task.CompletedTask;
    }

    public Task TellOutcomeAsync(SupplierNoticeInput input) => log.AddAsync("outcome", $"{input.SupplierId}={input.Kind}");

    public async Task<IReadOnlyList<string>> FindFallbackAsync(FindFallbackInput input)
    {
        await log.AddAsync("fallback", $"{input.Count}");
        return [.. Network.Except(input.ExceptSupplierIds, StringComparer.Ordinal).Take(input.Count)];
    }

    public Task<PlacedOrder> PlaceOrderAsync(PlaceOrderInput input)
    {
        log.Add("order", input.IdempotencyKey);
        return Task.FromResult(new PlacedOrder("net-1"));
    }

    public Task TellSupplierAsync(TellSupplierInput input)
    {
        log.Add("tell", input.Kind);
        return Task.CompletedTask;
    }
}
