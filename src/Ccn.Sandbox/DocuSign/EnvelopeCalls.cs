using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>The envelope resource.</summary>
internal static class EnvelopeCalls
{
    public static Answer Create(Call call)
    {
        if (call.Json() is not { } body) { return DocuSignProvider.Error(400, "INVALID_REQUEST_BODY", "The request body is missing or improperly formatted."); }
        var state = call.State.DocuSign;
        var transaction = body.Text("transactionId");
        if (transaction is not null && state.Transactions.TryGetValue(transaction, out var known) && state.Envelopes[known].CreatedAt > call.Now.AddDays(-7))
        {
            return Summary(call, state.Envelopes[known]);
        }

        var envelope = Read(call, body, transaction);
        state.Envelopes.Add(envelope.Id, envelope);
        if (transaction is not null) { state.Transactions[transaction] = envelope.Id; }
        call.Log("docusign", "envelope.created", envelope.Id, transaction, detail: envelope.Subject);
        EnvelopeFlow.Record(call, envelope, "Registered", "CCN Contracts", "The envelope was created.");
        if (body.Text("status") == "sent") { EnvelopeFlow.Send(call, envelope); }
        return Summary(call, envelope);
    }

    public static Answer List(Call call)
    {
        if (Instants.Parse(call.Query("from_date")) is not { } from)
        {
            return DocuSignProvider.Error(400, "INVALID_REQUEST_PARAMETER", "The request contained at least one invalid parameter. Query parameter 'from_date' must be set.");
        }

        var statuses = call.Query("status")?.Split(',') ?? [];
        var start = int.TryParse(call.Query("start_position"), NumberStyles.None, CultureInfo.InvariantCulture, out var s) ? s : 0;
        var count = int.TryParse(call.Query("count"), NumberStyles.None, CultureInfo.InvariantCulture, out var c) ? Math.Min(c, 1000) : 1000;
        var all = call.State.DocuSign.Envelopes.Values
            .Where(e => e.ChangedAt >= from && (statuses.Length == 0 || statuses.Contains(e.Status, StringComparer.Ordinal)))
            .OrderBy(e => e.ChangedAt).ThenBy(e => e.Id, StringComparer.Ordinal).ToList();
        return Page(all.Skip(start).Take(count).Select(e => EnvelopeJson.Of(e, call.Query("include"))).ToList(), all.Count, start);
    }

    public static Answer Statuses(Call call)
    {
        var ids = call.Json().Texts("envelopeIds").ToList();
        if (ids.Count == 0) { return DocuSignProvider.Error(400, "INVALID_REQUEST_PARAMETER", "envelopeIds must name at least one envelope."); }
        var found = ids.Select(id => call.State.DocuSign.Envelopes.GetValueOrDefault(id)).OfType<Envelope>().Select(e => EnvelopeJson.Of(e, null)).ToList();
        return Page(found, found.Count, 0);
    }

    public static Answer Get(Call call) => Answer.Ok(EnvelopeJson.Of(Find(call), call.Query("include")));

    public static Answer Recipients(Call call) => Answer.Ok(EnvelopeJson.Recipients(Find(call)));

    public static Answer Update(Call call)
    {
        var envelope = Find(call);
        var body = call.Json() ?? [];
        switch (body.Text("status"))
        {
            case "voided" when string.IsNullOrWhiteSpace(body.Text("voidedReason")):
                return DocuSignProvider.Error(400, "INVALID_REQUEST_PARAMETER", "The request contained at least one invalid parameter. voidedReason is required.");
            case "voided" when envelope.Status is not ("sent" or "delivered"):
                return DocuSignProvider.Error(400, "ENVELOPE_CANNOT_VOID_INVALID_STATE", "Only envelopes in the 'Sent' or 'Delivered' states may be voided.");
            case "voided":
                EnvelopeFlow.Void(call, envelope, body.Text("voidedReason")!);
                break;
            case "sent" when envelope.Status == "created":
                EnvelopeFlow.Send(call, envelope);
                break;
            case null when call.Query("resend_envelope") == "true" && envelope.Status is ("sent" or "delivered"):
                EnvelopeFlow.Record(call, envelope, "Resent", "CCN Contracts", "The e-mails to the waiting signers were sent again.");
                break;
            case "sent":
                return DocuSignProvider.Error(400, "ENVELOPE_INVALID_STATUS", "Invalid envelope status. Envelope status is not one of: Created.");
        }

        return Answer.Ok(new JsonObject { ["envelopeId"] = envelope.Id });
    }

    public static Answer AuditEvents(Call call)
    {
        var envelope = Find(call);
        return Answer.Ok(new JsonObject
        {
            ["auditEvents"] = envelope.Audit.Select(e => new JsonObject
            {
                ["eventFields"] = new[]
                {
                    Field("logTime", e.At.IsoPrecise()), Field("Source", "API"), Field("UserName", e.UserName), Field("Action", e.Action),
                    Field("Message", e.Message), Field("EnvelopeStatus", envelope.Status), Field("EnvelopeId", envelope.Id),
                }.ToJsonArray(),
            }).ToJsonArray(),
        });
    }

    public static Answer Documents(Call call)
    {
        var envelope = Find(call);
        return Answer.Ok(new JsonObject
        {
            ["envelopeId"] = envelope.Id,
            ["envelopeDocuments"] = envelope.Documents.Select((d, i) => new JsonObject
            {
                ["documentId"] = d.Id, ["name"] = d.Name, ["type"] = "content", ["order"] = (i + 1).ToString(CultureInfo.InvariantCulture),
                ["uri"] = $"/envelopes/{envelope.Id}/documents/{d.Id}",
            }).Append(new JsonObject
            {
                ["documentId"] = "certificate", ["name"] = "Summary", ["type"] = "summary", ["order"] = "999",
                ["uri"] = $"/envelopes/{envelope.Id}/documents/certificate",
            }).ToJsonArray(),
        });
    }

    public static Answer Document(Call call)
    {
        var envelope = Find(call);
        var id = call.Route("documentId");
        if (id == "combined") { return Answer.Bytes(SignedPdf.Combined(envelope, call.Query("certificate") == "true"), "application/pdf"); }
        if (id == "certificate") { return Answer.Bytes(SignedPdf.Certificate(envelope), "application/pdf"); }
        var document = envelope.Documents.Find(d => d.Id == id);
        return document is null
            ? DocuSignProvider.Error(404, "DOCUMENT_DOES_NOT_EXIST", "The document specified was not found.")
            : Answer.Bytes(SignedPdf.Of(document), "application/pdf");
    }

    public static Envelope Find(Call call) =>
        call.State.DocuSign.Envelopes.GetValueOrDefault(call.Route("envelopeId"))
        ?? throw new Refusal(DocuSignProvider.Error(404, "ENVELOPE_DOES_NOT_EXIST", "The envelope specified either does not exist or you have no rights to it."));

    private static Envelope Read(Call call, JsonObject body, string? transaction)
    {
        var documents = body.Objects("documents").Select(ReadDocument).ToList();
        var signers = body.Object("recipients").Objects("signers").Select(s => ReadRecipient(call, s)).ToList();
        if (body.Text("status") == "sent")
        {
            if (documents.Count == 0) { throw new Refusal(DocuSignProvider.Error(400, "ENVELOPE_IS_INCOMPLETE", "The Envelope is not Complete. A Complete Envelope Requires Documents, Recipients, Tabs, and a Subject Line.")); }
            if (signers.Count == 0 || string.IsNullOrEmpty(body.Text("emailSubject"))) { throw new Refusal(DocuSignProvider.Error(400, "ENVELOPE_IS_INCOMPLETE", "The Envelope is not Complete. A Complete Envelope Requires Documents, Recipients, Tabs, and a Subject Line.")); }
        }

        var twice = signers.GroupBy(s => s.Id, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) { throw new Refusal(DocuSignProvider.Error(400, "DUPLICATE_RECIPIENT_ID", $"Duplicate recipientId values: {twice.Key}.")); }
        return new Envelope
        {
            Id = call.State.NextGuid(), TransactionId = transaction, Status = "created", Subject = body.Text("emailSubject") ?? "", Blurb = body.Text("emailBlurb"),
            SenderId = call.State.DocuSign.Tokens[call.Bearer!].UserId, Documents = documents, Signers = signers,
            CarbonCopies = body.Object("recipients").Objects("carbonCopies").Select(s => ReadRecipient(call, s)).ToList(),
            CustomFields = Copy(body.Object("customFields")), Notification = Copy(body.Object("notification")), EventNotification = Copy(body.Object("eventNotification")),
            CreatedAt = call.Now, ChangedAt = call.Now,
        };
    }

    private static EnvelopeDocument ReadDocument(JsonObject document)
    {
        var content = new byte[(document.Text("documentBase64") ?? "").Length];
        if (!Convert.TryFromBase64String(document.Text("documentBase64") ?? "", content, out var length) || length == 0)
        {
            throw new Refusal(DocuSignProvider.Error(400, "UNABLE_TO_LOAD_DOCUMENT", "Unable to load the document."));
        }

        return new EnvelopeDocument(document.Text("documentId") ?? "1", document.Text("name") ?? "Document", (document.Text("fileExtension") ?? "pdf").ToLowerInvariant(), content[..length]);
    }

    private static Recipient ReadRecipient(Call call, JsonObject recipient)
    {
        if (recipient.Text("email") is not { Length: > 0 } email || !email.Contains('@', StringComparison.Ordinal))
        {
            throw new Refusal(DocuSignProvider.Error(400, "INVALID_EMAIL_ADDRESS_FOR_RECIPIENT", "The email address for the recipient is invalid."));
        }

        if (recipient.Text("name") is not { Length: > 0 } name || recipient.Text("recipientId") is not { Length: > 0 } id)
        {
            throw new Refusal(DocuSignProvider.Error(400, "INVALID_REQUEST_PARAMETER", "The request contained at least one invalid parameter. A recipient needs name and recipientId."));
        }

        return new Recipient
        {
            Id = id, Guid = call.State.NextGuid(), Name = name, Email = email, ClientUserId = recipient.Text("clientUserId"),
            RoutingOrder = recipient.Int("routingOrder") ?? 1, Tabs = Copy(recipient.Object("tabs")),
        };
    }

    private static Answer Summary(Call call, Envelope envelope) => Answer.Json(201, new JsonObject
    {
        ["envelopeId"] = envelope.Id, ["status"] = envelope.Status, ["statusDateTime"] = (envelope.SentAt ?? envelope.CreatedAt).IsoPrecise(), ["uri"] = "/envelopes/" + envelope.Id,
    });

    private static Answer Page(List<JsonObject> found, int total, int start) => Answer.Ok(new JsonObject
    {
        ["resultSetSize"] = Text(found.Count), ["totalSetSize"] = Text(total), ["startPosition"] = Text(start), ["endPosition"] = Text(Math.Max(start, start + found.Count - 1)),
        ["envelopes"] = found.ToJsonArray(),
    });

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static JsonObject Field(string name, string value) => new() { ["name"] = name, ["value"] = value };

    private static JsonObject? Copy(JsonObject? node) => node?.DeepClone() as JsonObject;
}
