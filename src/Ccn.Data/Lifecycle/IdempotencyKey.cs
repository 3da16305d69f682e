using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Lifecycle;

/// <summary>
/// The first answer to a keyed HTTP request, inserted when the command has taken effect; the primary key decides between two. A repeat
/// compares <see cref="RequestHash"/>: equal gives the first answer again, different is refused.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>The user who sent the key: keys of different users never meet.</summary>
    public required string UserId { get; init; }

    /// <summary>Method, and the caller's key, or the address where that holds an id of the caller's making.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] RequestHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; set; }
    public int? StatusCode { get; set; }
    public string? ContentType { get; set; }
    public byte[]? Body { get; set; }

    /// <summary>The Location header of the first answer.</summary>
    public string? Location { get; set; }
}

internal sealed class IdempotencyKeyConfiguration : IEntityTypeConfiguration<IdempotencyKey>
{
    public void Configure(EntityTypeBuilder<IdempotencyKey> key)
    {
        key.ToTable("idempotency_keys").HasKey(k => new { k.UserId, k.Key });
        key.Property(k => k.Key).HasMaxLength(200);
        key.HasIndex(k => k.CreatedAt);   // old answers are swept by age
    }
}
