using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Accounts;

/// <summary>A provider's token, encrypted. Only <see cref="TokenVault"/> reads and writes it.</summary>
public sealed class VaultEntry
{
    public required string Reference { get; init; }
    public required byte[] Ciphertext { get; init; }
    public required DateTimeOffset KeptAt { get; init; }
}

internal sealed class VaultEntryConfiguration : IEntityTypeConfiguration<VaultEntry>
{
    public void Configure(EntityTypeBuilder<VaultEntry> entry) => entry.ToTable("vault").HasKey(e => e.Reference);
}
