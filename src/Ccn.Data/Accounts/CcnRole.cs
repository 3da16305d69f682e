using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Accounts;

/// <summary>What a user may do at all; whether they may do it with this design or licence is decided by the relationship.</summary>
public sealed class CcnRole : IdentityRole
{
    public const string Creator = "creator", Member = "member", Seller = "seller", Manufacturer = "manufacturer", Moderator = "moderator",
        Finance = "finance", Ops = "ops", Admin = "admin", Sponsor = "sponsor";

    public CcnRole()
    {
    }

    public CcnRole(string name) : base(name)
    {
    }

    /// <summary>Every role; they come with the schema.</summary>
    public static IReadOnlyList<string> All { get; } = [Creator, Member, Seller, Manufacturer, Moderator, Finance, Ops, Admin, Sponsor];
}

internal sealed class CcnRoleConfiguration : IEntityTypeConfiguration<CcnRole>
{
    public void Configure(EntityTypeBuilder<CcnRole> role) => role.HasData(CcnRole.All.Select(name =>
        new CcnRole(name) { Id = name, NormalizedName = name.ToUpperInvariant(), ConcurrencyStamp = name }));
}
