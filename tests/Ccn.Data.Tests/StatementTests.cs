using System.Security.Cryptography;
using System.Text;
using Ccn.Data.Royalties;
using Ccn.Domain.Royalties;
using Ccn.Testing;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Data.Tests;

public sealed class StatementTests(CcnDatabase database) : IClassFixture<CcnDatabase>
{
    [Fact]
    public async Task Lines_of_a_draft_change_and_lines_of_a_final_statement_do_not()
    {
        await using var db = database.Open();
        db.StatementLines.Add(Line("stm_1", 1, 100));
        await db.SaveChangesAsync();
        Assert.Equal(1, await db.StatementLines.Where(l => l.StatementId == "stm_1").ExecuteDeleteAsync());
        db.ChangeTracker.Clear();
        db.StatementLines.Add(Line("stm_1", 1, 200));
        db.StatementDocuments.Add(Document("stm_1", 1, previous: null));
        await db.SaveChangesAsync();

        var removed = await Assert.ThrowsAsync<PostgresException>(() => db.StatementLines.Where(l => l.StatementId == "stm_1").ExecuteDeleteAsync());
        Assert.Equal(DatabaseRules.AppendOnly, removed.SqlState);
        db.ChangeTracker.Clear();
        db.StatementLines.Add(Line("stm_1", 2, 300));
        var added = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.Equal(DatabaseRules.AppendOnly, Assert.IsType<PostgresException>(added.InnerException).SqlState);
    }

    [Fact]
    public async Task Documents_form_one_chain_for_each_licence()
    {
        await using var db = database.Open();
        var first = Document("stm_c1", 1, previous: null, "lic_c");
        db.StatementDocuments.Add(first);
        await db.SaveChangesAsync();
        db.StatementDocuments.Add(Document("stm_c2", 2, first.Sha256, "lic_c"));
        await db.SaveChangesAsync();

        foreach (var fork in new[] { Document("stm_c3", 3, first.Sha256, "lic_c"), Document("stm_c4", 4, previous: null, "lic_c") })
        {
            db.ChangeTracker.Clear();
            db.StatementDocuments.Add(fork);
            var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
            Assert.Equal(PostgresErrorCodes.UniqueViolation, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
        }
    }

    [Fact]
    public async Task A_document_with_a_wrong_hash_is_refused()
    {
        await using var db = database.Open();
        db.StatementDocuments.Add(new()
        {
            StatementId = "stm_w", LicenceId = "lic_w", Period = 1, Content = [1, 2, 3], Sha256 = new('0', 64), FinalizedAt = DateTimeOffset.UnixEpoch,
        });
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
        Assert.Equal(PostgresErrorCodes.CheckViolation, Assert.IsType<PostgresException>(refused.InnerException).SqlState);
    }

    private static StatementLineRow Line(string statementId, int line, long amount) => new()
    {
        StatementId = statementId, Line = line, Kind = StatementLineKind.Sale, Units = 1, BaseMinor = amount * 10, AmountMinor = amount, Currency = "USD", Formula = "x", TermsVersion = 1,
    };

    private static StatementDocument Document(string id, int period, string? previous, string licenceId = "lic_1")
    {
        var content = Encoding.UTF8.GetBytes(id);
        return new()
        {
            StatementId = id, LicenceId = licenceId, Period = period, Content = content, PreviousSha256 = previous, FinalizedAt = DateTimeOffset.UnixEpoch,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
        };
    }
}
