using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Designs;

/// <summary>An original that somebody uploaded: who, what it was called, what it is. A design may only be made from one's own upload.</summary>
public sealed class Upload
{
    public required string FileKey { get; init; }
    public required string UploaderId { get; init; }
    public required string FileName { get; init; }
    public required string ContentType { get; init; }
    public required long Bytes { get; init; }
    /// <summary>SHA-256, lower-case hex.</summary>
    public required string Sha256 { get; init; }
    public required DateTimeOffset UploadedAt { get; init; }
}

internal sealed class UploadConfiguration : IEntityTypeConfiguration<Upload>
{
    public void Configure(EntityTypeBuilder<Upload> upload)
    {
        upload.ToTable("uploads").HasKey(u => new { u.UploaderId, u.FileKey });
        upload.Property(u => u.FileName).HasMaxLength(255);
        upload.HasOne<CcnUser>().WithMany().HasForeignKey(u => u.UploaderId).OnDelete(DeleteBehavior.Restrict);
    }
}
