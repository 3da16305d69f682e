using System.Globalization;
using System.Net;

namespace Ccn.Api.Tests;

/// <summary>Finance enters the rates by which quotes are compared.</summary>
[Collection(ApiCollection.Name)]
public sealed class ExchangeRateTests(ApiFixture api)
{
    [Fact]
    public async Task Finance_enters_a_rate_corrects_it_and_everybody_signed_in_reads_it()
    {
        using var finance = await api.SignUpAsync("finance");
        using var seller = await api.SignUpAsync("seller");
        var day = api.Now.AddDays(-400).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await finance.PutAsync($"/v1/exchange-rates/CHF/{day}", new { rate = 1.2m, source = "a bank" })).Is(HttpStatusCode.NoContent);
        (await finance.PutAsync($"/v1/exchange-rates/CHF/{day}", new { rate = 1.25m, source = "the same bank" })).Is(HttpStatusCode.NoContent);
        var listed = (await seller.GetAsync("/v1/exchange-rates")).Is(HttpStatusCode.OK).Json.EnumerateArray().Single(rate => rate.GetProperty("date").GetString() == day);
        Assert.Equal((1.25m, "the same bank"), (listed.GetProperty("rate").GetDecimal(), listed.GetProperty("source").GetString()));
    }

    [Theory]
    [InlineData("USD", -1, 1.0)]
    [InlineData("XXX", -1, 1.0)]
    [InlineData("EUR", 2, 1.0)]
    [InlineData("EUR", -1, 0.0)]
    public async Task A_rate_that_cannot_be_one_is_refused(string currency, int days, double rate)
    {
        using var finance = await api.SignUpAsync("finance");
        var day = api.Now.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        (await finance.PutAsync($"/v1/exchange-rates/{currency}/{day}", new { rate, source = "a bank" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_day_that_is_none_is_refused()
    {
        using var finance = await api.SignUpAsync("finance");
        (await finance.PutAsync("/v1/exchange-rates/EUR/yesterday", new { rate = 1m, source = "a bank" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }
}
