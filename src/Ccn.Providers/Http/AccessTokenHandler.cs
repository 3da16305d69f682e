namespace Ccn.Providers.Http;

/// <summary>How one provider's tokens are got and attached. One singleton per provider, because handlers come and go.</summary>
internal interface ITokenSource
{
    /// <summary>Whose token this request needs.</summary>
    string AccountOf(HttpRequestMessage request);

    Task<string> GetAsync(string account, CancellationToken cancel);

    void Attach(HttpRequestMessage request, string token);

    /// <summary>True when the answer says that the token is no longer good, which can happen before its time (revoked, key rotated).</summary>
    ValueTask<bool> IsRefusedAsync(HttpResponseMessage response);

    void Invalidate(string account, string token);
}

/// <summary>
/// Attaches the account's token. A refused token is replaced once and the request sent again: the provider refused before it did
/// anything, so this is safe for writes too.
/// </summary>
internal sealed class AccessTokenHandler(ITokenSource tokens) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var account = tokens.AccountOf(request);
        var token = await tokens.GetAsync(account, cancellationToken);
        tokens.Attach(request, token);
        var response = await base.SendAsync(request, cancellationToken);
        if (!await tokens.IsRefusedAsync(response)) { return response; }

        response.Dispose();
        tokens.Invalidate(account, token);
        var fresh = await tokens.GetAsync(account, cancellationToken);
        tokens.Attach(request, fresh);
        return await base.SendAsync(request, cancellationToken);
    }
}
