using System.Net;
using System.Security.Cryptography;

namespace Ccn.Api.Tests;

public sealed class NoticeTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string Point = Encode(RandomNumberGenerator.GetBytes(65)), Secret = Encode(RandomNumberGenerator.GetBytes(16));

    [Fact]
    public async Task Who_never_chose_gets_what_is_important_and_a_choice_stays()
    {
        using var member = await api.SignUpAsync();
        var first = (await member.GetAsync("/v1/me/notice-settings")).Is(HttpStatusCode.OK);
        Assert.Equal(("Important", "Important", "0"), (first.Text("email"), first.Text("push"), first.Text("browsers")));
        (await member.PutAsync("/v1/me/notice-settings", new { email = "None", push = "All" })).Is(HttpStatusCode.NoContent);
        var then = (await member.GetAsync("/v1/me/notice-settings")).Is(HttpStatusCode.OK);
        Assert.Equal(("None", "All"), (then.Text("email"), then.Text("push")));
        (await member.PutAsync("/v1/me/notice-settings", new { email = "Sometimes", push = "All" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_browser_is_subscribed_once_and_only_its_owner_ends_that()
    {
        using var member = await api.SignUpAsync();
        using var other = await api.SignUpAsync();
        const string endpoint = "https://fcm.googleapis.com/fcm/send/abc";
        for (var time = 0; time < 2; time++) { (await member.PutAsync("/v1/me/push-subscription", new { endpoint, p256dh = Point, auth = Secret })).Is(HttpStatusCode.NoContent); }

        (await other.DeleteAsync($"/v1/me/push-subscription?endpoint={Uri.EscapeDataString(endpoint)}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("1", (await member.GetAsync("/v1/me/notice-settings")).Text("browsers"));
        (await member.DeleteAsync($"/v1/me/push-subscription?endpoint={Uri.EscapeDataString(endpoint)}")).Is(HttpStatusCode.NoContent);
        Assert.Equal("0", (await member.GetAsync("/v1/me/notice-settings")).Text("browsers"));
    }

    [Theory]
    [InlineData("https://intranet.example/admin")]
    [InlineData("http://fcm.googleapis.com/fcm/send/abc")]
    [InlineData("https://fcm.googleapis.com.evil.example/")]
    [InlineData("https://fcm.googleapis.com:8443/")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("https://evilpush.services.mozilla.com.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    public async Task The_site_sends_to_known_push_services_alone(string? endpoint)
    {
        using var member = await api.SignUpAsync();
        (await member.PutAsync("/v1/me/push-subscription", new { endpoint, p256dh = Point, auth = Secret })).Refused(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Keys_that_are_no_keys_are_refused()
    {
        using var member = await api.SignUpAsync();
        const string endpoint = "https://updates.push.services.mozilla.com/wpush/v2/abc";
        (await member.PutAsync("/v1/me/push-subscription", new { endpoint, p256dh = "short", auth = Secret })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await member.PutAsync("/v1/me/push-subscription", new { endpoint, p256dh = Point, auth = "not base64!" })).Refused(HttpStatusCode.BadRequest, "request.invalid");
        (await member.PutAsync("/v1/me/push-subscription", new { endpoint, p256dh = Point, auth = Secret })).Is(HttpStatusCode.NoContent);
    }

    private static string Encode(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
