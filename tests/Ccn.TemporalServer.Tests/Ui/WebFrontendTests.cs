using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Ui;

namespace Ccn.TemporalServer.Tests.Ui;

/// <summary>What a browser gets at the address of the Web UI, and what pages of other sites do not.</summary>
public sealed class WebFrontendTests : IAsyncLifetime
{
    private EmbeddedTemporalServer server = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        server = await EmbeddedTemporalServer.StartAsync(new() { UiPort = 0 }, Cancel);
        http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.UiAddress };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Every_page_is_the_one_document_whose_files_are_kept_for_ever()
    {
        using var page = await http.GetAsync(new Uri("/temporal/namespaces/default/workflows/a%2Fb", UriKind.Relative), Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        var script = html.Split('"').First(part => part.StartsWith("/temporal/_app/immutable/", StringComparison.Ordinal));
        using var file = await http.GetAsync(new Uri(script, UriKind.Relative), Cancel);

        Assert.Equal(("text/html", "no-cache"), (page.Content.Headers.ContentType!.MediaType, page.Headers.CacheControl!.ToString()));
        Assert.Contains("Content-Security-Policy", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(("text/javascript", TimeSpan.FromDays(365)), (file.Content.Headers.ContentType!.MediaType, file.Headers.CacheControl!.MaxAge));
    }

    [Fact]
    public async Task A_file_of_another_build_is_not_a_page()
    {
        using var file = await http.GetAsync(new Uri("/temporal/_app/immutable/old.js", UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task An_address_without_the_base_path_leads_to_the_page()
    {
        using var page = await http.GetAsync(new Uri("/namespaces/default/workflows/a%2Fb?x=1", UriKind.Relative), Cancel);

        Assert.Equal("/temporal/namespaces/default/workflows/a%2Fb?x=1", page.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("true", true)]
    public async Task The_settings_name_the_version_and_whether_there_are_actions(string? readOnly, bool disabled)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/temporal/api/v1/settings");
        if (readOnly is not null) { request.Headers.Add(WebFrontend.ReadOnlyHeader, readOnly); }

        using var answer = await http.SendAsync(request, Cancel);
        var settings = (await answer.Content.ReadFromJsonAsync<JsonNode>(Cancel))!;

        Assert.True(Version.Parse(settings["Version"]!.GetValue<string>()) >= new Version(2, 23, 0));
        Assert.Equal(disabled, settings["DisableWriteActions"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "http://elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Host", "elsewhere.example", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NotFound)]
    [InlineData("Host", "localhost", HttpStatusCode.NotFound)]
    [InlineData(null, "", HttpStatusCode.NotFound)]
    public async Task Another_sites_page_changes_nothing(string? header, string value, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/temporal/api/v1/namespaces/default/workflows/nobody/cancel");
        if (header is not null) { request.Headers.TryAddWithoutValidation(header, value); }

        using var answer = await http.SendAsync(request, Cancel);

        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task Markdown_is_shown_and_nothing_in_it_runs_or_loads()
    {
        const string text = "# Title\n**bold** [good](https://example.org) [bad](javascript:alert(1)) ![pixel](https://example.org/p.png) <script>alert(2)</script> <img src=x onerror=alert(3)>";
        using var page = await http.GetAsync(new Uri("/temporal/render?theme=dark&content=" + Uri.EscapeDataString(text), UriKind.Relative), Cancel);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..];

        Assert.Contains("<strong>bold</strong>", body, StringComparison.Ordinal);
        Assert.Contains("href=\"https://example.org\"", body, StringComparison.Ordinal);
        Assert.Contains("pixel", body, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", body, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
        var policy = string.Join(' ', page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
    }
}
