using System.Net;
using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Ccn.TemporalServer.Ui;

/// <summary>
/// Summaries and details of workflows, which are Markdown, as the page that the Web UI shows in a frame. Whoever starts a
/// workflow writes them, so nothing in them may run, load anything or look like more than text.
/// </summary>
internal static class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().UseTaskLists().DisableHtml().Build();

    /// <summary>Answers <c>/render?content=MARKDOWN&amp;theme=light|dark</c>.</summary>
    public static Task AnswerAsync(HttpContext http)
    {
        http.Response.ContentType = "text/html; charset=utf-8";

        // The frame belongs to the UI, which measures its height: hence its origin stays, and nothing else is allowed.
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";
        return http.Response.WriteAsync(Html(http.Request.Query["content"].ToString(), http.Request.Query["theme"] == "dark"), http.RequestAborted);
    }

    /// <summary>The page.</summary>
    public static string Html(string markdown, bool dark)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            if (link.IsImage)
            {
                // A picture would be fetched from elsewhere: its description stays.
                link.ReplaceBy(new LiteralInline(string.Concat(link.Descendants<LiteralInline>().Select(text => text.Content.ToString()))));
            }
            else if (!IsSafe(link.Url))
            {
                link.Url = "";
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)))
        {
            link.Url = "";
        }

        using var body = new StringWriter();
        var renderer = new HtmlRenderer(body);
        Pipeline.Setup(renderer);
        renderer.Render(document);
        var (text, accent, line) = dark ? ("#e8ebf4", "#a5b4fc", "#3b4252") : ("#141414", "#3730a3", "#c9d0e0");
        return $$"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Details</title>
            <base target="_blank">
            <style>
            body { margin: 0; padding: 0 0.5rem; color: {{text}}; font: 0.9375rem/1.5 Inter, system-ui, sans-serif; overflow-wrap: anywhere; }
            p, ul, ol, pre, table, blockquote { margin: 0.5rem 0; }
            a { color: {{accent}}; }
            code, pre { font-family: "Noto Sans Mono", ui-monospace, monospace; font-size: 0.875em; }
            pre { overflow-x: auto; padding: 0.5rem; border: 1px solid {{line}}; }
            table { border-collapse: collapse; }
            th, td { padding: 0.25rem 0.5rem; border: 1px solid {{line}}; text-align: left; }
            blockquote { padding-left: 0.75rem; border-left: 3px solid {{line}}; }
            </style>
            </head>
            <body>
            {{body}}
            </body>
            </html>
            """;
    }

    private static bool IsSafe(string? url) => Uri.TryCreate(WebUtility.HtmlDecode(url), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeMailto);
}
