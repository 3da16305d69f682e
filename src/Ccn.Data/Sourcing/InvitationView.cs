using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sourcing;

/// <summary>One supplier asked for one quote.</summary>
public sealed class InvitationView : IProjectionRow
{
    public required string RfqId { get; init; }
    public required string SupplierId { get; init; }

    /// <summary>The supplier as it was when it was invited; null until the invitation is on record.</summary>
    public Supplier? Supplier { get; internal set; }
    public DateTimeOffset? InvitedAt { get; internal set; }

    /// <summary>End of the wait in the supplier's business calendar.</summary>
    public DateTimeOffset? ReplyBy { get; internal set; }

    /// <summary>Where the seller hands the invitation over; null where the network delivers it.</summary>
    public string? HandOffLink { get; internal set; }

    /// <summary>Invited by the platform when the first suppliers stayed silent.</summary>
    public bool Fallback { get; internal set; }
    public InvitationState State { get; internal set; }
    public DateTimeOffset? StateSince { get; internal set; }
    public DateTimeOffset? Until { get; internal set; }
    public string? Reason { get; internal set; }
    internal Stamp StateStamp { get; set; }
}

internal sealed class InvitationViewConfiguration : IEntityTypeConfiguration<InvitationView>
{
    public void Configure(EntityTypeBuilder<InvitationView> invitation)
    {
        invitation.ToTable("invitations").HasKey(i => new { i.RfqId, i.SupplierId });
        invitation.HasIndex(i => i.SupplierId);
        invitation.Property(i => i.Supplier).IsJson();
        invitation.HasStamp(i => i.StateStamp, "state");
    }
}
