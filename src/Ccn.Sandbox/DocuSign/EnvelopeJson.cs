using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>The envelope on the wire, where ids, numbers and booleans are all strings.</summary>
internal static class EnvelopeJson
{
    /// <param name="envelope">The envelope.</param>
    /// <param name="include">Comma separated list of parts to add: recipients, custom_fields, documents.</param>
    public static JsonObject Of(Envelope envelope, string? include)
    {
        var parts = include?.Split(',') ?? [];
        return new JsonObject
        {
            ["status"] = envelope.Status,
            ["documentsUri"] = $"/envelopes/{envelope.Id}/documents",
            ["recipientsUri"] = $"/envelopes/{envelope.Id}/recipients",
            ["envelopeUri"] = $"/envelopes/{envelope.Id}",
            ["emailSubject"] = envelope.Subject,
            ["emailBlurb"] = envelope.Blurb,
            ["envelopeId"] = envelope.Id,
            ["transactionId"] = envelope.TransactionId,
            ["customFieldsUri"] = $"/envelopes/{envelope.Id}/custom_fields",
            ["createdDateTime"] = envelope.CreatedAt.IsoPrecise(),
            ["lastModifiedDateTime"] = envelope.ChangedAt.IsoPrecise(),
            ["initialSentDateTime"] = envelope.SentAt?.IsoPrecise(),
            ["sentDateTime"] = envelope.SentAt?.IsoPrecise(),
            ["deliveredDateTime"] = envelope.DeliveredAt?.IsoPrecise(),
            ["completedDateTime"] = envelope.CompletedAt?.IsoPrecise(),
            ["declinedDateTime"] = envelope.DeclinedAt?.IsoPrecise(),
            ["voidedDateTime"] = envelope.VoidedAt?.IsoPrecise(),
            ["voidedReason"] = envelope.VoidedReason,
            ["statusChangedDateTime"] = envelope.ChangedAt.IsoPrecise(),
            ["documentsCombinedUri"] = $"/envelopes/{envelope.Id}/documents/combined",
            ["certificateUri"] = $"/envelopes/{envelope.Id}/documents/certificate",
            ["expireEnabled"] = "true",
            ["expireDateTime"] = envelope.ExpiresAt?.IsoPrecise(),
            ["sender"] = new JsonObject { ["userName"] = "CCN Contracts", ["userId"] = envelope.SenderId, ["email"] = "contracts@ccn.example" },
            ["recipients"] = parts.Contains("recipients", StringComparer.Ordinal) ? Recipients(envelope) : null,
            ["customFields"] = parts.Contains("custom_fields", StringComparer.Ordinal) ? envelope.CustomFields?.DeepClone() : null,
        }.WithoutNulls();
    }

    public static JsonObject Recipients(Envelope envelope)
    {
        var current = envelope.Signers.Where(s => s.Status is "sent" or "delivered").Select(s => s.RoutingOrder).DefaultIfEmpty(1).Min();
        return new JsonObject
        {
            ["signers"] = envelope.Signers.Select(Of).ToJsonArray(),
            ["agents"] = new JsonArray(),
            ["editors"] = new JsonArray(),
            ["intermediaries"] = new JsonArray(),
            ["carbonCopies"] = envelope.CarbonCopies.Select(Of).ToJsonArray(),
            ["certifiedDeliveries"] = new JsonArray(),
            ["inPersonSigners"] = new JsonArray(),
            ["recipientCount"] = Text(envelope.Signers.Count + envelope.CarbonCopies.Count),
            ["currentRoutingOrder"] = Text(current),
        };
    }

    private static JsonObject Of(Recipient recipient) => new JsonObject
    {
        ["name"] = recipient.Name,
        ["email"] = recipient.Email,
        ["recipientId"] = recipient.Id,
        ["recipientIdGuid"] = recipient.Guid,
        ["userId"] = recipient.Guid,
        ["clientUserId"] = recipient.ClientUserId,
        ["requireIdLookup"] = "false",
        ["routingOrder"] = Text(recipient.RoutingOrder),
        ["status"] = recipient.Status,
        ["sentDateTime"] = recipient.SentAt?.IsoPrecise(),
        ["deliveredDateTime"] = recipient.DeliveredAt?.IsoPrecise(),
        ["signedDateTime"] = recipient.SignedAt?.IsoPrecise(),
        ["declinedDateTime"] = recipient.DeclinedAt?.IsoPrecise(),
        ["declinedReason"] = recipient.DeclinedReason,
        ["deliveryMethod"] = "email",
    }.WithoutNulls();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
