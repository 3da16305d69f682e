using System.Net;

namespace Ccn.TemporalServer.Ui;

/// <summary>
/// Nobody signs in here, so a page of another site, opened in a browser that can reach this server, must be able to
/// neither write through it nor pass itself off as this server.
/// </summary>
internal static class BrowserGuard
{
    /// <summary>Why a request is refused; null when it is not.</summary>
    public static string? Refusal(HttpContext http)
    {
        // On a loopback address another name is that of a site which points to this machine (DNS rebinding).
        if (http.Connection.LocalIpAddress is { } local && IPAddress.IsLoopback(local) && !IsLocalName(http.Request.Host.Host))
        {
            return "Host not allowed";
        }

        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            return null;
        }

        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = http.Request.Headers.Origin.ToString();
        var isOwn = (site, origin) switch
        {
            ("", "") => true,   // not a browser
            ("", _) => origin == $"{http.Request.Scheme}://{http.Request.Host}",
            _ => site is "same-origin" or "none",
        };
        return isOwn ? null : "Request of another site";
    }

    private static bool IsLocalName(string host) =>
        IPAddress.TryParse(host.Trim('[', ']'), out _) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
