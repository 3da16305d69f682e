using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;

using Microsoft.EntityFrameworkCore;
using Answer = Ccn.Data.Lifecycle.IdempotencyKey;

namespace Ccn.Api.Requests;

/// <summary>
/// Gives a repeat the first answer whenever it comes: when the workflow has ended, goes on as another run, or is forgotten by the server,
/// and whatever has changed since. A refusal is not kept, so the same key may be used for the corrected request. Between the command's effect and
/// the row, the update id does the same for as long as the run lasts.
/// </summary>
internal sealed class FirstAnswers(RequestDelegate next)
{
    /// <summary>Header of an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    public async Task InvokeAsync(HttpContext http, CcnDbContext db, CurrentUser user, TimeProvider clock)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<AnswersOnce>() is not { } rule)
        {
            await next(http);
            return;
        }

        var form = rule.By is RepeatedBy.Form ? await KeyedForm.ReadAsync(http) : null;
        if (rule.By is RepeatedBy.Form && form is null)
        {
            await next(http);
            return;
        }

        var hash = form?.Hash ?? await RequestHash.OfAsync(http.Request, http.RequestAborted);
        var (owner, key) = (user.IsSignedIn ? user.Id : "", form?.Key ?? KeyOf(rule, http.Request, hash));
        var first = await FindAsync(db, owner, key, http.RequestAborted) ?? await AnswerAsync(http, db, new() { UserId = owner, Key = key, RequestHash = hash, CreatedAt = clock.GetUtcNow() });
        if (first is null) { return; }

        if (!first.RequestHash.AsSpan().SequenceEqual(hash)) { throw new ProblemException(ProblemCode.RequestDuplicate, "The same id or key was used for another request."); }

        http.Response.Headers[Replayed] = "true";
        await WriteAsync(http.Response, first);
    }

    private static string KeyOf(AnswersOnce rule, HttpRequest request, byte[] hash) => $"{request.Method} " + rule.By switch
    {
        RepeatedBy.Key => IdempotencyKey.Require(request.Headers[IdempotencyKey.Header]),
        RepeatedBy.Address => request.Path.Value,
        _ => Convert.ToHexStringLower(hash),
    };

    /// <summary>Runs the command and keeps its answer. Another request's answer when that one was first after all.</summary>
    private async Task<Answer?> AnswerAsync(HttpContext http, CcnDbContext db, Answer answer)
    {
        var response = http.Response;
        var wire = response.Body;
        using var buffer = new MemoryStream();
        response.Body = buffer;
        try { await next(http); }
        finally { response.Body = wire; }

        // A form that was taken leads on; one that was refused is shown again.
        if (http.GetEndpoint()!.Metadata.GetMetadata<AnswersOnce>()!.By is RepeatedBy.Form ? response.StatusCode is StatusCodes.Status302Found : response.StatusCode is >= 200 and < 300)
        {
            (answer.CompletedAt, answer.StatusCode, answer.ContentType, answer.Location, answer.Body) = (answer.CreatedAt, response.StatusCode, response.ContentType, response.Headers.Location, buffer.ToArray());

            // The command has taken effect: its answer is kept even when nobody waits for it any more.
            if (!await KeepAsync(db, answer))
            {
                response.Clear();
                return await FindAsync(db, answer.UserId, answer.Key, CancellationToken.None);
            }
        }

        // A status like 204 has no body and allows none, not even an empty one.
        if (buffer.Length > 0) { await wire.WriteAsync(buffer.ToArray(), http.RequestAborted); }

        return null;
    }

    private static Task<Answer?> FindAsync(CcnDbContext db, string owner, string key, CancellationToken cancel) =>
        db.IdempotencyKeys.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == owner && row.Key == key, cancel);

    private static async Task<bool> KeepAsync(CcnDbContext db, Answer answer) => await db.Database.ExecuteSqlAsync($"""
        insert into idempotency_keys (user_id, key, request_hash, created_at, completed_at, status_code, content_type, body, location)
        values ({answer.UserId}, {answer.Key}, {answer.RequestHash}, {answer.CreatedAt}, {answer.CompletedAt}, {answer.StatusCode}, {answer.ContentType}, {answer.Body}, {answer.Location})
        on conflict (user_id, key) do nothing
        """, CancellationToken.None) == 1;

    private static async Task WriteAsync(HttpResponse response, Answer answer)
    {
        (response.StatusCode, response.ContentType) = (answer.StatusCode!.Value, answer.ContentType);
        if (answer.Location is not null) { response.Headers.Location = answer.Location; }

        if (answer.Body is { Length: > 0 } body) { await response.Body.WriteAsync(body); }
    }
}
