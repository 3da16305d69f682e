using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Contests;

/// <summary>A badge on a creator's profile.</summary>
public sealed class BadgeView : IProjectionRow
{
    public required string CreatorId { get; init; }
    public required string ContestId { get; init; }
    public required string Badge { get; init; }
    public string? DesignId { get; internal set; }
    public DateTimeOffset AwardedAt { get; internal set; }
}

internal sealed class BadgeViewConfiguration : IEntityTypeConfiguration<BadgeView>
{
    public void Configure(EntityTypeBuilder<BadgeView> badge) =>
        badge.ToTable("badges").HasKey(b => new { b.CreatorId, b.ContestId, b.Badge });
}
