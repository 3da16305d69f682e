using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Payouts;

/// <summary>A payout to a creator.</summary>
public sealed class PayoutView : IProjectionRow
{
    public required string Id { get; init; }
    public string PayeeId { get; internal set; } = "";
    public long AmountMinor { get; internal set; }
    public string Currency { get; internal set; } = Unset.Currency;

    /// <summary>What finance approves: hash of amount, payee and method.</summary>
    public string PayloadHash { get; internal set; } = "";
    public string[] StatementIds { get; internal set; } = [];
    public PayoutStatus State { get; internal set; }
    public int Attempt { get; internal set; }
    public string? ProviderReference { get; internal set; }
    public long? ProviderFeeMinor { get; internal set; }

    /// <summary>Why it was refused or came back.</summary>
    public string? Reason { get; internal set; }
    public DateTimeOffset? PreparedAt { get; internal set; }
    public DateTimeOffset? ApprovedAt { get; internal set; }

    /// <summary>Who approved last: while the state is <see cref="PayoutStatus.PartlyApproved"/> the first of two.</summary>
    public string? ApprovedBy { get; internal set; }
    public DateTimeOffset? SentAt { get; internal set; }
    public DateTimeOffset? ConfirmedAt { get; internal set; }
    public DateTimeOffset? ReturnedAt { get; internal set; }

    public Money Amount => new(AmountMinor, Currency);
    public Money? ProviderFee => ProviderFeeMinor is { } minor ? new(minor, Currency) : null;

    internal Stamp PreparedStamp { get; set; }
    internal Stamp ApprovedStamp { get; set; }
    internal Stamp StateStamp { get; set; }
    internal Stamp SentStamp { get; set; }
}

public enum PayoutStatus { Prepared, PartlyApproved, Approved, Sent, Unclaimed, Confirmed, Returned, Refused }

internal sealed class PayoutViewConfiguration : IEntityTypeConfiguration<PayoutView>
{
    public void Configure(EntityTypeBuilder<PayoutView> payout)
    {
        payout.ToTable("payouts").HasKey(p => p.Id);
        payout.HasIndex(p => new { p.PayeeId, p.PreparedAt });
        payout.HasIndex(p => p.State);
        payout.HasIndex(p => p.ProviderReference);
        payout.HasStamp(p => p.PreparedStamp, "prepared");
        payout.HasStamp(p => p.ApprovedStamp, "approved");
        payout.HasStamp(p => p.StateStamp, "state");
        payout.HasStamp(p => p.SentStamp, "sent");
    }
}
