using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Domain;
using Microsoft.AspNetCore.Authentication.BearerToken;

namespace Ccn.Host.Demo;

/// <summary>One person with a program of their own: the same HTTP, the same sign-in (when first needed), the same rights as anybody outside.</summary>
internal sealed class Actor(HttpClient http, IStoryTime time, string name, string email, string password) : IDisposable
{
    private const int Attempts = 6;
    private static readonly TimeSpan BeforeRetry = TimeSpan.FromMilliseconds(250);

    private readonly SemaphoreSlim signingIn = new(1);
    private AccessTokenResponse? tokens;
    private DateTimeOffset tokensEndAt;
    private Me? me;

    public string Name { get; } = name;

    /// <summary>The account's id; known once the person has done something.</summary>
    public string UserId => me?.UserId ?? throw new InvalidOperationException($"{Name} has not signed in.");

    public Task<T> GetAsync<T>(string path, CancellationToken cancel) => SendAsync<T>(HttpMethod.Get, path, null, null, cancel);

    /// <summary>Null where there is no such thing (yet), or it is another person's.</summary>
    public async Task<T?> FindAsync<T>(string path, CancellationToken cancel)
        where T : class
    {
        try { return await GetAsync<T>(path, cancel); }
        catch (ProblemResponseException e) when (e.Status is HttpStatusCode.NotFound) { return null; }
    }

    public Task<T> PutAsync<T>(string path, object body, CancellationToken cancel) => SendAsync<T>(HttpMethod.Put, path, () => Json(body), null, cancel);

    public Task PutAsync(string path, object body, CancellationToken cancel) => SendAsync<JsonElement?>(HttpMethod.Put, path, () => Json(body), null, cancel);

    /// <param name="key">Idempotency key: the same one when the request is repeated.</param>
    public Task<T> PostAsync<T>(string path, object? body, string key, CancellationToken cancel) => SendAsync<T>(HttpMethod.Post, path, () => Json(body), key, cancel);

    public Task PostAsync(string path, object? body, string key, CancellationToken cancel) => SendAsync<JsonElement?>(HttpMethod.Post, path, () => Json(body), key, cancel);

    public Task<UploadedFile> UploadAsync(string fileName, string contentType, byte[] content, CancellationToken cancel) => SendAsync<UploadedFile>(HttpMethod.Post, "/v1/uploads", () =>
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new(contentType);
        return new MultipartFormDataContent { { file, "file", fileName } };
    }, null, cancel);

    /// <summary>Sends it and reads the answer. What is not available at the moment is asked for again with the same key, as the API advises.</summary>
    public async Task<T> SendAsync<T>(HttpMethod method, string path, Func<HttpContent?>? content, string? key, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var used = await TokenAsync(cancel);
            using var request = new HttpRequestMessage(method, path) { Content = content?.Invoke() };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", used);
            if (key is not null) { request.Headers.Add("Idempotency-Key", key); }

            using var response = await http.SendAsync(request, cancel);
            if (response.IsSuccessStatusCode) { return await ReadAsync<T>(response, cancel); }

            if (attempt < Attempts && response.StatusCode is HttpStatusCode.ServiceUnavailable) { await Task.Delay(BeforeRetry * attempt, cancel); }
            else if (attempt < Attempts && response.StatusCode is HttpStatusCode.Unauthorized) { await RenewAsync(used, cancel); }
            else { throw await Problems.ReadAsync(response, $"{Name}: {method} {path}", cancel); }
        }
    }

    public void Dispose() => signingIn.Dispose();

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = await response.Content.ReadAsByteArrayAsync(cancel);
        return body.Length == 0 ? default! : JsonSerializer.Deserialize<T>(body, CcnJson.Options)!;
    }

    private static JsonContent? Json(object? body) => body is null ? null : JsonContent.Create(body, body.GetType(), options: CcnJson.Options);

    // Virtual time outruns every token, so its end is looked at before it is used.
    private async Task<string> TokenAsync(CancellationToken cancel)
    {
        if (tokens is null || time.Now >= tokensEndAt) { await RenewAsync(tokens?.AccessToken, cancel); }

        return tokens!.AccessToken;
    }

    private async Task RenewAsync(string? known, CancellationToken cancel)
    {
        await signingIn.WaitAsync(cancel);
        try
        {
            if (tokens is not null && tokens.AccessToken != known) { return; }   // another request has done it meanwhile

            tokens = (tokens is { } old ? await AskAsync("/v1/sign-in/refresh", new RefreshBody(old.RefreshToken), cancel) : null)
                ?? await AskAsync("/v1/sign-in", new Credentials(email, password), cancel)
                ?? throw new ProblemResponseException(HttpStatusCode.Unauthorized, "account.credentials", $"{email} cannot sign in.", Name);
            tokensEndAt = time.Now.AddSeconds(tokens.ExpiresIn - 30);
            me ??= await WhoAmIAsync(tokens.AccessToken, cancel);
        }
        finally { signingIn.Release(); }
    }

    private async Task<Me> WhoAmIAsync(string token, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, cancel);
        return response.IsSuccessStatusCode ? await ReadAsync<Me>(response, cancel) : throw await Problems.ReadAsync(response, $"{Name}: GET /v1/me", cancel);
    }

    private async Task<AccessTokenResponse?> AskAsync(string path, object body, CancellationToken cancel)
    {
        using var response = await http.PostAsync(path, Json(body), cancel);
        if (response.StatusCode is HttpStatusCode.Unauthorized) { return null; }

        return response.IsSuccessStatusCode ? await ReadAsync<AccessTokenResponse>(response, cancel) : throw await Problems.ReadAsync(response, $"{Name}: POST {path}", cancel);
    }
}
