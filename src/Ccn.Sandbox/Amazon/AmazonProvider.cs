using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Amazon;

/// <summary>Login with Amazon and the Selling Partner API operations a seller of finished goods needs.</summary>
internal sealed class AmazonProvider(SandboxOptions options, RateLimits limits) : Provider
{
    public override string Name => "amazon";

    public override bool HasRealRateLimits => true;

    public override void Map(ProviderRoutes routes)
    {
        routes.Post("/auth/o2/token", "token", IssueToken, open: true);
        routes.Get("/apps/authorize/consent", "consent", ConsentPage, open: true);
        routes.Post("/apps/authorize/consent", "grantConsent", Consent, open: true);

        const string Item = "/listings/2021-08-01/items/{sellerId}/{sku}";
        routes.Get(Item, "getListingsItem", ListingCalls.Get);
        routes.Put(Item, "putListingsItem", call => ListingCalls.Put(call, options));
        routes.Patch(Item, "patchListingsItem", call => ListingCalls.Patch(call, options));
        routes.Delete(Item, "deleteListingsItem", ListingCalls.Delete);
        routes.Get("/listings/2021-08-01/restrictions", "getListingsRestrictions", _ => Answer.Ok(new JsonObject { ["restrictions"] = new JsonArray() }));

        routes.Get("/orders/2026-01-01/orders", "searchOrders", OrderCalls.Search);
        routes.Get("/orders/2026-01-01/orders/{orderId}", "getOrder", OrderCalls.Get);
        routes.Post("/orders/v0/orders/{orderId}/shipmentConfirmation", "confirmShipment", OrderCalls.ConfirmShipment);
        routes.Get("/finances/2024-06-19/transactions", "listTransactions", FinanceCalls.List);
        routes.Post("/products/fees/v0/items/{asin}/feesEstimate", "getMyFeesEstimateForASIN", call => FeeCalls.Estimate(call, "ASIN", call.Route("asin")));
        routes.Post("/products/fees/v0/listings/{sku}/feesEstimate", "getMyFeesEstimateForSKU", call => FeeCalls.Estimate(call, "SellerSKU", call.RawSegment(5)));
        routes.Post("/products/fees/v0/feesEstimate", "getMyFeesEstimates", FeeCalls.EstimateBatch);
        routes.Get("/fba/inventory/v1/summaries", "getInventorySummaries", InventoryCalls.Summaries);
    }

    public override Answer ErrorFor(int status, Call call) => call.Operation == "token"
        ? Answer.Json(status, new JsonObject { ["error"] = "server_error", ["error_description"] = "The authorization server encountered an unexpected condition." })
        : status switch
        {
            429 => Error(429, "QuotaExceeded", "You exceeded your quota for the requested resource."),
            403 => Error(403, "Unauthorized", "Access to requested resource is denied."),
            503 => Error(503, "ServiceUnavailable", "Service is temporarily unavailable. Please try again."),
            >= 500 => Error(status, "InternalFailure", "We encountered an internal error. Please try again."),
            _ => Error(status, "InvalidInput", "The request is not valid."),
        };

    public override void Authorize(Call call)
    {
        if (call.Header("x-amz-access-token") is not { } token || !call.State.Amazon.AccessTokens.TryGetValue(token, out var access))
        {
            throw new Refusal(Error(403, "Unauthorized", "Access to requested resource is denied.", "Access token is missing in the request header."));
        }

        if (access.ExpiresAt <= call.Now) { throw new Refusal(Error(403, "Unauthorized", "Access to requested resource is denied.", "The access token you provided has expired.")); }
        if (call.Http.GetRouteValue("sellerId") is string seller && seller != access.SellerId)
        {
            throw new Refusal(Error(403, "Unauthorized", "Access to requested resource is denied."));
        }
    }

    public override Answer Invoke(Call call, Func<Call, Answer> handler)
    {
        var real = call.State.Faults.Exists(f => f.Provider == Name && f.Kind == Fault.RateLimit && f.Left is null && (f.Operation is null || f.Operation == call.Operation));
        return real && !limits.TryTake(call.Operation, SellerOf(call), call.Now) ? ErrorFor(429, call) : handler(call);
    }

    public override void Decorate(Call call, Answer answer)
    {
        answer.With("x-amzn-RequestId", call.State.NextGuid());
        if (RateLimits.Of(call.Operation) is { } limit) { answer.With("x-amzn-RateLimit-Limit", limit.Rate.ToString(CultureInfo.InvariantCulture)); }
    }

    public static Answer Error(int status, string code, string message, string details = "") => Answer.Json(status, new JsonObject
    {
        ["errors"] = new JsonArray(new JsonObject { ["code"] = code, ["message"] = message, ["details"] = details }),
    });

    /// <summary>The seller whose token the call bears: orders, finances and stock have no seller in their paths.</summary>
    public static string SellerOf(Call call) =>
        call.Header("x-amz-access-token") is { } token && call.State.Amazon.AccessTokens.TryGetValue(token, out var access) ? access.SellerId : "";

    private Answer IssueToken(Call call)
    {
        var amazon = call.State.Amazon;
        if (call.Form.GetValueOrDefault("client_id") != options.AmazonClientId || call.Form.GetValueOrDefault("client_secret") != options.AmazonClientSecret)
        {
            return LwaError(401, "invalid_client", "Client authentication failed");
        }

        switch (call.Form.GetValueOrDefault("grant_type"))
        {
            case "refresh_token":
                var refresh = call.Form.GetValueOrDefault("refresh_token") ?? "";
                var seller = SellerOfRefreshToken(amazon, refresh);
                return refresh.Length == 0 || amazon.Revoked.Contains(seller)
                    ? LwaError(400, "invalid_grant", "The request has an invalid grant parameter : refresh_token")
                    : Token(call, seller, refresh);
            case "authorization_code":
                if (!amazon.ConsentCodes.Remove(call.Form.GetValueOrDefault("code") ?? "", out var consent) || consent.ExpiresAt <= call.Now)
                {
                    return LwaError(400, "invalid_grant", "The request has an invalid grant parameter : code");
                }

                var granted = "Atzr|" + call.State.NextMixed(60);
                amazon.RefreshTokens[granted] = consent.SellerId;
                amazon.Revoked.Remove(consent.SellerId);
                return Token(call, consent.SellerId, granted);
            case "client_credentials":
                return Token(call, "", null);
            default:
                return LwaError(400, "unsupported_grant_type", "The authorization grant type is not supported by the authorization server");
        }
    }

    private string SellerOfRefreshToken(AmazonState amazon, string refresh)
    {
        if (amazon.RefreshTokens.TryGetValue(refresh, out var known)) { return known; }
        return refresh.StartsWith("Atzr|", StringComparison.Ordinal) && refresh.Length is > 5 and < 40 ? refresh[5..] : options.AmazonSellerId;
    }

    private static Answer Token(Call call, string seller, string? refresh)
    {
        var token = "Atza|" + call.State.NextMixed(80);
        call.State.Amazon.AccessTokens[token] = new SellerToken(seller, call.Now.AddHours(1));
        return Answer.Ok(new JsonObject { ["access_token"] = token, ["token_type"] = "bearer", ["expires_in"] = 3600, ["refresh_token"] = refresh }.WithoutNulls());
    }

    private static Answer LwaError(int status, string error, string description) =>
        Answer.Json(status, new JsonObject { ["error"] = error, ["error_description"] = description });

    private Answer ConsentPage(Call call)
    {
        string Hidden(string name) => $"<input type=\"hidden\" name=\"{name}\" value=\"{WebUtility.HtmlEncode(call.Query(name) ?? "")}\">";
        return Answer.Html(200, $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Authorise an application</title></head><body>
            <h1>Let {WebUtility.HtmlEncode(call.Query("application_id") ?? "the application")} manage your listings, orders and finances?</h1>
            <form method="post">{Hidden("state")}{Hidden("redirect_uri")}
            <label>Seller id <input name="selling_partner_id" value="{WebUtility.HtmlEncode(options.AmazonSellerId)}" required></label>
            <button type="submit">Confirm</button></form></body></html>
            """);
    }

    private static Answer Consent(Call call)
    {
        var seller = call.Form.GetValueOrDefault("selling_partner_id") ?? "";
        if (call.Form.GetValueOrDefault("redirect_uri") is not { Length: > 0 } back || seller.Length == 0) { return Answer.Html(400, "<p>redirect_uri and seller id are required.</p>"); }
        var code = call.State.NextMixed(20);
        call.State.Amazon.ConsentCodes[code] = new SellerToken(seller, call.Now.AddMinutes(5));
        return Answer.Redirect($"{back}{(back.Contains('?', StringComparison.Ordinal) ? '&' : '?')}state={Uri.EscapeDataString(call.Form.GetValueOrDefault("state") ?? "")}"
            + $"&selling_partner_id={Uri.EscapeDataString(seller)}&spapi_oauth_code={code}");
    }
}
