using System.Text;
using Stripe;

namespace Ccn.Api.Webhooks;

/// <summary>Stripe's signature header: timestamp and HMAC, with a tolerance of five minutes against replays.</summary>
internal static class StripeSignature
{
    private const long ToleranceSeconds = 300;

    public static bool TryRead(byte[] body, string header, string secret, DateTimeOffset now, out string eventId)
    {
        eventId = "";
        try
        {
            // The product's own clock judges the age, so the library's check against the machine's is given the same instant.
            var message = EventUtility.ConstructEvent(Encoding.UTF8.GetString(body), header, secret, ToleranceSeconds, now.ToUnixTimeSeconds(), throwOnApiVersionMismatch: false);
            eventId = message.Id;
            return true;
        }
        catch (Exception e) when (e is StripeException or FormatException or ArgumentException) { return false; }
    }
}
