using System.Net;
using System.Net.Http.Json;
using System.Text;
using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed class AccountTests(ApiFixture api)
{
    [Fact]
    public async Task An_account_tells_who_it_is_and_what_it_may_do()
    {
        using var creator = await api.SignUpAsync("creator");
        var me = (await creator.GetAsync("/v1/me")).Is(HttpStatusCode.OK);
        Assert.Equal(creator.Email, me.Text("email"));
        Assert.Equal(["creator", "member"], me.Json.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task An_e_mail_address_is_registered_once_in_whatever_case()
    {
        using var first = await api.SignUpAsync();
        var again = await PostAsync("/v1/accounts", Account(first.Email.ToUpperInvariant(), "another-handle-" + first.Id[^8..]));
        again.Refused(HttpStatusCode.BadRequest, "request.invalid");
        Assert.True(again.Json.GetProperty("errors").TryGetProperty("email", out _));
    }

    [Fact]
    public async Task Two_registrations_of_one_address_in_the_same_instant_make_one_account()
    {
        var email = $"twice-{Guid.NewGuid():N}@ccn.example";
        var answers = await Task.WhenAll(PostAsync("/v1/accounts", Account(email, "h" + Guid.NewGuid().ToString("N")[..20])), PostAsync("/v1/accounts", Account(email, "h" + Guid.NewGuid().ToString("N")[..20])));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created);
        Assert.Single(answers, answer => answer.Status is HttpStatusCode.BadRequest or HttpStatusCode.Conflict);
        await using var db = api.OpenDatabase();
        Assert.Equal(1, await db.Users.CountAsync(user => user.Email == email));
    }

    [Fact]
    public async Task A_handle_is_taken_once()
    {
        using var first = await api.SignUpAsync();
        var handle = (await first.GetAsync("/v1/me")).Text("handle");
        (await PostAsync("/v1/accounts", Account($"{Guid.NewGuid():N}@ccn.example", handle))).Refused(HttpStatusCode.Conflict, "account.handle_taken");
    }

    [Theory]
    [InlineData("no-address", "a-good-password", "some-handle", "creator")]
    [InlineData("a@ccn.example", "short", "some-handle-2", "creator")]
    [InlineData("b@ccn.example", "a-good-password", "Not A Handle", "creator")]
    [InlineData("c@ccn.example", "a-good-password", "some-handle-3", "admin")]
    [InlineData("d@ccn.example", null, "some-handle-4", "member")]
    [InlineData(null, "a-good-password", "some-handle-5", "member")]
    public async Task A_registration_that_lacks_something_is_refused(string? email, string? password, string handle, string role) =>
        (await PostAsync("/v1/accounts", new { email, password, displayName = "N", handle, role })).Refused(HttpStatusCode.BadRequest, "request.invalid");

    [Fact]
    public async Task A_cookie_signs_in_and_out()
    {
        using var person = await api.SignUpAsync();
        using var browser = new HttpClient { BaseAddress = api.Address };
        (await Answer.OfAsync(await browser.PostAsJsonAsync("/v1/sign-in", new { email = person.Email, password = person.Password, cookie = true }))).Is(HttpStatusCode.OK);
        Assert.Equal(person.Id, (await Answer.OfAsync(await browser.GetAsync("/v1/me"))).Is(HttpStatusCode.OK).Text("userId"));
        (await Answer.OfAsync(await browser.PostAsync("/v1/sign-out", null))).Is(HttpStatusCode.NoContent);
        (await Answer.OfAsync(await browser.GetAsync("/v1/me"))).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_refresh_token_gives_new_tokens_and_a_made_up_one_none()
    {
        using var person = await api.SignUpAsync();
        var tokens = (await PostAsync("/v1/sign-in", new { email = person.Email, password = person.Password })).Is(HttpStatusCode.OK);
        var renewed = (await PostAsync("/v1/sign-in/refresh", new { refreshToken = tokens.Text("refreshToken") })).Is(HttpStatusCode.OK);
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", renewed.Text("accessToken"));
        Assert.Equal(person.Id, (await Answer.OfAsync(await http.GetAsync("/v1/me"))).Is(HttpStatusCode.OK).Text("userId"));
        (await PostAsync("/v1/sign-in/refresh", new { refreshToken = "made-up" })).Refused(HttpStatusCode.Unauthorized, "account.refresh_token");
        (await PostAsync("/v1/sign-in/refresh", new { })).Refused(HttpStatusCode.Unauthorized, "account.refresh_token");
    }

    [Fact]
    public async Task Ten_wrong_passwords_lock_the_account_for_the_right_one_too()
    {
        using var person = await api.SignUpAsync();
        for (var attempt = 1; attempt < 10; attempt++) { (await SignInAsync(person.Email, "wrong-password")).Refused(HttpStatusCode.Unauthorized, "account.credentials"); }

        (await SignInAsync(person.Email, "wrong-password")).Refused(HttpStatusCode.TooManyRequests, "account.locked");
        (await SignInAsync(person.Email, person.Password)).Refused(HttpStatusCode.TooManyRequests, "account.locked");
    }

    [Fact]
    public async Task An_unknown_address_is_answered_like_a_wrong_password() =>
        (await SignInAsync("nobody@ccn.example", "whatever-it-is")).Refused(HttpStatusCode.Unauthorized, "account.credentials");

    [Fact]
    public async Task A_providers_token_is_kept_in_the_vault_and_shown_nowhere()
    {
        const string token = "Atzr|a-refresh-token-of-amazon";
        using var seller = await api.SignUpAsync("seller");
        (await seller.GetAsync("/v1/me/seller-account")).Refused(HttpStatusCode.NotFound, "not_found");
        var connected = (await seller.PutAsync("/v1/me/seller-account", new { amazonSellerId = "A" + seller.Id, amazonRefreshToken = token, marketplace = "ATVPDKIKX0DER", stripePaymentMethod = "pm_card_visa" })).Is(HttpStatusCode.OK);
        var shown = (await seller.GetAsync("/v1/me/seller-account")).Is(HttpStatusCode.OK);
        Assert.DoesNotContain("refresh-token", connected.Body + shown.Body, StringComparison.Ordinal);

        await using var db = api.OpenDatabase();
        var reference = await db.SellerAccounts.Where(account => account.SellerId == seller.Id).Select(account => account.RefreshTokenReference).SingleAsync();
        var kept = await db.Vault.SingleAsync(entry => entry.Reference == reference);
        Assert.DoesNotContain("refresh-token", Encoding.UTF8.GetString(kept.Ciphertext), StringComparison.Ordinal);
        Assert.Equal(token, await api.Services.GetRequiredService<TokenVault>().ReadAsync(reference!));
    }

    [Fact]
    public async Task An_amazon_account_belongs_to_one_seller()
    {
        using var first = await api.SignUpAsync("seller");
        using var second = await api.SignUpAsync("seller");
        var body = new { amazonSellerId = "A-shared-" + first.Id, amazonRefreshToken = "t", marketplace = "ATVPDKIKX0DER", stripePaymentMethod = "pm" };
        (await first.PutAsync("/v1/me/seller-account", body)).Is(HttpStatusCode.OK);
        (await second.PutAsync("/v1/me/seller-account", body)).Refused(HttpStatusCode.Conflict, "seller_account.taken");
        (await first.PutAsync("/v1/me/seller-account", body)).Is(HttpStatusCode.OK);
    }

    private static object Account(string email, string handle) => new { email, password = "a-good-password", displayName = "N", handle, role = "creator" };

    private Task<Answer> SignInAsync(string email, string password) => PostAsync("/v1/sign-in", new { email, password });

    private async Task<Answer> PostAsync(string path, object body)
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        return await Answer.OfAsync(await http.PostAsJsonAsync(path, body));
    }
}
