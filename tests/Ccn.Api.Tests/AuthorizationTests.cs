using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

[Collection(ApiCollection.Name)]
public sealed partial class AuthorizationTests(ApiFixture api)
{
    private const string Anonymous = "anonymous", SignedIn = "signed in", None = "NO RULE";

    [Fact]
    public void Every_endpoint_has_the_rule_of_the_committed_table() =>
        Approval.Verify("endpoints", Rules().Select(rule => $"{rule.Method} {rule.Path} : {rule.Who}").Order(StringComparer.Ordinal));

    [Fact]
    public void No_endpoint_relies_on_the_fallback_rule() => Assert.DoesNotContain(Rules(), rule => rule.Who == None);

    [Fact]
    public async Task Nobody_passes_a_guarded_endpoint_without_signing_in()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        var guarded = Rules().Where(rule => rule.Who != Anonymous).ToList();
        Assert.NotEmpty(guarded);
        foreach (var rule in guarded)
        {
            using var request = new HttpRequestMessage(new(rule.Method), Example(rule.Path));
            (await Answer.OfAsync(await http.SendAsync(request))).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
        }
    }

    [Theory]
    [InlineData("creator")]
    [InlineData("seller")]
    [InlineData("member")]
    public async Task A_role_passes_no_endpoint_of_another_role(string role)
    {
        using var person = await api.SignUpAsync(role);
        var foreign = Rules().Where(rule => rule.Who is not (Anonymous or SignedIn) && rule.Who != role).ToList();
        Assert.NotEmpty(foreign);
        foreach (var rule in foreign) { (await person.SendAsync(new(rule.Method), Example(rule.Path), key: "k")).Refused(HttpStatusCode.Forbidden, "forbidden"); }
    }

    [Fact]
    public async Task A_token_that_nobody_gave_is_not_taken()
    {
        using var http = new HttpClient { BaseAddress = api.Address };
        http.DefaultRequestHeaders.Authorization = new("Bearer", "made-up");
        (await Answer.OfAsync(await http.GetAsync("/v1/me"))).Refused(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    private IEnumerable<(string Method, string Path, string Who)> Rules() =>
        from endpoint in api.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), Who(endpoint));

    private static string Who(RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null) { return Anonymous; }

        var rules = endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>();
        var policies = rules.Select(rule => rule.Policy).OfType<string>().ToList();
        return rules.Count == 0 ? None : policies.Count == 0 ? SignedIn : string.Join('+', policies);
    }

    private static string Example(string path) => Parameter().Replace(path, match => match.Value.Contains(":int", StringComparison.Ordinal) ? "1" : "x");

    [GeneratedRegex(@"\{[^}]+\}", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Parameter();
}
