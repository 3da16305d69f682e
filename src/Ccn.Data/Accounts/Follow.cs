using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Accounts;

/// <summary>A member follows a creator.</summary>
public sealed class Follow
{
    public required string FollowerId { get; init; }
    public required string CreatorId { get; init; }
    public DateTimeOffset FollowedAt { get; init; }
}

internal sealed class FollowConfiguration : IEntityTypeConfiguration<Follow>
{
    public void Configure(EntityTypeBuilder<Follow> follow)
    {
        follow.ToTable("follows", t => t.HasCheckConstraint("ck_follows_not_oneself", "follower_id <> creator_id"));
        follow.HasKey(f => new { f.FollowerId, f.CreatorId });
        follow.HasIndex(f => f.CreatorId);
        follow.HasOne<CcnUser>().WithMany().HasForeignKey(f => f.FollowerId).OnDelete(DeleteBehavior.Cascade);
        follow.HasOne<CcnUser>().WithMany().HasForeignKey(f => f.CreatorId).OnDelete(DeleteBehavior.Cascade);
    }
}
