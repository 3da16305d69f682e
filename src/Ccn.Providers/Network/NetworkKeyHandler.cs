using System.Net.Http.Headers;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Network;

/// <summary>Sends the network's key.</summary>
internal sealed class NetworkKeyHandler(IOptions<NetworkOptions> options) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Value.ApiKey);
        return base.SendAsync(request, cancellationToken);
    }
}
