using System.Net;
using Lib.Net.Http.WebPush;
using Lib.Net.Http.WebPush.Authentication;
using Microsoft.Extensions.Options;

namespace Ccn.Providers.Push;

/// <summary>Sends to browsers through the push service that each has named (RFC 8030), encrypted for that browser alone (RFC 8291).</summary>
public sealed class WebPush(HttpClient http, IOptions<PushOptions> options)
{
    /// <summary>A push service keeps a message this long for a browser that is off.</summary>
    private const int TimeToLiveSeconds = 3 * 24 * 3600;

    /// <param name="endpoint">The push service's address for the browser.</param>
    /// <param name="p256dh">The browser's public key, base64url.</param>
    /// <param name="auth">The browser's authentication secret, base64url.</param>
    /// <param name="text">At most about 3 KB.</param>
    /// <returns>False when the browser has ended the subscription: it is of no more use.</returns>
    /// <exception cref="ProviderException">The push service refused the message or did not answer.</exception>
    public async Task<bool> SendAsync(string endpoint, string p256dh, string auth, string text, CancellationToken cancel)
    {
        var subscription = new PushSubscription { Endpoint = endpoint };
        subscription.SetKey(PushEncryptionKeyName.P256DH, p256dh);
        subscription.SetKey(PushEncryptionKeyName.Auth, auth);
        using var vapid = new VapidAuthentication(options.Value.PublicKey, options.Value.PrivateKey) { Subject = options.Value.Subject };
        try
        {
            await new PushServiceClient(http).RequestPushMessageDeliveryAsync(subscription, new PushMessage(text) { TimeToLive = TimeToLiveSeconds }, vapid, cancel);
            return true;
        }
        catch (PushServiceClientException e) when (e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) { return false; }
        catch (PushServiceClientException e)
        {
            throw new ProviderException(ProviderNames.Push, ProviderCall.FailureOf(e.StatusCode), ProviderCodes.ForStatus((int)e.StatusCode), e.Message, innerException: e);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException || (e is TaskCanceledException && !cancel.IsCancellationRequested))
        {
            throw new ProviderException(ProviderNames.Push, ProviderFailure.Unavailable, ProviderCodes.ConnectionLost, e.Message, innerException: e);
        }
    }
}
