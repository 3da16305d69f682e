using Ccn.Workflows;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;

namespace Ccn.Host;

/// <summary>A foreign Temporal server learns CCN's search attributes before the first workflow starts.</summary>
internal static class SearchAttributeRegistration
{
    public static async Task EnsureAsync(ITemporalClient client, CancellationToken cancel)
    {
        var options = new RpcOptions { CancellationToken = cancel };
        var known = await client.Connection.OperatorService.ListSearchAttributesAsync(new() { Namespace = client.Options.Namespace }, options);
        var request = new AddSearchAttributesRequest { Namespace = client.Options.Namespace };
        foreach (var (name, type) in CcnSearchAttributes.All.Where(attribute => !known.CustomAttributes.ContainsKey(attribute.Key))) { request.SearchAttributes.Add(name, type); }

        if (request.SearchAttributes.Count > 0) { await client.Connection.OperatorService.AddSearchAttributesAsync(request, options); }
    }
}
