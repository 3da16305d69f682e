using System.Net;
using Ccn.Domain;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class ProblemTests(ApiFixture api)
{
    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"title":1}""")]
    public async Task A_body_that_is_not_the_right_json_is_refused_with_a_code(string json)
    {
        using var creator = await api.SignUpAsync("creator");
        (await creator.SendJsonAsync(HttpMethod.Put, $"/v1/designs/{Ids.New(Ids.Design, api.Now)}", json)).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_refused_with_a_code()
    {
        using var creator = await api.SignUpAsync("creator");
        (await creator.SendAsync(HttpMethod.Put, $"/v1/designs/{Ids.New(Ids.Design, api.Now)}", new StringContent("title=x"))).Refused(HttpStatusCode.UnsupportedMediaType, "media_type.unsupported");
    }

    [Theory]
    [InlineData("1999.5")]
    [InlineData("19.99")]
    [InlineData("1999.0")]
    [InlineData("1.999e3")]
    [InlineData("1999e0")]
    [InlineData("\"1999\"")]
    [InlineData("9223372036854775808")]
    [InlineData("null")]
    public async Task An_amount_is_a_whole_number_of_minor_units_or_nothing(string minorUnits)
    {
        using var seller = await api.SignUpAsync("seller");
        var json = $$"""{"mode":"Percent","rateBasisPoints":1000,"perUnit":null,"plannedPrice":{"minorUnits":{{minorUnits}},"currency":"USD"},"plannedUnits":500,"exclusive":true,"termMonths":24,"note":null}""";
        (await seller.SendJsonAsync(HttpMethod.Put, $"/v1/designs/{Ids.New(Ids.Design, api.Now)}/bids/{Ids.New(Ids.Bid, api.Now)}", json)).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory]
    [InlineData("""{"minorUnits":1999}""")]
    [InlineData("""{"minorUnits":1999,"currency":"usd"}""")]
    [InlineData("""{"minorUnits":1999,"currency":"XXX"}""")]
    [InlineData("""{"minorUnits":0,"currency":"USD"}""")]
    [InlineData("""{"minorUnits":-1,"currency":"USD"}""")]
    public async Task An_amount_is_more_than_zero_in_a_known_currency(string price)
    {
        using var seller = await api.SignUpAsync("seller");
        var json = $$"""{"mode":"Percent","rateBasisPoints":1000,"plannedPrice":{{price}},"plannedUnits":500,"exclusive":true,"termMonths":24}""";
        var answer = await seller.SendJsonAsync(HttpMethod.Put, $"/v1/designs/{Ids.New(Ids.Design, api.Now)}/bids/{Ids.New(Ids.Bid, api.Now)}", json);
        answer.Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty("plannedPrice", out _));
    }

    [Fact]
    public async Task A_command_without_an_idempotency_key_is_refused()
    {
        using var finance = await api.SignUpAsync("finance");
        var path = $"/v1/payees/{finance.Id}/hold";
        (await finance.SendAsync(HttpMethod.Post, path, new { reason = "r" })).Refused(HttpStatusCode.BadRequest, "idempotency_key.missing");
        (await finance.SendAsync(HttpMethod.Post, path, new { reason = "r" }, new string('k', 129))).Refused(HttpStatusCode.BadRequest, "idempotency_key.too_long");
    }

    [Theory]
    [InlineData("dsg_1")]
    [InlineData("x")]
    [InlineData("bid_01920000000070008000000000000000")]
    [InlineData("dsg_0192000000007000800000000000000g")]
    public async Task An_id_of_another_form_is_refused(string designId)
    {
        using var creator = await api.SignUpAsync("creator");
        (await creator.PutAsync($"/v1/designs/{designId}", new { title = "t" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task An_unknown_template_is_refused_by_name()
    {
        using var creator = await api.SignUpAsync("creator");
        var body = new { title = "t", description = "d", category = "c", fileKey = "f", fileName = "f.png", termsVersion = Designs.DesignCommands.CurrentTerms, templateId = "no-such-template" };
        (await creator.PutAsync($"/v1/designs/{Ids.New(Ids.Design, api.Now)}", body)).Refused(HttpStatusCode.BadRequest, "template.unknown");
    }

    [Fact]
    public async Task A_refusal_keeps_its_status_for_who_takes_no_json()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Accept.Add(new("image/webp"));
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/v1/media/dsg_none/320")).StatusCode);
    }

    [Theory]
    [InlineData("?limit=0", "request.invalid")]
    [InlineData("?limit=101", "request.invalid")]
    [InlineData("?limit=ten", "request.invalid")]
    [InlineData("?stage=Nowhere", "request.invalid")]
    [InlineData("?cursor=made-up", "cursor.invalid")]
    public async Task A_list_is_asked_in_its_own_terms(string query, string code)
    {
        using var member = await api.SignUpAsync();
        (await member.GetAsync("/v1/designs" + query)).Refused(HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task A_workflow_that_is_not_there_answers_not_found()
    {
        using var finance = await api.SignUpAsync("finance");
        (await finance.PostAsync("/v1/payees/usr_none/hold", new { reason = "r" })).Refused(HttpStatusCode.NotFound, "not_found");
        (await finance.GetAsync("/v1/payees/usr_none/status")).Refused(HttpStatusCode.NotFound, "not_found");
    }
}
