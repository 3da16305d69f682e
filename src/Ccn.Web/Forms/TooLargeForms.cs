using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Ccn.Web.Forms;

/// <summary>
/// A form that is longer than its page takes is refused by its announced length. A browser reads no answer while it still sends, and calls a
/// connection that is closed under it broken: so what comes is let go by, unread and unstored, and then the page says why.
/// </summary>
internal sealed class TooLargeForms(RequestDelegate next)
{
    /// <summary>Beyond it the connection is closed: nobody sends that by mistake.</summary>
    private const long MostLetBy = 1L << 30;

    public async Task InvokeAsync(HttpContext http)
    {
        var size = http.Features.Get<IHttpMaxRequestBodySizeFeature>();
        if (!HttpMethods.IsPost(http.Request.Method) || http.Features.Get<IStatusCodeReExecuteFeature>() is not null || size is not { IsReadOnly: false, MaxRequestBodySize: { } most } || !(http.Request.ContentLength > most))
        {
            await next(http);
            return;
        }

        if (http.Request.ContentLength <= MostLetBy)
        {
            size.MaxRequestBodySize = http.Request.ContentLength;
            await http.Request.Body.CopyToAsync(Stream.Null, http.RequestAborted);
        }

        // The page that says so is rendered in this request, which has no form any more.
        (http.Request.Method, http.Request.ContentType, http.Request.ContentLength, http.Request.Body) = (HttpMethods.Get, null, null, Stream.Null);
        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
    }
}
