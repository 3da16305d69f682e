using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Royalties;

/// <summary>A final statement, byte for byte as it was hashed. Rows are only added; each names the hash of the one before it.</summary>
public sealed class StatementDocument
{
    public required string StatementId { get; init; }
    public required string LicenceId { get; init; }
    public required int Period { get; init; }

    /// <summary>The canonical bytes.</summary>
    public required byte[] Content { get; init; }

    /// <summary>SHA-256 (lower-case hex) of <see cref="Content"/>; a constraint recomputes it.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Hash of the licence's statement before; null for the first.</summary>
    public string? PreviousSha256 { get; init; }
    public required DateTimeOffset FinalizedAt { get; init; }

    /// <summary>Start of the transaction that wrote it, by the database's clock: in that one the lines may be written too, in whatever order.</summary>
    public DateTimeOffset RecordedAt { get; private init; }
}

internal sealed class StatementDocumentConfiguration : IEntityTypeConfiguration<StatementDocument>
{
    public void Configure(EntityTypeBuilder<StatementDocument> document)
    {
        document.ToTable("statement_documents", t => t.HasCheckConstraint("ck_statement_documents_sha256", "sha256 = encode(sha256(content), 'hex')"));
        document.HasKey(d => d.StatementId);
        document.Property(d => d.RecordedAt).HasDefaultValueSql("now()");
        document.HasIndex(d => new { d.LicenceId, d.Period }).IsUnique();

        // A chain, not a tree: no two statements of a licence follow the same one, and there is one first.
        document.HasIndex(d => new { d.LicenceId, d.PreviousSha256 }).IsUnique().AreNullsDistinct(false);
    }
}
