using Ccn.Api;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Ccn.Web;

/// <summary>Keeps pages for visitors who are not signed in for a moment: a crowd at the door is one rendering. Never on a page with a form.</summary>
internal sealed class AnonymousPages(TimeSpan life) : IOutputCachePolicy
{
    public const string Policy = "anonymous";

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var http = context.HttpContext;

        // Looked for before anybody is signed in, hence by what a signed-in person's request bears.
        var applies = HttpMethods.IsGet(http.Request.Method) && !http.Request.Cookies.ContainsKey(CcnApi.SignedInCookie) && StringValues.IsNullOrEmpty(http.Request.Headers.Authorization);
        context.EnableOutputCaching = context.AllowCacheStorage = context.AllowLocking = applies;

        // A tab that was told of a change must not get the page from before it.
        context.AllowCacheLookup = applies && !http.Request.Headers.ContainsKey("X-Live");
        context.ResponseExpirationTimeSpan = life;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.HeaderNames = HeaderNames.AcceptEncoding;   // pages are stored compressed
        if (applies)
        {
            // Rendering sets an antiforgery cookie on every first page, and what sets a cookie is not stored. It has to go before the headers are sent.
            http.Response.OnStarting(static state =>
            {
                ((HttpContext)state).Response.Headers.Remove("Set-Cookie");
                return Task.CompletedTask;
            }, http);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        context.AllowCacheStorage &= context.HttpContext.Response.StatusCode == StatusCodes.Status200OK;
        return ValueTask.CompletedTask;
    }
}
