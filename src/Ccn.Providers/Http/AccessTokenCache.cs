using System.Collections.Concurrent;

namespace Ccn.Providers.Http;

/// <summary>A token as the provider issued it.</summary>
internal sealed record IssuedToken(string Value, TimeSpan Lifetime)
{
    public override string ToString() => $"token for {Lifetime}";   // never the value: records end up in logs
}

/// <summary>
/// Keeps one access token per account and renews it shortly before it ends. Callers that come at the same time wait for one request:
/// token endpoints have limits of their own, and some providers end older tokens when a new one is made.
/// </summary>
internal sealed class AccessTokenCache(TimeProvider time)
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Slot> slots = new(StringComparer.Ordinal);

    /// <summary>A token that is good for a while, minted by <paramref name="mint"/> when there is none.</summary>
    /// <remarks>The request for a token belongs to nobody: a caller that gives up does not take it from the others.</remarks>
    public Task<string> GetAsync(string account, Func<CancellationToken, Task<IssuedToken>> mint, CancellationToken cancel)
    {
        var slot = slots.GetOrAdd(account, static _ => new Slot());
        lock (slot)
        {
            if (slot.Token is { } token && time.GetUtcNow() < token.RenewAt) { return Task.FromResult(token.Value); }
            slot.Minting ??= Task.Run(() => MintAsync(slot, mint), CancellationToken.None);
            return slot.Minting.WaitAsync(cancel);
        }
    }

    /// <summary>Forgets a token that the provider refused, unless a newer one has taken its place already.</summary>
    public void Invalidate(string account, string refused)
    {
        if (!slots.TryGetValue(account, out var slot)) { return; }
        lock (slot)
        {
            if (string.Equals(slot.Token?.Value, refused, StringComparison.Ordinal)) { slot.Token = null; }
        }
    }

    private async Task<string> MintAsync(Slot slot, Func<CancellationToken, Task<IssuedToken>> mint)
    {
        try
        {
            var issued = await mint(CancellationToken.None);
            var margin = TimeSpan.FromTicks(Math.Min(LongestMargin.Ticks, issued.Lifetime.Ticks / 4));
            var now = time.GetUtcNow();
            lock (slot)
            {
                slot.Token = new(issued.Value, now + issued.Lifetime - margin, now + issued.Lifetime);
                slot.Minting = null;
            }

            return issued.Value;
        }
        catch (Exception e)
        {
            lock (slot)
            {
                slot.Minting = null;
                var mayUseOld = e is ProviderException { Kind: ProviderFailure.Unavailable };   // renewal starts early for this case
                if (mayUseOld && slot.Token is { } old && time.GetUtcNow() < old.ExpiresAt) { return old.Value; }
            }

            throw;
        }
    }

    private sealed class Slot
    {
        public CachedToken? Token { get; set; }

        public Task<string>? Minting { get; set; }
    }

    private sealed record CachedToken(string Value, DateTimeOffset RenewAt, DateTimeOffset ExpiresAt);
}
