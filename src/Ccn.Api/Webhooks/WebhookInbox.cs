using System.Security.Cryptography;
using Ccn.Data;
using Ccn.Data.Notifications;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Webhooks;

/// <summary>Remembers each verified message, so that a repeat is seen. A message is marked delivered only after its signal: a crash between the two delivers again, and the workflow drops it by its id.</summary>
public sealed class WebhookInbox(IDbContextFactory<CcnDbContext> databases, TimeProvider clock)
{
    /// <summary>Records the message and delivers it unless that was done before.</summary>
    /// <param name="deliver">Signals the workflow and returns its id; null when the message concerns none.</param>
    public async Task ReceiveAsync(string provider, string messageId, ReadOnlyMemory<byte> body, Func<Task<string?>> deliver, CancellationToken cancel)
    {
        await using var db = await databases.CreateDbContextAsync(cancel);
        var message = await db.WebhookInbox.SingleOrDefaultAsync(row => row.Provider == provider && row.MessageId == messageId, cancel);
        if (message?.DeliveredAt is not null) { return; }

        if (message is null)
        {
            message = new InboxMessage { Provider = provider, MessageId = messageId, ReceivedAt = clock.GetUtcNow(), BodyHash = SHA256.HashData(body.Span) };
            db.WebhookInbox.Add(message);
            try { await db.SaveChangesAsync(cancel); }
            catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
            {
                return;   // the same message arrives twice in one instant: the other request delivers it
            }
        }

        message.WorkflowId = await deliver();
        message.DeliveredAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
    }
}
