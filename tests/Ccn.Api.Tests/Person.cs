using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Ccn.Api.Designs;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Tests;

/// <summary>Somebody who uses the API, signed in by access token. A token lives an hour, and tests let weeks pass: it is renewed by signing in again.</summary>
internal sealed class Person(ApiFixture api, string email, string password, string handle) : IDisposable
{
    private static readonly TimeSpan RenewAfter = TimeSpan.FromMinutes(30);
    private readonly HttpClient http = new() { BaseAddress = api.Address };
    private DateTimeOffset signedInAt;

    public string Id { get; private set; } = "";
    public string Email => email;
    public string Password => password;

    /// <summary>The access token; there after the first request.</summary>
    public string Token => http.DefaultRequestHeaders.Authorization!.Parameter!;

    public void Dispose() => http.Dispose();

    public async Task RegisterAsync(string role)
    {
        var made = await Answer.OfAsync(await http.PostAsJsonAsync("/v1/accounts", new { email, password, displayName = "Person " + handle, handle, role }));
        Id = made.Is(HttpStatusCode.Created).Text("userId");
    }

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);
    public Task<Answer> PutAsync(string path, object body) => SendAsync(HttpMethod.Put, path, body);
    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    /// <summary>Posts with a fresh idempotency key.</summary>
    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body, Guid.NewGuid().ToString());

    /// <summary>Sends JSON as it is written, for what no serializer would write.</summary>
    public Task<Answer> SendJsonAsync(HttpMethod method, string path, string json) =>
        SendAsync(method, path, new StringContent(json, Encoding.UTF8, "application/json"), Guid.NewGuid().ToString());

    public async Task<Answer> SendAsync(HttpMethod method, string path, object? body = null, string? key = null)
    {
        if (api.Now - signedInAt > RenewAfter) { await SignInAsync(); }

        using var request = new HttpRequestMessage(method, path) { Content = body as HttpContent ?? (body is null ? null : JsonContent.Create(body)) };
        if (key is not null) { request.Headers.Add("Idempotency-Key", key); }

        return await Answer.OfAsync(await http.SendAsync(request));
    }

    public Task<Answer> UploadAsync(byte[] content, string fileName, string contentType)
    {
        var part = new ByteArrayContent(content);
        part.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return SendAsync(HttpMethod.Post, "/v1/uploads", new MultipartFormDataContent { { part, "file", fileName } });
    }

    /// <summary>Uploads a picture and submits it as a design, which is on record then.</summary>
    public async Task<(string DesignId, object Body)> SubmitDesignAsync(string title = "A design", string category = "tests")
    {
        var uploaded = await UploadAsync(Pictures.Png(400, 400), "design.png", "image/png");
        var body = new
        {
            title, description = "Made by a test.", category, tags = new[] { "test" }, fileKey = uploaded.Is(HttpStatusCode.Created).Text("fileKey"), fileName = "design.png",
            termsVersion = DesignCommands.CurrentTerms,
        };
        var designId = Ids.New(Ids.Design, api.Now);
        (await PutAsync($"/v1/designs/{designId}", body)).Is(HttpStatusCode.Accepted);
        return (designId, body);
    }

    /// <summary>Submits a design and waits until everybody sees it.</summary>
    public async Task<string> PublishDesignAsync(string title = "A design")
    {
        var (designId, _) = await SubmitDesignAsync(title);
        await ReachesAsync(designId, DesignStage.Published);
        return designId;
    }

    /// <summary>Waits until the design is on record as being in a stage.</summary>
    public Task ReachesAsync(string designId, DesignStage stage) => ApiFixture.UntilAsync(async () =>
    {
        await using var db = api.OpenDatabase();
        return await db.Designs.AnyAsync(design => design.Id == designId && design.Stage == stage);
    }, $"{designId} in {stage}");

    /// <summary>Connects an Amazon account, and has it verified by an admin.</summary>
    public async Task BecomeVerifiedSellerAsync(Person admin)
    {
        (await PutAsync("/v1/me/seller-account", new { amazonSellerId = "A" + Id, amazonRefreshToken = "Atzr|" + Id, marketplace = "ATVPDKIKX0DER", stripePaymentMethod = "pm_card_visa" })).Is(HttpStatusCode.OK);
        (await admin.PostAsync($"/v1/sellers/{Id}/verification")).Is(HttpStatusCode.NoContent);
    }

    private async Task SignInAsync()
    {
        var answer = await Answer.OfAsync(await http.PostAsJsonAsync("/v1/sign-in", new { email, password }));
        http.DefaultRequestHeaders.Authorization = new("Bearer", answer.Is(HttpStatusCode.OK).Text("accessToken"));
        signedInAt = api.Now;
    }
}
