using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Ccn.Host.Demo;

/// <summary>The people outside CCN: signers in their browser at the e-sign provider, buyers at Amazon, suppliers with their personal link.</summary>
internal sealed class OutsideWorld(HttpClient sandbox, HttpClient browser)
{
    /// <summary>Opens the personal signing page, agrees and signs, as the button does.</summary>
    public Task SignAsync(string signingUrl, CancellationToken cancel) => AnswerAsync(signingUrl, new() { ["action"] = "sign", ["consent"] = "yes" }, cancel);

    /// <summary>Opens the personal signing page and declines.</summary>
    public Task DeclineAsync(string signingUrl, string reason, CancellationToken cancel) => AnswerAsync(signingUrl, new() { ["action"] = "decline", ["reason"] = reason }, cancel);

    /// <summary>Buyers buy at the shop.</summary>
    /// <param name="at">When they did; now when left out. An order ships a day after that.</param>
    public async Task SellAsync(string amazonSellerId, string sku, int orders, int unitsEach, decimal unitPrice, DateTimeOffset? at, CancellationToken cancel)
    {
        var sale = new { sellerId = amazonSellerId, sku, orders, quantity = unitsEach, unitPrice = new { amount = unitPrice.ToString("0.00", CultureInfo.InvariantCulture), currency = "USD" }, at };
        await ControlAsync("amazon/sales", sale, cancel);
    }

    /// <summary>Buyers send units back.</summary>
    public Task RefundAsync(string amazonSellerId, string sku, int units, CancellationToken cancel) => ControlAsync("amazon/refunds", new { sellerId = amazonSellerId, sku, quantity = units }, cancel);

    /// <summary>A supplier uses its personal link; nobody signs in for that.</summary>
    public async Task UseLinkAsync(string link, string door, object body, CancellationToken cancel)
    {
        using var response = await browser.PostAsJsonAsync($"{DoorOf(link)}/{door}", body, Domain.CcnJson.Options, cancel);
        if (!response.IsSuccessStatusCode) { throw await Problems.ReadAsync(response, $"Supplier: POST {door}", cancel); }
    }

    /// <summary>A supplier opens its personal link and reads what is asked of it.</summary>
    public async Task<T> OpenLinkAsync<T>(string link, CancellationToken cancel)
    {
        using var response = await browser.GetAsync(DoorOf(link), cancel);
        return response.IsSuccessStatusCode
            ? JsonSerializer.Deserialize<T>(await response.Content.ReadAsByteArrayAsync(cancel), Domain.CcnJson.Options)!
            : throw await Problems.ReadAsync(response, "Supplier: GET link", cancel);
    }

    // People are given the page; its token opens the door for programs too.
    private static string DoorOf(string link) => link.Replace("/supplier/", "/v1/supplier-links/", StringComparison.Ordinal);

    private async Task AnswerAsync(string signingUrl, Dictionary<string, string> form, CancellationToken cancel)
    {
        using var page = await browser.GetAsync(signingUrl, cancel);
        page.EnsureSuccessStatusCode();
        using var content = new FormUrlEncodedContent(form);
        using var done = await browser.PostAsync(page.RequestMessage!.RequestUri, content, cancel);

        // The provider sends the person back to our site, whatever that shows.
        if ((int)done.StatusCode >= 500) { done.EnsureSuccessStatusCode(); }
    }

    private async Task ControlAsync(string path, object body, CancellationToken cancel)
    {
        using var response = await sandbox.PostAsJsonAsync($"/_control/{path}", body, JsonSerializerOptions.Web, cancel);
        if (!response.IsSuccessStatusCode) { throw new InvalidOperationException($"The sandbox refused {path}: {await response.Content.ReadAsStringAsync(cancel)}"); }
    }
}
