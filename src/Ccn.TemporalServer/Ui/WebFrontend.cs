using System.Text.Json;
using Ccn.TemporalServer.Json;

namespace Ccn.TemporalServer.Ui;

/// <summary>What browsers and programs get on the web listeners: the JSON API at the root, the Web UI with its own API below <see cref="BasePath"/>.</summary>
internal sealed class WebFrontend(JsonApi api, WebUiFiles files)
{
    /// <summary>Where the Web UI is, here and behind a site that passes requests on.</summary>
    public const string BasePath = "/temporal";

    /// <summary>A site that passes a reader's request on sets it, so that the UI offers no action which that site would refuse.</summary>
    public const string ReadOnlyHeader = "Temporal-Ui-Read-Only";

    /// <summary>Answers any request.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        http.Response.Headers.XContentTypeOptions = "nosniff";
        if (BrowserGuard.Refusal(http) is { } refusal)
        {
            await WriteErrorAsync(http, StatusCodes.Status403Forbidden, 7, refusal);
            return;
        }

        var inUi = http.Request.Path.StartsWithSegments(BasePath, StringComparison.Ordinal, out var path);
        path = inUi ? path : http.Request.Path;
        if (inUi && path == "/api/v1/settings")
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(UiSettings.Json(files.Version, http.Request.Headers.ContainsKey(ReadOnlyHeader)), http.RequestAborted);
        }
        else if (path.StartsWithSegments("/api", StringComparison.Ordinal))
        {
            await api.AnswerAsync(http, shorthand: !inUi);
        }
        else if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        }
        else if (!inUi)
        {
            http.Response.Redirect(BasePath + path + http.Request.QueryString);   // links of tools to the UI know no base path
        }
        else if (path == "/render")
        {
            await MarkdownPage.AnswerAsync(http);
        }
        else
        {
            await files.AnswerAsync(http, path);
        }
    }

    private static Task WriteErrorAsync(HttpContext http, int status, int code, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(JsonSerializer.Serialize(new { code, message }));
    }
}
