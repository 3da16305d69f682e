using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Accounts;

/// <summary>A seller's standing with Amazon and Stripe (<c>sac_…</c>), one per seller. Tokens are in the vault; here is only what finds them.</summary>
public sealed class SellerAccount
{
    public required string Id { get; init; }
    public required string SellerId { get; init; }
    public string? AmazonSellerId { get; set; }

    /// <summary>Where the vault keeps the refresh token; never the token.</summary>
    public string? RefreshTokenReference { get; set; }

    /// <summary>Amazon marketplace id, such as <c>ATVPDKIKX0DER</c>.</summary>
    public required string Marketplace { get; set; }

    public string? StripeCustomerId { get; set; }
    public string? StripePaymentMethodId { get; set; }

    /// <summary>Unverified sellers look and do not bid.</summary>
    public bool Verified { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ConnectedAt { get; set; }
}

internal sealed class SellerAccountConfiguration : IEntityTypeConfiguration<SellerAccount>
{
    public void Configure(EntityTypeBuilder<SellerAccount> account)
    {
        account.ToTable("seller_accounts");
        account.HasIndex(a => a.SellerId).IsUnique();
        account.HasIndex(a => new { a.AmazonSellerId, a.Marketplace }).IsUnique();
        account.HasOne<CcnUser>().WithMany().HasForeignKey(a => a.SellerId).OnDelete(DeleteBehavior.Restrict);
    }
}
