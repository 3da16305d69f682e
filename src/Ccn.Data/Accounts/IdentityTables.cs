using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Data.Accounts;

/// <summary>Identity names its tables itself (AspNetUsers); here they are named like the others.</summary>
internal static class IdentityTables
{
    public static void Name(ModelBuilder builder)
    {
        builder.Entity<CcnUser>().ToTable("users");
        builder.Entity<CcnRole>().ToTable("roles");
        builder.Entity<IdentityUserRole<string>>().ToTable("user_roles");
        builder.Entity<IdentityUserClaim<string>>().ToTable("user_claims");
        builder.Entity<IdentityUserLogin<string>>().ToTable("user_logins");
        builder.Entity<IdentityUserToken<string>>().ToTable("user_tokens");
        builder.Entity<IdentityRoleClaim<string>>().ToTable("role_claims");
        builder.Entity<IdentityUserPasskey<string>>(passkey =>
        {
            passkey.ToTable("user_passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(p => p.Data).ToJson("data");
            passkey.HasOne<CcnUser>().WithMany().HasForeignKey(p => p.UserId).IsRequired();
        });
    }
}
