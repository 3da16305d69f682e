using System.Collections.Concurrent;

namespace Ccn.Sandbox.Push;

/// <summary>A message as it came: encrypted for the browser, which alone can read it.</summary>
internal sealed record PushedMessage(string Subscription, string? Authorization, string? Encoding, string? Ttl, byte[] Body);

/// <summary>A push service (RFC 8030) for browsers that do not exist. A subscription that begins with <c>gone</c> has ended; one that begins with <c>busy</c> is not served at the moment.</summary>
internal sealed class PushService
{
    private readonly ConcurrentQueue<PushedMessage> messages = new();

    public static void Map(WebApplication app)
    {
        var service = app.Services.GetRequiredService<PushService>();
        app.MapPost("/push/{subscription}", async (string subscription, HttpRequest request) =>
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body);
            return service.Take(new(subscription, request.Headers.Authorization, request.Headers.ContentEncoding, request.Headers["TTL"], body.ToArray()));
        });
        app.MapGet("/_control/push/{subscription}", (string subscription) => Results.Ok(service.messages.Where(message => message.Subscription == subscription)));
    }

    private IResult Take(PushedMessage message)
    {
        if (message.Subscription.StartsWith("gone", StringComparison.Ordinal)) { return Results.StatusCode(StatusCodes.Status410Gone); }
        if (message.Subscription.StartsWith("busy", StringComparison.Ordinal)) { return Results.StatusCode(StatusCodes.Status503ServiceUnavailable); }
        if (message.Authorization?.StartsWith("vapid ", StringComparison.OrdinalIgnoreCase) is not true && message.Authorization?.StartsWith("WebPush ", StringComparison.OrdinalIgnoreCase) is not true) { return Results.Unauthorized(); }
        if (message.Ttl is null || message.Body.Length == 0 || message.Encoding != "aes128gcm") { return Results.BadRequest(); }

        messages.Enqueue(message);
        return Results.Created($"/push/{message.Subscription}/{messages.Count}", null);
    }
}
