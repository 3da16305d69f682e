using System.Net.Mime;

namespace Ccn.Providers.Http;

/// <summary>
/// Reads the whole answer into memory, up to a limit, inside the handler chain. Refit asks for headers only and reads the body later,
/// outside of every timeout; reading it here puts size, time and a broken transfer under the same rules as the rest of the call.
/// </summary>
internal sealed class AnswerLimitHandler : DelegatingHandler
{
    /// <summary>Limit of a JSON answer: a page of 100 Amazon orders with every data set is below 2 MiB.</summary>
    public const long JsonLimit = 8L << 20;

    /// <summary>Limit of a document: DocuSign takes documents up to 25 MB each.</summary>
    public const long DocumentLimit = 64L << 20;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var isDocument = string.Equals(response.Content.Headers.ContentType?.MediaType, MediaTypeNames.Application.Pdf, StringComparison.OrdinalIgnoreCase);
        var limit = isDocument ? DocumentLimit : JsonLimit;
        try
        {
            await response.Content.LoadIntoBufferAsync(limit, cancellationToken);
            return response;
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            response.Dispose();
            throw new AnswerTooLargeException(limit, e);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
