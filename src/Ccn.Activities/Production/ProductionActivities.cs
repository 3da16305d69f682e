using Ccn.Activities.Lifecycle;
using Ccn.Activities.Sourcing;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain.Sourcing;
using Ccn.Providers;
using Ccn.Providers.Network;
using Ccn.Workflows.Production;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ccn.Activities.Production;

/// <inheritdoc cref="IProductionActivities"/>
internal sealed partial class ProductionActivities(INetworkApi network, CcnDbContext db, IOptions<SignedLinkOptions> links, ILogger<ProductionActivities> logger) : IProductionActivities
{
    public Task<PlacedOrder> PlaceOrderAsync(PlaceOrderInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var supplier = input.Quote.Supplier;
        if (supplier.Channel is not SupplierChannel.Network)
        {
            // The seller orders where the RFQ was handed over; there is no call for it.
            LogPlaced(input.OrderId, supplier.SupplierId, supplier.Channel);
            return new PlacedOrder(null);
        }

        var openedAt = await db.Rfqs.AsNoTracking().Where(r => r.Id == input.Quote.RfqId).Select(r => r.OpenedAt).SingleOrDefaultAsync(cancel)
            ?? throw ActivityFailures.Conflict($"The opening of {input.Quote.RfqId} is not on record.");
        var statusUrl = links.Value.DoorFor(SupplierLink.ToOrder(input.OrderId, supplier.SupplierId, openedAt)) + "/milestones";
        var placed = await ProviderCall.Network.RequireAsync(network.PlaceOrderAsync(
            new(input.OrderId, await NetworkIdAsync(supplier.SupplierId, cancel), input.Quote.RfqId, input.Quote.Quantity, statusUrl), cancel));
        LogPlaced(input.OrderId, supplier.SupplierId, supplier.Channel);
        return new PlacedOrder(placed.NetworkOrderId);
    });

    public Task TellSupplierAsync(TellSupplierInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        var channel = await db.Suppliers.AsNoTracking().Where(s => s.Id == input.SupplierId).Select(s => (SupplierChannel?)s.Channel).SingleOrDefaultAsync(cancel)
            ?? throw ActivityFailures.Invalid($"There is no supplier {input.SupplierId}.");
        if (channel is SupplierChannel.Network)
        {
            await ProviderCall.Network.RequireAsync(network.SendOrderNoticeAsync(
                input.OrderId, new(input.IdempotencyKey, await NetworkIdAsync(input.SupplierId, cancel), input.Kind, input.Detail), cancel));
        }

        LogTold(input.OrderId, input.Kind, channel);
    });

    private async Task<string> NetworkIdAsync(string supplierId, CancellationToken cancel) =>
        await db.Suppliers.AsNoTracking().Where(s => s.Id == supplierId).Select(s => s.ProviderReference).SingleOrDefaultAsync(cancel) ?? supplierId;

    [LoggerMessage(Level = LogLevel.Information, Message = "{OrderId} placed with {SupplierId} ({Channel}).")]
    private partial void LogPlaced(string orderId, string supplierId, SupplierChannel channel);

    [LoggerMessage(Level = LogLevel.Information, Message = "{OrderId}: the supplier is told {Kind} ({Channel}).")]
    private partial void LogTold(string orderId, string kind, SupplierChannel channel);
}
