namespace Ccn.Providers.DocuSign;

/// <summary>A Connect configuration for one envelope: signed JSON messages, repeated until acknowledged.</summary>
/// <param name="Url">Our webhook, https only.</param>
public sealed record EventNotification(
    string Url,
    IReadOnlyList<string> Events,
    ConnectEventData EventData,
    string DeliveryMode = "SIM",
    string LoggingEnabled = "true",
    string RequireAcknowledgment = "true",
    string IncludeHMAC = "true")
{
    /// <summary>The events and data that the licence workflow listens to.</summary>
    public static EventNotification ForLicence(Uri webhook)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return new(
            webhook.AbsoluteUri,
            [
                "envelope-sent", "envelope-delivered", "envelope-completed", "envelope-declined", "envelope-voided",
                "recipient-completed", "recipient-autoresponded", "recipient-authenticationfailed",
            ],
            new("restv2.1", "json", ["recipients", "custom_fields"]));
    }
}

/// <summary>What a Connect message contains.</summary>
public sealed record ConnectEventData(string Version, string Format, IReadOnlyList<string> IncludeData);
