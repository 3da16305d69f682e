using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>How an envelope moves: routing order, signing, declining, voiding, expiry, and the Connect events of each step.</summary>
internal sealed class EnvelopeFlow : IDueHandler
{
    private const string Expire = "docusign.expire";
    private static readonly TimeSpan DefaultLife = TimeSpan.FromDays(120);

    public IReadOnlyList<string> Kinds => [Expire];

    public void Run(Moment moment, DueWork work)
    {
        if (moment.State.DocuSign.Envelopes.TryGetValue(work.Key, out var envelope) && envelope.Status is ("sent" or "delivered"))
        {
            Void(moment, envelope, "Envelope has expired.");
        }
    }

    public static void Send(Moment moment, Envelope envelope)
    {
        Change(moment, envelope, "sent");
        envelope.SentAt = moment.Now;
        var days = envelope.Notification.Object("expirations").Int("expireAfter");
        envelope.ExpiresAt = moment.Now + (days is > 0 ? TimeSpan.FromDays(days.Value) : DefaultLife);
        moment.Schedule(envelope.ExpiresAt.Value, Expire, envelope.Id);
        Record(moment, envelope, "Sent Invitations", "CCN Contracts", "The envelope was sent.");
        Notify(moment, envelope, "envelope-sent");
        Activate(moment, envelope);
    }

    public static void Open(Moment moment, Envelope envelope, Recipient signer)
    {
        if (signer.Status != "sent") { return; }
        signer.Status = "delivered";
        signer.DeliveredAt = moment.Now;
        Record(moment, envelope, "Viewed", signer.Name, $"{signer.Name} opened the envelope.");
        Notify(moment, envelope, "recipient-delivered", signer);
        if (envelope.Status == "sent" && envelope.Signers.TrueForAll(s => s.Status is "delivered" or "completed"))
        {
            Change(moment, envelope, "delivered");
            envelope.DeliveredAt = moment.Now;
            Notify(moment, envelope, "envelope-delivered");
        }
    }

    public static void Sign(Moment moment, Envelope envelope, Recipient signer)
    {
        Open(moment, envelope, signer);
        signer.Status = "completed";
        signer.SignedAt = moment.Now;
        envelope.ChangedAt = moment.Now;
        moment.Log("docusign", "envelope.signed", envelope.Id, envelope.TransactionId, detail: $"recipient {signer.Id}");
        Record(moment, envelope, "Signed", signer.Name, $"{signer.Name} signed the envelope.");
        Notify(moment, envelope, "recipient-completed", signer);
        if (envelope.Signers.TrueForAll(s => s.Status == "completed"))
        {
            Change(moment, envelope, "completed");
            envelope.CompletedAt = moment.Now;
            foreach (var copy in envelope.CarbonCopies) { (copy.Status, copy.SentAt, copy.DeliveredAt) = ("completed", moment.Now, moment.Now); }
            moment.Log("docusign", "envelope.completed", envelope.Id, envelope.TransactionId);
            Record(moment, envelope, "Completed", "CCN Contracts", "Every signer has signed.");
            Notify(moment, envelope, "envelope-completed");
        }
        else { Activate(moment, envelope); }
    }

    public static void Decline(Moment moment, Envelope envelope, Recipient signer, string reason)
    {
        Open(moment, envelope, signer);
        (signer.Status, signer.DeclinedAt, signer.DeclinedReason) = ("declined", moment.Now, reason);
        Change(moment, envelope, "declined");
        envelope.DeclinedAt = moment.Now;
        moment.Log("docusign", "envelope.declined", envelope.Id, envelope.TransactionId, detail: reason);
        Record(moment, envelope, "Declined", signer.Name, $"{signer.Name} declined: {reason}");
        Notify(moment, envelope, "recipient-declined", signer);
        Notify(moment, envelope, "envelope-declined");
    }

    public static void Void(Moment moment, Envelope envelope, string reason)
    {
        Change(moment, envelope, "voided");
        (envelope.VoidedAt, envelope.VoidedReason) = (moment.Now, reason);
        moment.Log("docusign", "envelope.voided", envelope.Id, envelope.TransactionId, detail: reason);
        Record(moment, envelope, "Voided", "CCN Contracts", reason);
        Notify(moment, envelope, "envelope-voided");
    }

    public static void Record(Moment moment, Envelope envelope, string action, string user, string message) =>
        envelope.Audit.Add(new AuditEvent(moment.Now, action, user, message));

    /// <summary>The signers of the lowest routing order that has not signed get their turn.</summary>
    private static void Activate(Moment moment, Envelope envelope)
    {
        var open = envelope.Signers.Where(s => s.Status != "completed").ToList();
        if (open.Count == 0) { return; }
        var turn = open.Min(s => s.RoutingOrder);
        foreach (var signer in open.Where(s => s.RoutingOrder == turn && s.Status == "created"))
        {
            (signer.Status, signer.SentAt) = ("sent", moment.Now);
            Notify(moment, envelope, "recipient-sent", signer);
        }
    }

    private static void Change(Moment moment, Envelope envelope, string status)
    {
        envelope.Status = status;
        envelope.ChangedAt = moment.Now;
    }

    private static void Notify(Moment moment, Envelope envelope, string eventName, Recipient? recipient = null)
    {
        var connect = envelope.EventNotification;
        if (connect.Text("url") is not { Length: > 0 } url || !Wanted(connect!, eventName)) { return; }
        var include = string.Join(',', connect.Object("eventData").Texts("includeData"));
        var message = new JsonObject
        {
            ["event"] = eventName,
            ["uri"] = $"/restapi/v2.1/accounts/{ConnectSigner.AccountPlaceholder}/envelopes/{envelope.Id}",
            ["retryCount"] = 0,
            ["configurationId"] = 10_000_001,
            ["apiVersion"] = "v2.1",
            ["generatedDateTime"] = moment.Now.IsoPrecise(),
            ["data"] = new JsonObject
            {
                ["accountId"] = ConnectSigner.AccountPlaceholder,
                ["userId"] = envelope.SenderId,
                ["recipientId"] = recipient?.Id,
                ["envelopeId"] = envelope.Id,
                ["envelopeSummary"] = EnvelopeJson.Of(envelope, include),
            }.WithoutNulls(),
        };
        moment.Notify("docusign", url, eventName, envelope.Id, message);
    }

    /// <summary>Events are named in the new list, or in the two older ones; a configuration without any list gets all.</summary>
    private static bool Wanted(JsonObject connect, string eventName)
    {
        var older = connect.Objects("envelopeEvents").Select(e => "envelope-" + (e.Text("envelopeEventStatusCode") ?? "").ToLowerInvariant())
            .Concat(connect.Objects("recipientEvents").Select(e => "recipient-" + (e.Text("recipientEventStatusCode") ?? "").ToLowerInvariant()));
        var wanted = connect.Texts("events").Concat(older).ToList();
        return wanted.Count == 0 || wanted.Contains(eventName, StringComparer.Ordinal);
    }
}
