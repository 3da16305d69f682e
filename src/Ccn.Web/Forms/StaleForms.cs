using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Diagnostics;

namespace Ccn.Web.Forms;

/// <summary>
/// A form that came from a page as it no longer is: its person has signed out meanwhile, or the thing has gone on and the form is not on the
/// page any more. The framework answers 400 without a word; people are shown the page as it is now, and why nothing was done.
/// </summary>
internal sealed class StaleForms(RequestDelegate next)
{
    /// <summary>Query parameter of a page that is shown in place of what a stale form asked for.</summary>
    public const string Changed = "changed";

    /// <summary>Whose forms visitors send.</summary>
    private static readonly string[] ForVisitors = ["/sign-in", "/sign-up", "/supplier"];

    public async Task InvokeAsync(HttpContext http)
    {
        var isRefusal = http.Features.Get<IStatusCodeReExecuteFeature>() is not null;   // the page of a refusal is rendered
        var (request, response) = (http.Request, http.Response);
        var isForm = !isRefusal && HttpMethods.IsPost(request.Method) && request.HasFormContentType;   // asked before: a form with a stale token must not be looked at
        await next(http);
        if (!isForm || response.StatusCode != StatusCodes.Status400BadRequest || response.HasStarted) { return; }

        var signedOut = http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false } && http.User.Identity?.IsAuthenticated is not true
            && !ForVisitors.Any(path => request.Path.StartsWithSegments(path, StringComparison.Ordinal));
        response.Clear();
        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = signedOut ? $"/sign-in?returnUrl={Uri.EscapeDataString(request.Path)}" : $"{request.Path}?{Changed}=1";
    }
}
