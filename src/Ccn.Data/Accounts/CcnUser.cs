using Ccn.Domain;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Accounts;

/// <summary>A person with an account. The id (<c>usr_…</c>) is a pseudonym: it alone stands in events, workflow ids and postings.</summary>
public sealed class CcnUser : IdentityUser
{
    public CcnUser() => Id = Ids.For(Ids.User, Guid.CreateVersion7());

    public required string DisplayName { get; set; }

    /// <summary>Name in addresses (<c>/creators/ada</c>): lower case, unique.</summary>
    public required string Handle { get; set; }

    public string? Bio { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class CcnUserConfiguration : IEntityTypeConfiguration<CcnUser>
{
    public void Configure(EntityTypeBuilder<CcnUser> user)
    {
        user.ToTable(t => t.HasCheckConstraint("ck_users_handle_lower", "handle = lower(handle) and handle <> ''"));
        user.Property(u => u.DisplayName).HasMaxLength(120);
        user.Property(u => u.Handle).HasMaxLength(40);
        user.HasIndex(u => u.Handle).IsUnique();
        user.Property(u => u.CreatedAt).HasDefaultValueSql("now()");
    }
}
