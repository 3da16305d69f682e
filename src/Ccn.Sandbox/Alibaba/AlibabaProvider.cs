using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Alibaba;

/// <summary>
/// Alibaba.com's buyer-side lists, through the signed gateway. Every answer is HTTP 200; a business error is in its code. Requests for
/// quotation have no public API: they are a hand-off to the site.
/// </summary>
internal sealed class AlibabaProvider(SandboxOptions options) : Provider
{
    private const string UsList = "906124611";

    public override string Name => "alibaba";

    public override void Map(ProviderRoutes routes)
    {
        routes.Get("/rest/auth/token/create", "tokenCreate", CreateToken);
        routes.Post("/rest/auth/token/create", "tokenCreate", CreateToken);
        routes.Get("/rest/auth/token/refresh", "tokenRefresh", RefreshToken);
        routes.Post("/rest/auth/token/refresh", "tokenRefresh", RefreshToken);
        routes.Get("/rest/eco/buyer/product/check", "buyerProductCheck", call => List(call, p => Request(call, "query_req").Text("scene_id") == UsList ? !p.CrossBorder : p.CrossBorder));
        routes.Get("/rest/eco/buyer/local/product/check", "buyerLocalProductCheck", call => List(call, p => !p.CrossBorder));
        routes.Get("/rest/eco/buyer/crossborder/product/check", "buyerCrossborderProductCheck", call => List(call, p => p.CrossBorder));
        routes.Get("/rest/eco/buyer/product/description", "buyerProductDescription", Describe);
        routes.Get("/rest/eco/buyer/product/inventory", "buyerProductInventory", Inventory);
    }

    public override Answer ErrorFor(int status, Call call) => status == 429
        ? Failure(call.State, "ISP", "ApiCallLimit", "The access frequency of the application exceeds the limit.")
        : Failure(call.State, "SYSTEM", "ServiceUnavailable", "The service is not available.") with { Status = status >= 500 ? status : 200 };

    public override void Authorize(Call call)
    {
        var parameters = Parameters(call);
        if (parameters.GetValueOrDefault("app_key") != options.AlibabaAppKey) { throw new Refusal(Failure(call.State, "ISV", "InvalidAppKey", "The specified App Key is invalid.")); }
        if (!long.TryParse(parameters.GetValueOrDefault("timestamp"), NumberStyles.None, CultureInfo.InvariantCulture, out var at) || Math.Abs(call.Now.ToUnixTimeMilliseconds() - at) > 7_200_000)
        {
            throw new Refusal(Failure(call.State, "ISV", "InvalidTimestamp", "The specified timestamp is invalid."));
        }

        var path = call.Http.Request.Path.Value!["/alibaba/rest".Length..];
        var signed = path + string.Concat(parameters.Where(p => p.Key != "sign").OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => p.Key + p.Value));
        var expected = Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.AlibabaAppSecret), Encoding.UTF8.GetBytes(signed)));
        if (parameters.GetValueOrDefault("sign_method") != "sha256" || !string.Equals(parameters.GetValueOrDefault("sign"), expected, StringComparison.Ordinal))
        {
            throw new Refusal(Failure(call.State, "ISV", "IncompleteSignature", "The request signature does not conform to platform standards."));
        }

        if (!path.StartsWith("/auth/", StringComparison.Ordinal)
            && (!call.State.Alibaba.Tokens.TryGetValue(parameters.GetValueOrDefault("access_token") ?? "", out var expires) || expires <= call.Now))
        {
            throw new Refusal(Failure(call.State, "ISV", "IllegalAccessToken", "The specified access token is invalid or expired."));
        }
    }

    private static Dictionary<string, string> Parameters(Call call)
    {
        var all = call.Http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString(), StringComparer.Ordinal);
        foreach (var (name, value) in call.Http.Request.Method == "POST" ? call.Form : new Dictionary<string, string>(StringComparer.Ordinal)) { all[name] = value; }
        return all;
    }

    private static JsonObject Request(Call call, string name)
    {
        try { return JsonNode.Parse(Parameters(call).GetValueOrDefault(name) ?? "") as JsonObject ?? []; }
        catch (JsonException) { return []; }
    }

    private static Answer CreateToken(Call call) => string.IsNullOrEmpty(Parameters(call).GetValueOrDefault("code"))
        ? Failure(call.State, "ISV", "MissingParameter", "The input parameter code is mandatory.")
        : NewToken(call);

    private static Answer RefreshToken(Call call) =>
        call.State.Alibaba.RefreshTokens.TryGetValue(Parameters(call).GetValueOrDefault("refresh_token") ?? "", out var expires) && expires > call.Now
            ? NewToken(call)
            : Failure(call.State, "ISV", "IllegalRefreshToken", "The specified refresh token is invalid or expired.");

    private static Answer NewToken(Call call)
    {
        var (access, refresh) = ("5000" + call.State.NextMixed(44), "5001" + call.State.NextMixed(44));
        call.State.Alibaba.Tokens[access] = call.Now.AddDays(10);
        call.State.Alibaba.RefreshTokens[refresh] = call.Now.AddDays(60);
        return Success(call, new JsonObject
        {
            ["access_token"] = access, ["refresh_token"] = refresh, ["expires_in"] = "864000", ["refresh_expires_in"] = "5184000", ["account_id"] = "200042360", ["account"] = "buyer@ccn.example",
            ["account_platform"] = "buyApp", ["country"] = "US", ["user_info"] = new JsonObject { ["loginId"] = "us200042360", ["user_id"] = "200042360" },
        });
    }

    private static Answer List(Call call, Func<AlibabaProduct, bool> inList)
    {
        var request = Request(call, "query_req");
        var all = AlibabaCatalog.Products.Where(inList).ToList();
        var size = Math.Clamp(request.Int("size") ?? 20, 1, 50);
        var page = all.Skip((request.Int("index") ?? 0) * size).Take(size).Select(p => new JsonObject { ["product_id"] = p.Id, ["title"] = p.Title, ["supplier"] = p.Supplier });
        return Result(call, page.ToJsonArray(), Text(all.Count));
    }

    private static Answer Describe(Call call)
    {
        var request = Request(call, "query_req");
        if (request.Text("country") is null) { return Failure(call.State, "ISV", "MissingParameter", "The input parameter country is mandatory."); }
        if (Find(request) is not { } product) { return Failure(call.State, "ISV", "PRODUCT_NOT_FOUND", "The product does not exist."); }
        var ladder = product.Ladder.Select((step, i) => new JsonObject
        {
            ["min_quantity"] = Text(step.From), ["max_quantity"] = i + 1 < product.Ladder.Length ? Text(product.Ladder[i + 1].From - 1) : "-1",
            ["price"] = MoneyText.Format(step.Price, "USD"), ["currency"] = "USD",
        });
        return Result(call, new JsonObject
        {
            ["product_id"] = product.Id, ["title"] = product.Title, ["eCompanyId"] = product.CompanyId, ["supplier"] = product.Supplier, ["currency"] = "USD",
            ["min_order_quantity"] = Text(product.Moq), ["status"] = "approved", ["category_id"] = product.CategoryId, ["images"] = new JsonArray(),
            ["skus"] = new JsonArray(new JsonObject { ["sku_id"] = "10" + product.Id, ["status"] = "NORMAL", ["unit"] = "piece", ["ladder_price"] = ladder.ToJsonArray() }),
        });
    }

    private static Answer Inventory(Call call)
    {
        if (Find(Request(call, "inv_req")) is not { } product) { return Failure(call.State, "ISV", "PRODUCT_NOT_FOUND", "The product does not exist."); }
        return Result(call, new JsonArray(new JsonObject
        {
            ["shipping_from"] = product.CrossBorder ? "CN" : "US",
            ["inventory_list"] = new JsonArray(new JsonObject
            {
                ["product_id"] = product.Id, ["sku_id"] = "10" + product.Id, ["inventory_count"] = Text(product.Stock) + ".0000", ["inventory_unit"] = "piece",
            }),
        }));
    }

    private static AlibabaProduct? Find(JsonObject request) => AlibabaCatalog.Products.FirstOrDefault(p => p.Id == request.Text("product_id"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Answer Result(Call call, JsonNode data, string? total = null) => Success(call, new JsonObject
    {
        ["result"] = new JsonObject { ["result_code"] = "200", ["result_msg"] = "success", ["result_total"] = total, ["result_data"] = data }.WithoutNulls(),
    });

    private static Answer Success(Call call, JsonObject body)
    {
        body["code"] = "0";
        body["request_id"] = call.State.NextDigits(20);
        return Answer.Ok(body);
    }

    private static Answer Failure(SandboxState state, string type, string code, string message) =>
        Answer.Ok(new JsonObject { ["type"] = type, ["code"] = code, ["message"] = message, ["request_id"] = state.NextDigits(20) });
}
