using Ccn.Providers.Http;
using Microsoft.Extensions.Time.Testing;

namespace Ccn.Providers.Tests.Http;

public sealed class AccessTokenCacheTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider time = new();
    private int minted;

    [Fact]
    public async Task Callers_at_the_same_time_share_one_request()
    {
        var cache = new AccessTokenCache(time);
        var release = new TaskCompletionSource();
        var callers = Enumerable.Range(0, 50).Select(_ => cache.GetAsync("a", async _ => { await release.Task; return Next(); }, TestContext.Current.CancellationToken)).ToList();
        release.SetResult();
        Assert.Equal(["token-1"], (await Task.WhenAll(callers)).Distinct());
        Assert.Equal(1, minted);
    }

    [Fact]
    public async Task Each_account_has_its_own_token()
    {
        var cache = new AccessTokenCache(time);
        Assert.Equal("token-1", await GetAsync(cache, "a"));
        Assert.Equal("token-2", await GetAsync(cache, "b"));
        Assert.Equal("token-1", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task A_token_of_an_hour_is_renewed_after_55_minutes()
    {
        var cache = new AccessTokenCache(time);
        await GetAsync(cache, "a");
        time.Advance(TimeSpan.FromMinutes(55) - TimeSpan.FromTicks(1));
        Assert.Equal("token-1", await GetAsync(cache, "a"));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("token-2", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task A_failed_request_is_not_remembered()
    {
        var cache = new AccessTokenCache(time);
        await Assert.ThrowsAsync<ProviderException>(() => cache.GetAsync("a", _ => throw Failure(ProviderFailure.Rejected), TestContext.Current.CancellationToken));
        Assert.Equal("token-1", await GetAsync(cache, "a"));
    }

    [Fact]
    public async Task The_old_token_serves_until_its_end_while_the_endpoint_is_down()
    {
        var cache = new AccessTokenCache(time);
        await GetAsync(cache, "a");
        time.Advance(TimeSpan.FromMinutes(56));
        Assert.Equal("token-1", await cache.GetAsync("a", _ => throw Failure(ProviderFailure.Unavailable), TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromMinutes(4));
        await Assert.ThrowsAsync<ProviderException>(() => cache.GetAsync("a", _ => throw Failure(ProviderFailure.Unavailable), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_caller_that_gives_up_does_not_take_the_token_from_the_others()
    {
        var cache = new AccessTokenCache(time);
        var release = new TaskCompletionSource();
        using var impatient = new CancellationTokenSource();
        var first = cache.GetAsync("a", async _ => { await release.Task; return Next(); }, impatient.Token);
        var second = GetAsync(cache, "a");
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        release.SetResult();
        Assert.Equal("token-1", await second);
    }

    [Fact]
    public async Task Only_the_refused_token_is_forgotten()
    {
        var cache = new AccessTokenCache(time);
        await GetAsync(cache, "a");
        cache.Invalidate("a", "an older one");
        Assert.Equal("token-1", await GetAsync(cache, "a"));
        cache.Invalidate("a", "token-1");
        Assert.Equal("token-2", await GetAsync(cache, "a"));
    }

    private static ProviderException Failure(ProviderFailure kind) => new("x", kind, "c", "m");

    private Task<string> GetAsync(AccessTokenCache cache, string account) =>
        cache.GetAsync(account, _ => Task.FromResult(Next()), TestContext.Current.CancellationToken);

    private IssuedToken Next() => new($"token-{Interlocked.Increment(ref minted)}", Hour);
}
