using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Designs;

/// <summary>The lists of designs that sellers look through.</summary>
public enum SellerList { Open, Spotlight, Voting, All }

/// <summary>A list of designs with its filters that a seller keeps under a name.</summary>
public sealed class SavedSearch
{
    public required string Id { get; init; }
    public required string OwnerId { get; init; }

    /// <summary>Unique among its owner's.</summary>
    public required string Name { get; set; }
    public required SellerList List { get; init; }

    /// <summary>Words; null for any.</summary>
    public string? Words { get; init; }

    /// <summary>Null for any.</summary>
    public string? Category { get; init; }
    public required DateTimeOffset SavedAt { get; init; }

    /// <summary>What came into the list later is new.</summary>
    public required DateTimeOffset LookedAt { get; set; }

    /// <summary>Whether its owner gets a notice of a design that comes in.</summary>
    public required bool Tell { get; set; }
}

internal sealed class SavedSearchConfiguration : IEntityTypeConfiguration<SavedSearch>
{
    public void Configure(EntityTypeBuilder<SavedSearch> search)
    {
        search.ToTable("saved_searches").HasKey(s => s.Id);
        search.Property(s => s.Name).HasMaxLength(80);
        search.Property(s => s.List).HasConversion<string>().HasMaxLength(20);
        search.HasIndex(s => new { s.OwnerId, s.Name }).IsUnique();
        search.HasIndex(s => new { s.List, s.Category }).HasFilter("tell");
        search.HasOne<CcnUser>().WithMany().HasForeignKey(s => s.OwnerId).OnDelete(DeleteBehavior.Cascade);
    }
}
