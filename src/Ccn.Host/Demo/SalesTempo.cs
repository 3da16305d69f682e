using Ccn.Workflows;
using Ccn.Workflows.Sales;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Host.Demo;

/// <summary>An operator's knob: how often a seller account's sales are pulled. A year in a minute cannot be pulled every quarter of an hour.</summary>
internal sealed class SalesTempo(string temporalAddress, string @namespace)
{
    private TemporalClient? client;

    public async Task ChangeAsync(string sellerAccountId, TimeSpan interval, CancellationToken cancel)
    {
        client ??= await TemporalClient.ConnectAsync(new(temporalAddress) { Namespace = @namespace, DataConverter = CcnPayloadConverter.DataConverter });
        try
        {
            await client.GetWorkflowHandle<SalesIntakeWorkflow>(SalesIntakeWorkflow.IdFor(sellerAccountId))
                .SignalAsync(wf => wf.ChangeIntervalAsync(new(interval)), new() { Rpc = new() { CancellationToken = cancel } });
        }
        catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound)
        {
            // No sale can be pulled yet: the intake starts with the seller's first listing.
        }
    }
}
