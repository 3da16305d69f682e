namespace Ccn.Sandbox.Core;

/// <summary>
/// Maps the routes of one provider through one pipeline: read the request, let faults interfere, run the handler under the state's lock,
/// store the state, then answer. So an answered call is always a stored one, and every operation can be made to fail in every way.
/// </summary>
internal sealed class ProviderRoutes(IEndpointRouteBuilder app, Provider provider, SandboxOptions options, SandboxStore store, Scheduler scheduler, WebhookSender sender)
{
    private const int MaxBody = 64 * 1024 * 1024;

    /// <param name="pattern">Path below the provider's name.</param>
    /// <param name="operation">The provider's operation id, for faults.</param>
    /// <param name="handler">What happens.</param>
    /// <param name="open">Whether anybody may call it.</param>
    /// <param name="changes">Whether it changes the state although it is a GET; others leave the snapshot file alone.</param>
    public void Get(string pattern, string operation, Func<Call, Answer> handler, bool open = false, bool changes = false) =>
        Map("GET", pattern, operation, handler, open, changes);

    public void Post(string pattern, string operation, Func<Call, Answer> handler, bool open = false) => Map("POST", pattern, operation, handler, open, changes: true);

    public void Put(string pattern, string operation, Func<Call, Answer> handler) => Map("PUT", pattern, operation, handler, open: false, changes: true);

    public void Patch(string pattern, string operation, Func<Call, Answer> handler) => Map("PATCH", pattern, operation, handler, open: false, changes: true);

    public void Delete(string pattern, string operation, Func<Call, Answer> handler) => Map("DELETE", pattern, operation, handler, open: false, changes: true);

    private void Map(string method, string pattern, string operation, Func<Call, Answer> handler, bool open, bool changes) =>
        app.MapMethods("/" + provider.Name + pattern, [method], http => HandleAsync(http, operation, handler, open, changes));

    private async Task HandleAsync(HttpContext http, string operation, Func<Call, Answer> handler, bool open, bool changes)
    {
        var body = await ReadAsync(http);
        var slow = store.Read(state => Fault.Take(state, provider.Name, [operation], Fault.Slow));
        if (slow is not null) { await Task.Delay(slow.Delay, options.Clock, http.RequestAborted); }

        var now = options.Clock.GetUtcNow();
        (Answer, Fault?) Work(SandboxState state) => Run(new Call(state, now, sender.BaseUrl, http, body, operation), handler, open);
        var (answer, after) = changes ? store.Change(Work) : store.Read(Work);
        if (changes)
        {
            scheduler.Wake();
            await store.PersistAsync();
        }

        if (answer.Status == 0)   // asked for: the connection breaks before anything happened
        {
            http.Abort();
            return;
        }

        if (after?.Kind == Fault.TimeoutAfterEffect)
        {
            if (after.DelaySeconds is not null) { await Task.Delay(after.Delay, options.Clock, http.RequestAborted); }
            http.Abort();
            return;
        }

        await WriteAsync(http, after?.Kind == Fault.Garbage ? Answer.Html(200, "<html><head><title>Gateway</title></head><body>upstream answered late") : answer);
    }

    private (Answer Answer, Fault? After) Run(Call call, Func<Call, Answer> handler, bool open)
    {
        var refused = Fault.Take(call.State, provider.Name, [call.Operation], Fault.Error)
            ?? (provider.HasRealRateLimits && call.State.Faults.Exists(f => f.Provider == provider.Name && f.Kind == Fault.RateLimit && f.Left is null)
                ? null
                : Fault.Take(call.State, provider.Name, [call.Operation], Fault.RateLimit));
        if (refused is { Kind: Fault.Error, Status: 0 }) { return (Answer.Empty(0), null); }
        if (refused is not null)
        {
            var answer = provider.ErrorFor(refused.Status ?? (refused.Kind == Fault.RateLimit ? 429 : 503), call);
            if (refused.RetryAfter is not null) { answer.With("Retry-After", refused.RetryAfter); }
            provider.Decorate(call, answer);
            return (answer, null);
        }

        var after = Fault.Take(call.State, provider.Name, [call.Operation], Fault.TimeoutAfterEffect, Fault.Garbage);
        Answer result;
        try
        {
            if (!open) { provider.Authorize(call); }
            result = provider.Invoke(call, handler);
        }
        catch (Refusal refusal) { result = refusal.Answer; }
        provider.Decorate(call, result);
        return (result, after);
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, http.RequestAborted)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBody) { throw new BadHttpRequestException("The body is larger than 64 MiB.", StatusCodes.Status413PayloadTooLarge); }
        }

        return buffer.ToArray();
    }

    private static async Task WriteAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers) { http.Response.Headers[name] = value; }
        if (answer.ContentType is not null) { http.Response.ContentType = answer.ContentType; }
        if (answer.Body.Length == 0) { return; }
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }
}
