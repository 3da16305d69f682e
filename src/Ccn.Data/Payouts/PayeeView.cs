using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Payouts;

/// <summary>Where a payee stands: how they are paid and what holds the next payout.</summary>
public sealed class PayeeView : IProjectionRow
{
    public required string PayeeId { get; init; }

    /// <summary>Provider of the payout method, such as <c>paypal</c>.</summary>
    public string? Method { get; internal set; }

    /// <summary>Why nothing is paid now; null when a payout was prepared since.</summary>
    public string? HoldReason { get; internal set; }
    public DateTimeOffset? HeldAt { get; internal set; }

    /// <summary>The balance that is held; zero without a hold.</summary>
    public long HeldMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;

    public Money Held => new(HeldMinor, Currency);

    internal Stamp MethodStamp { get; set; }
    internal Stamp HoldStamp { get; set; }
}

internal sealed class PayeeViewConfiguration : IEntityTypeConfiguration<PayeeView>
{
    public void Configure(EntityTypeBuilder<PayeeView> payee)
    {
        payee.ToTable("payees").HasKey(p => p.PayeeId);
        payee.HasStamp(p => p.MethodStamp, "method");
        payee.HasStamp(p => p.HoldStamp, "hold");
    }
}
