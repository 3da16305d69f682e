using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Ledger;

/// <summary>One balanced, immutable set of postings. A mistake is corrected by another entry, never by an update.</summary>
public sealed class JournalEntry
{
    /// <summary>UUIDv7.</summary>
    public required Guid Id { get; init; }
    public required string IdempotencyKey { get; init; }

    /// <summary>SHA-256 of what the entry says: the same key with other content is refused.</summary>
    public required byte[] RequestHash { get; init; }

    /// <summary>Business time.</summary>
    public required DateTimeOffset EffectiveAt { get; init; }

    /// <summary>The database's own clock.</summary>
    public DateTimeOffset RecordedAt { get; private init; }

    /// <summary>Number of postings, checked at commit: none can be added to an entry later.</summary>
    public required int PostingCount { get; init; }

    public List<Posting> Postings { get; init; } = [];
}

internal sealed class JournalEntryConfiguration : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> entry)
    {
        entry.ToTable("journal_entries", "ledger").HasKey(e => e.Id);
        entry.Property(e => e.Id).ValueGeneratedNever();
        entry.HasIndex(e => e.IdempotencyKey).IsUnique();
        entry.HasIndex(e => e.EffectiveAt);
        entry.Property(e => e.RecordedAt).HasDefaultValueSql("now()");
        entry.HasMany(e => e.Postings).WithOne().HasForeignKey(p => p.EntryId).OnDelete(DeleteBehavior.Restrict);
    }
}
