using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Designs;

/// <summary>A member's comment on a design (<c>cmt_…</c>).</summary>
public sealed class Comment
{
    public required string Id { get; init; }
    public required string DesignId { get; init; }
    public required string AuthorId { get; init; }
    public required string Text { get; set; }
    public DateTimeOffset PostedAt { get; init; }

    /// <summary>Hidden by a moderator, with the reason the author is told.</summary>
    public DateTimeOffset? HiddenAt { get; set; }
    public string? HiddenReason { get; set; }
}

internal sealed class CommentConfiguration : IEntityTypeConfiguration<Comment>
{
    public void Configure(EntityTypeBuilder<Comment> comment)
    {
        comment.ToTable("comments");
        comment.Property(c => c.Text).HasMaxLength(4_000);
        comment.HasIndex(c => new { c.DesignId, c.PostedAt });
        comment.HasOne<CcnUser>().WithMany().HasForeignKey(c => c.AuthorId).OnDelete(DeleteBehavior.Cascade);
    }
}
