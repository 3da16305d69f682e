using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.DocuSign;

/// <summary>DocuSign eSignature REST v2.1 with JWT grant, embedded signing and envelope-level Connect.</summary>
internal sealed class DocuSignProvider(SandboxOptions options) : Provider
{
    private const string Account = "/restapi/v2.1/accounts/{accountId}";

    public override string Name => "docusign";

    public override void Map(ProviderRoutes routes)
    {
        routes.Post("/oauth/token", "token", IssueToken, open: true);
        routes.Get("/oauth/userinfo", "userinfo", UserInfo);
        routes.Post(Account + "/envelopes", "createEnvelope", EnvelopeCalls.Create);
        routes.Get(Account + "/envelopes", "listStatusChanges", EnvelopeCalls.List);
        routes.Put(Account + "/envelopes/status", "listStatus", EnvelopeCalls.Statuses);
        routes.Get(Account + "/envelopes/{envelopeId}", "getEnvelope", EnvelopeCalls.Get);
        routes.Put(Account + "/envelopes/{envelopeId}", "updateEnvelope", EnvelopeCalls.Update);
        routes.Get(Account + "/envelopes/{envelopeId}/recipients", "listRecipients", EnvelopeCalls.Recipients);
        routes.Get(Account + "/envelopes/{envelopeId}/audit_events", "listAuditEvents", EnvelopeCalls.AuditEvents);
        routes.Get(Account + "/envelopes/{envelopeId}/documents", "listDocuments", EnvelopeCalls.Documents);
        routes.Get(Account + "/envelopes/{envelopeId}/documents/{documentId}", "getDocument", EnvelopeCalls.Document);
        routes.Post(Account + "/envelopes/{envelopeId}/views/recipient", "createRecipientView", SigningPages.CreateView);
        routes.Get("/Signing/{token}", "openSigningPage", SigningPages.Open, open: true, changes: true);
        routes.Get("/Signing/session/{session}", "showSigningPage", SigningPages.Show, open: true);
        routes.Post("/Signing/session/{session}", "submitSigningPage", SigningPages.Submit, open: true);
        routes.Get("/Signing/email/{envelopeId}/{recipientId}", "openEmailLink", SigningPages.OpenFromEmail, open: true, changes: true);
    }

    public override Answer ErrorFor(int status, Call call) => status switch
    {
        429 => Error(429, "HOURLY_APIINVOCATION_LIMIT_EXCEEDED", "The maximum number of hourly API invocations has been exceeded."),
        401 => Error(401, "AUTHORIZATION_INVALID_TOKEN", "The access token provided is expired, revoked or malformed."),
        _ => Error(status, status >= 500 ? "UNSPECIFIED_ERROR" : "INVALID_REQUEST_PARAMETER", "The request could not be processed."),
    };

    public override void Authorize(Call call)
    {
        if (call.Bearer is null) { throw new Refusal(Error(401, "PARTNER_AUTHENTICATION_FAILED", "The specified Integrator Key was not found or is disabled.")); }
        if (!call.State.DocuSign.Tokens.TryGetValue(call.Bearer, out var token) || token.ExpiresAt <= call.Now)
        {
            throw new Refusal(ErrorFor(401, call));
        }

        if (call.Http.GetRouteValue("accountId") is string account && !string.Equals(account, options.DocuSignAccountId, StringComparison.OrdinalIgnoreCase))
        {
            throw new Refusal(Error(401, "USER_LACKS_MEMBERSHIP", "The UserID does not have a valid membership in this Account."));
        }
    }

    public override void Decorate(Call call, Answer answer) => answer.With("X-DocuSign-TraceToken", call.State.NextGuid());

    public static Answer Error(int status, string code, string message) =>
        Answer.Json(status, new JsonObject { ["errorCode"] = code, ["message"] = message });

    private Answer IssueToken(Call call)
    {
        if (call.Form.GetValueOrDefault("grant_type") != "urn:ietf:params:oauth:grant-type:jwt-bearer") { return OAuthError("unsupported_grant_type"); }
        if (Parts(call.Form.GetValueOrDefault("assertion")) is not var (header, claims, signed, signature) || header.Text("alg") != "RS256")
        {
            return OAuthError("invalid_grant", "no_valid_keys_or_signatures");
        }

        if (options.DocuSignPublicKeyPem is { } pem)
        {
            using var key = RSA.Create();
            key.ImportFromPem(pem);
            if (!key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) { return OAuthError("invalid_grant", "no_valid_keys_or_signatures"); }
        }

        if (claims.Text("iss") != options.DocuSignIntegrationKey) { return OAuthError("invalid_grant", "issuer_not_found"); }
        if (!Guid.TryParse(claims.Text("sub"), out _)) { return OAuthError("invalid_grant", "user_not_found"); }
        if (claims.Text("aud") is null or "" || claims.Text("aud")!.Contains("://", StringComparison.Ordinal)) { return OAuthError("invalid_grant", "audience_invalid"); }
        var now = call.Now.ToUnixTimeSeconds();
        if (claims.Int("exp") is not { } expires || claims.Int("iat") is not { } issued || expires <= now || expires - issued > 3600 || issued > now + 300)
        {
            return OAuthError("invalid_grant", "expired_or_not_yet_valid");
        }

        var scopes = (claims.Text("scope") ?? "").Split(' ');
        if (!scopes.Contains("signature", StringComparer.Ordinal) || !scopes.Contains("impersonation", StringComparer.Ordinal)) { return OAuthError("consent_required"); }

        var token = "eyJ0eXAiOiJNVCJ9." + call.State.NextMixed(64);
        call.State.DocuSign.Tokens[token] = new AccessToken(claims.Text("sub")!, call.Now.AddHours(1));
        return Answer.Ok(new JsonObject { ["access_token"] = token, ["token_type"] = "Bearer", ["expires_in"] = 3600, ["scope"] = "signature impersonation" });
    }

    private Answer UserInfo(Call call) => Answer.Ok(new JsonObject
    {
        ["sub"] = call.State.DocuSign.Tokens[call.Bearer!].UserId,
        ["name"] = "CCN Contracts",
        ["email"] = "contracts@ccn.example",
        ["accounts"] = new JsonArray(new JsonObject
        {
            ["account_id"] = options.DocuSignAccountId,
            ["is_default"] = true,
            ["account_name"] = "CCN",
            ["base_uri"] = call.BaseUrl + "/docusign",
        }),
    });

    private static Answer OAuthError(string error, string? description = null) =>
        Answer.Json(400, new JsonObject { ["error"] = error, ["error_description"] = description }.WithoutNulls());

    private static (JsonObject Header, JsonObject Claims, byte[] Signed, byte[] Signature)? Parts(string? jwt)
    {
        if (jwt?.Split('.') is not [var header, var claims, var signature] || signature.Length < 300) { return null; }
        try
        {
            return JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(header)) is JsonObject h && JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(claims)) is JsonObject c
                ? (h, c, Encoding.ASCII.GetBytes($"{header}.{claims}"), System.Buffers.Text.Base64Url.DecodeFromChars(signature))
                : null;
        }
        catch (Exception e) when (e is FormatException or JsonException) { return null; }
    }
}
