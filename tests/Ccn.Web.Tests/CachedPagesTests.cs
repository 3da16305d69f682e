using System.Net;
using System.Net.Http.Headers;
using Ccn.Api;

namespace Ccn.Web.Tests;

/// <summary>Pages that are kept for a moment for visitors.</summary>
[Collection(SiteTests.Name)]
public sealed class CachedPagesTests(SiteFixture site)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reader_gets_no_encoding_that_was_not_asked_for()
    {
        using var http = Client();
        foreach (var address in new[] { "/?encoding=first", "/?encoding=second" })
        {
            using var compressed = await GetAsync(http, address, request => request.Headers.AcceptEncoding.Add(new("gzip")));
            Assert.Equal(["gzip"], compressed.Content.Headers.ContentEncoding);
            using var plain = await GetAsync(http, address);
            Assert.Empty(plain.Content.Headers.ContentEncoding);
            Assert.StartsWith("<!DOCTYPE html>", await plain.Content.ReadAsStringAsync(Cancel), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_page_is_kept_for_visitors_alone_and_not_for_a_tab_that_knows_of_a_change()
    {
        using var http = Client();

        // A page is kept for two seconds, and a machine may be slower than that between two questions.
        for (var isKept = false; !isKept;)
        {
            using var visitor = await GetAsync(http, "/?kept");
            isKept = visitor.Headers.Age is not null;
        }

        using var signedIn = await GetAsync(http, "/?kept", request => request.Headers.Add("Cookie", CcnApi.SignedInCookie + "=of-somebody"));
        Assert.Null(signedIn.Headers.Age);
        using var program = await GetAsync(http, "/?kept", request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "of-somebody"));
        Assert.Null(program.Headers.Age);
        using var live = await GetAsync(http, "/?kept", request => request.Headers.Add("X-Live", "1"));
        Assert.Null(live.Headers.Age);
    }

    private HttpClient Client() => new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(site.Url) };

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string address, Action<HttpRequestMessage>? configure = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new("text/html"));
        configure?.Invoke(request);
        return await http.SendAsync(request, Cancel);
    }
}
