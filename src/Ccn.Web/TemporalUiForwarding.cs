using Ccn.Api.Accounts;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Forwarder;

namespace Ccn.Web;

/// <summary>
/// The embedded server's Web UI as a part of the site: operations work with it, administrators and finance look at it.
/// The server behind it asks nobody who they are, so everything is decided here.
/// </summary>
internal static class TemporalUiForwarding
{
    private static readonly string[] Readers = [Roles.Ops, Roles.Admin, Roles.Finance];

    public static void AddTemporalUiForwarding(this IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton(new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }));
    }

    public static void MapTemporalUi(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<TemporalUiOptions>>().Value.Upstream is not { } upstream) { return; }

        var address = upstream.GetLeftPart(UriPartial.Authority);
        app.Map(TemporalUi.Path + "/{**path}", (HttpContext http, IHttpForwarder forwarder, HttpMessageInvoker client) => AnswerAsync(http, address, forwarder, client))
            .RequireAuthorization(policy => policy.RequireRole(Readers)).ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext http, string upstream, IHttpForwarder forwarder, HttpMessageInvoker client)
    {
        var isOperator = http.User.IsInRole(Roles.Ops);
        if (!IsReading(http.Request) && !(isOperator && IsFromThisSite(http.Request)))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            await http.Response.WriteAsJsonAsync(new { code = 7, message = isOperator ? "Request of another site" : "Only operations change workflows" });
            return;
        }

        await forwarder.SendAsync(http, upstream, client, ForwarderRequestConfig.Empty, isOperator ? Transformer.Operator : Transformer.Reader);
    }

    // A query asks a workflow how it is, though it is sent as POST.
    private static bool IsReading(HttpRequest request) =>
        HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        || (HttpMethods.IsPost(request.Method) && request.Path.Value!.Split('/') is [.., "workflows", _, "query", _] && IsFromThisSite(request));

    // The cookie comes along with forms of other sites only if they navigate, but a browser says whose script it is in any case. Programs bring a token instead.
    private static bool IsFromThisSite(HttpRequest request) => (request.Headers["Sec-Fetch-Site"].ToString(), request.Headers.Origin.ToString()) switch
    {
        ("", "") => request.Headers.ContainsKey(HeaderNames.Authorization),
        ("", var origin) => origin == $"{request.Scheme}://{request.Host}",
        (var site, _) => site == "same-origin",
    };

    private sealed class Transformer(bool isOperator) : HttpTransformer
    {
        public static readonly Transformer Operator = new(isOperator: true), Reader = new(isOperator: false);

        public override async ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
        {
            await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

            // The target as it was sent: %2F in a workflow id must stay apart from the path's own slashes.
            proxyRequest.RequestUri = new Uri(destinationPrefix + httpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
            proxyRequest.Headers.Host = null;

            // Who it is, is the site's business; the server behind would compare the origin with its own address.
            foreach (var header in new[] { HeaderNames.Cookie, HeaderNames.Authorization, HeaderNames.Origin, "Sec-Fetch-Site", "Temporal-Ui-Read-Only" }) { proxyRequest.Headers.Remove(header); }

            if (!isOperator) { proxyRequest.Headers.Add("Temporal-Ui-Read-Only", "true"); }
        }
    }
}
