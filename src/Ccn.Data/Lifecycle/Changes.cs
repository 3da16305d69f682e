using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data.Lifecycle;

/// <summary>Tells whoever listens that a thing has changed, when the transaction commits and only then. What it is like now is read from the projections.</summary>
public static class Changes
{
    /// <summary>PostgreSQL channel. A payload is the id of the thing: a design, a contest, a payout, a user.</summary>
    public const string Channel = "ccn_changed";

    /// <summary>Announces ids in the context's transaction.</summary>
    public static Task AnnounceAsync(CcnDbContext db, IEnumerable<string> ids, CancellationToken cancel)
    {
        var changed = ids.Distinct(StringComparer.Ordinal).ToArray();
        return changed.Length == 0 ? Task.CompletedTask : db.Database.ExecuteSqlAsync($"select pg_notify({Channel}, id) from unnest({changed}) as id", cancel);
    }

    /// <summary>Calls back with each id that changes, from the moment it listens, until cancelled.</summary>
    public static async Task ListenAsync(NpgsqlDataSource source, Action<string> changed, CancellationToken cancel)
    {
        await using var connection = await source.OpenConnectionAsync(cancel);
        connection.Notification += (_, notice) => changed(notice.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection)) { await listen.ExecuteNonQueryAsync(cancel); }

        while (true) { await connection.WaitAsync(cancel); }
    }
}
