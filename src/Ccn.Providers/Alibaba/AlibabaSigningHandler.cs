using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Alibaba;

/// <summary>
/// Signs a request as Alibaba's iop SDK does: all parameters sorted ordinally, keys and values joined without separators, the API path in
/// front, HMAC-SHA256 with the app's secret in upper-case hex. Runs inside the retry, because a signature holds its own timestamp.
/// </summary>
internal sealed class AlibabaSigningHandler(IOptions<AlibabaOptions> options, TimeProvider time) : DelegatingHandler
{
    /// <summary>The access token of this request, put here by the handler in front.</summary>
    public static readonly HttpRequestOptionsKey<string> AccessToken = new("ccn.alibaba.token");

    private static readonly HttpRequestOptionsKey<string> BusinessQuery = new("ccn.alibaba.query");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        if (!request.Options.TryGetValue(BusinessQuery, out var query))
        {
            query = uri.Query;
            request.Options.Set(BusinessQuery, query);   // a second attempt starts from the unsigned query
        }

        var parameters = Parse(query);
        parameters["app_key"] = options.Value.AppKey;
        parameters["sign_method"] = "sha256";
        parameters["timestamp"] = time.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        if (request.Options.TryGetValue(AccessToken, out var token)) { parameters["access_token"] = token; }

        var apiPath = "/" + uri.AbsolutePath[options.Value.Gateway.AbsolutePath.Length..];
        var sign = Sign(options.Value.AppSecret, apiPath, parameters);
        var pairs = parameters.Append(new("sign", sign)).Select(p => $"{Uri.EscapeDataString(p.Key)}={Uri.EscapeDataString(p.Value)}");
        request.RequestUri = new UriBuilder(uri) { Query = string.Join('&', pairs) }.Uri;
        return base.SendAsync(request, cancellationToken);
    }

    internal static string Sign(string secret, string apiPath, SortedDictionary<string, string> parameters)
    {
        var text = new StringBuilder(apiPath);
        foreach (var (key, value) in parameters) { text.Append(key).Append(value); }
        return Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static SortedDictionary<string, string> Parse(string query)
    {
        var parameters = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (pair, "") : (pair[..at], pair[(at + 1)..]);
            parameters[Uri.UnescapeDataString(key)] = Uri.UnescapeDataString(value);
        }

        return parameters;
    }
}
