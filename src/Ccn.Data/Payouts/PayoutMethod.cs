using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Payouts;

/// <summary>Where a payee's money goes; one at a time.</summary>
public sealed class PayoutMethod
{
    public required string PayeeId { get; init; }

    /// <summary><c>paypal</c> or <c>stripe</c>.</summary>
    public required string Provider { get; set; }

    /// <summary>The provider's own id of the receiver (PayPal payer id, Stripe account), so that no address needs to be kept in the clear.</summary>
    public required string Destination { get; set; }

    /// <summary>What people see: <c>a…@example.com</c>.</summary>
    public required string Display { get; set; }

    /// <summary>ISO 3166 country.</summary>
    public string? Country { get; set; }
    public DateTimeOffset SetAt { get; set; }

    /// <summary>Why payouts to it are stopped, such as one that came back; null when they are not.</summary>
    public string? BlockedReason { get; set; }
}

internal sealed class PayoutMethodConfiguration : IEntityTypeConfiguration<PayoutMethod>
{
    public void Configure(EntityTypeBuilder<PayoutMethod> method)
    {
        method.ToTable("payout_methods").HasKey(m => m.PayeeId);
        method.HasOne<CcnUser>().WithMany().HasForeignKey(m => m.PayeeId).OnDelete(DeleteBehavior.Restrict);
    }
}
