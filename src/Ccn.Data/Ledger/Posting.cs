using Ccn.Domain;
using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Ledger;

/// <summary>One line of a journal entry.</summary>
public sealed class Posting
{
    public required Guid EntryId { get; init; }

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>Number in the chart.</summary>
    public required int Account { get; init; }

    /// <summary>Whose sub-account it is; null for CCN's own accounts.</summary>
    public string? Owner { get; init; }
    public required Direction Direction { get; init; }

    /// <summary>Positive.</summary>
    public required long AmountMinor { get; init; }
    public required string Currency { get; init; }

    public Money Amount => new(AmountMinor, Currency);
}

internal sealed class PostingConfiguration : IEntityTypeConfiguration<Posting>
{
    public void Configure(EntityTypeBuilder<Posting> posting)
    {
        posting.ToTable("postings", "ledger", t =>
        {
            t.HasCheckConstraint("ck_postings_amount_positive", "amount_minor > 0");
            t.HasCheckConstraint("ck_postings_direction", "direction in ('Debit', 'Credit')");
        });
        posting.HasKey(p => new { p.EntryId, p.Line });
        posting.Property(p => p.Line).ValueGeneratedNever();
        posting.HasIndex(p => new { p.Account, p.Owner, p.Currency });
        posting.HasOne<LedgerAccount>().WithMany().HasForeignKey(p => p.Account).OnDelete(DeleteBehavior.Restrict);
    }
}
