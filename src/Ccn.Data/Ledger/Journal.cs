using System.Security.Cryptography;
using System.Text.Json;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;

namespace Ccn.Data.Ledger;

/// <summary>The answer to a posting.</summary>
/// <param name="Replayed">Whether the entry had been posted before; nothing was written then.</param>
public sealed record PostedEntry(Guid Id, bool Replayed);

/// <summary>Writes to the ledger. There is no other way to: rows cannot be changed or removed, and the database checks every entry again at commit.</summary>
public static class Journal
{
    /// <summary>
    /// Posts an entry once per idempotency key, in the context's transaction when it has one. A repeat with the same content
    /// gives the first entry.
    /// </summary>
    /// <exception cref="LedgerFailure">The entry is not balanced, or its key was used for another entry.</exception>
    /// <exception cref="PostgresException">Serialization or connection trouble; a repeat is safe.</exception>
    public static async Task<PostedEntry> PostAsync(CcnDbContext db, JournalDraft draft, CancellationToken cancel = default)
    {
        draft.AssertBalanced();
        var hash = HashOf(draft);
        await db.Database.OpenConnectionAsync(cancel);
        try
        {
            if (await InsertAsync(db, draft, hash, cancel) is { } id) { return new(id, Replayed: false); }

            // The unique key decided; under read committed this next statement sees the entry that won.
            var first = await db.JournalEntries.AsNoTracking().Where(e => e.IdempotencyKey == draft.IdempotencyKey)
                .Select(e => new { e.Id, e.RequestHash }).SingleAsync(cancel);
            return first.RequestHash.AsSpan().SequenceEqual(hash)
                ? new(first.Id, Replayed: true)
                : throw new LedgerFailure(FailureTypes.RequestDuplicate, $"The key '{draft.IdempotencyKey}' was used for another entry.");
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<Guid?> InsertAsync(CcnDbContext db, JournalDraft draft, byte[] hash, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            with entry as (
                insert into ledger.journal_entries (id, idempotency_key, request_hash, effective_at, posting_count)
                values ($1, $2, $3, $4, $5) on conflict (idempotency_key) do nothing returning id),
            lines as (
                insert into ledger.postings (entry_id, line, account, owner, direction, amount_minor, currency)
                select entry.id, p.line, p.account, p.owner, p.direction, p.amount_minor, p.currency
                from entry, unnest($6, $7, $8, $9, $10) with ordinality as p (account, owner, direction, amount_minor, currency, line))
            select id from entry
            """, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction?)db.Database.CurrentTransaction?.GetDbTransaction());
        command.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        command.Parameters.Add(new() { Value = draft.IdempotencyKey });
        command.Parameters.Add(new() { Value = hash });
        command.Parameters.Add(new() { Value = draft.EffectiveAt.ToUniversalTime() });
        command.Parameters.Add(new() { Value = draft.Postings.Count });
        Add(command, NpgsqlDbType.Integer, draft.Postings.Select(p => p.Account.Number));
        Add(command, NpgsqlDbType.Text, draft.Postings.Select(p => p.Owner));
        Add(command, NpgsqlDbType.Text, draft.Postings.Select(p => p.Direction.ToString()));
        Add(command, NpgsqlDbType.Bigint, draft.Postings.Select(p => p.Amount.MinorUnits));
        Add(command, NpgsqlDbType.Text, draft.Postings.Select(p => p.Amount.Currency));
        return (Guid?)await command.ExecuteScalarAsync(cancel);
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, IEnumerable<T> values) =>
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() });

    /// <summary>Everything the entry says, account names left out: those may be reworded.</summary>
    private static byte[] HashOf(JournalDraft draft) => SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(
        new { EffectiveAt = draft.EffectiveAt.ToUniversalTime(), Postings = draft.Postings.Select(p => new { p.Account.Number, p.Owner, p.Direction, p.Amount }) }, CcnJson.Options));
}
