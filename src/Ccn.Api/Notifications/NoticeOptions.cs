using System.ComponentModel.DataAnnotations;

namespace Ccn.Api.Notifications;

/// <summary>Notices outside the site, section <c>Notices</c>.</summary>
public sealed class NoticeOptions
{
    public const string Section = "Notices";

    /// <summary>Our public key for push services (VAPID), base64url. Null where this installation offers no web push.</summary>
    public string? PushPublicKey { get; set; }

    /// <summary>
    /// Hosts of the push services that browsers may name, or with a leading dot all below a domain. The server sends to the address that a browser gives, so an
    /// address of anything else is refused.
    /// </summary>
    [Required, MinLength(1)]
    public IList<string> PushServices { get; init; } = ["fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com"];

    internal bool Accepts(Uri endpoint) => PushServices.Any(host => host.StartsWith('.')
        ? endpoint.Scheme == Uri.UriSchemeHttps && endpoint.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        : string.Equals(endpoint.Authority, host, StringComparison.OrdinalIgnoreCase) && (endpoint.Scheme == Uri.UriSchemeHttps || endpoint.IsLoopback));
}
