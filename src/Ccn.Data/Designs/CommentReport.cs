using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Designs;

/// <summary>A member asks a moderator to look at a comment: once, with a reason.</summary>
public sealed class CommentReport
{
    public required string CommentId { get; init; }
    public required string ReporterId { get; init; }
    public required string Reason { get; init; }
    public required DateTimeOffset ReportedAt { get; init; }

    /// <summary>When a moderator found nothing wrong with the comment; null while nobody has looked.</summary>
    public DateTimeOffset? DismissedAt { get; set; }
}

internal sealed class CommentReportConfiguration : IEntityTypeConfiguration<CommentReport>
{
    public void Configure(EntityTypeBuilder<CommentReport> report)
    {
        report.ToTable("comment_reports").HasKey(r => new { r.CommentId, r.ReporterId });
        report.Property(r => r.Reason).HasMaxLength(400);
        report.HasOne<Comment>().WithMany().HasForeignKey(r => r.CommentId).OnDelete(DeleteBehavior.Cascade);
        report.HasOne<CcnUser>().WithMany().HasForeignKey(r => r.ReporterId).OnDelete(DeleteBehavior.Cascade);
    }
}
