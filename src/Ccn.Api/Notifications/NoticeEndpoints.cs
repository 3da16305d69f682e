using Microsoft.AspNetCore.Http.HttpResults;

namespace Ccn.Api.Notifications;

internal static class NoticeEndpoints
{
    public static void MapNotices(this IEndpointRouteBuilder app)
    {
        var mine = app.MapGroup("/v1/me").RequireAuthorization().WithTags("Notices");
        mine.MapGet("/notice-settings", SettingsAsync).WithName("GetNoticeSettings");
        mine.MapPut("/notice-settings", ChangeAsync).WithName("ChangeNoticeSettings");
        mine.MapPut("/push-subscription", SubscribeAsync).WithName("SubscribeToPush");
        mine.MapDelete("/push-subscription", UnsubscribeAsync).WithName("UnsubscribeFromPush");
    }

    /// <summary>Which notices leave the site, and how.</summary>
    internal static async Task<Ok<NoticeSettingsView>> SettingsAsync(NoticeChannels channels, CancellationToken cancel) => TypedResults.Ok(await channels.GetAsync(cancel));

    /// <summary>Chooses which notices come by e-mail and which to the browsers that are subscribed.</summary>
    internal static async Task<NoContent> ChangeAsync(NoticeSettingsBody body, NoticeChannels channels, CancellationToken cancel)
    {
        await channels.ChangeAsync(body, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Subscribes this browser to the reader's notices (Push API).</summary>
    internal static async Task<NoContent> SubscribeAsync(PushSubscriptionBody body, NoticeChannels channels, CancellationToken cancel)
    {
        await channels.SubscribeAsync(body, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Ends a browser's subscription.</summary>
    /// <param name="endpoint">The push service's address for it.</param>
    internal static async Task<NoContent> UnsubscribeAsync(string endpoint, NoticeChannels channels, CancellationToken cancel)
    {
        await channels.UnsubscribeAsync(endpoint, cancel);
        return TypedResults.NoContent();
    }
}
