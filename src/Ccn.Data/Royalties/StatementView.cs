using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Royalties;

/// <summary>The head of a royalty statement; lines and the frozen document are facts of their own.</summary>
public sealed class StatementView : IProjectionRow
{
    public required string Id { get; init; }
    public string DesignId { get; internal set; } = "";
    public string LicenceId { get; internal set; } = "";

    /// <summary>From 1.</summary>
    public int Period { get; internal set; }
    public DateTimeOffset? From { get; internal set; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; internal set; }

    /// <summary>Until then lines may be queried.</summary>
    public DateTimeOffset? QueryUntil { get; internal set; }
    public StatementState State { get; internal set; }

    /// <summary>Royalty before fee and reserve; negative when returns outweigh sales.</summary>
    public long GrossMinor { get; internal set; }

    /// <summary>CCN's fee as the statement shows it.</summary>
    public long FeeMinor { get; internal set; }

    /// <summary>What the creators are owed by this statement.</summary>
    public long NetMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;

    /// <summary>Hash of the frozen document; null while it is a draft.</summary>
    public string? Sha256 { get; internal set; }
    public DateTimeOffset? DraftedAt { get; internal set; }
    public DateTimeOffset? FinalizedAt { get; internal set; }
    public DateTimeOffset? CollectedAt { get; internal set; }
    public string? CollectionReference { get; internal set; }

    /// <summary>The last decline, where the seller's money did not come in.</summary>
    public string? CollectionFailure { get; internal set; }

    public Money Gross => new(GrossMinor, Currency);
    public Money Fee => new(FeeMinor, Currency);
    public Money Net => new(NetMinor, Currency);

    internal Stamp DraftStamp { get; set; }
    internal Stamp CollectionStamp { get; set; }
}

public enum StatementState { Draft, InQuery, Final }

internal sealed class StatementViewConfiguration : IEntityTypeConfiguration<StatementView>
{
    public void Configure(EntityTypeBuilder<StatementView> statement)
    {
        statement.ToTable("statements").HasKey(s => s.Id);
        statement.HasIndex(s => new { s.LicenceId, s.Period });
        statement.HasIndex(s => s.DesignId);
        statement.HasStamp(s => s.DraftStamp, "draft");
        statement.HasStamp(s => s.CollectionStamp, "collection");
    }
}
