using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Sourcing;
using Temporalio.Activities;

namespace Ccn.Workflows.Sourcing;

/// <summary>Input of <c>Sourcing</c> (<c>sourcing/{licenceId}</c>).</summary>
public sealed record SourcingInput(string LicenceId, string DesignId, string CreatorId, string SellerId, SourcingRules Rules);

/// <summary>Update <c>InviteSuppliers</c> by the seller: opens the RFQ. Suppliers are those of the supplier list, by id.</summary>
public sealed record InviteSuppliers(string RfqId, string SellerId, int Quantity, string Specification, IReadOnlyList<string> SupplierIds);
public sealed record RfqReceipt(string RfqId, IReadOnlyList<InvitationReceipt> Invitations);
/// <param name="ReplyBy">End of the wait in the supplier's own business calendar.</param>
/// <param name="HandOffLink">Where the seller hands the invitation over; null where the network delivers it.</param>
public sealed record InvitationReceipt(string SupplierId, DateTimeOffset ReplyBy, string? HandOffLink);
/// <summary>Signal <c>supplierSeen</c>, <c>supplierQuoted</c>, <c>supplierDeclined</c>: facts that arrive by the supplier's signed link. Repeats of a reply id are dropped.</summary>
public sealed record SupplierSeen(string ReplyId, string RfqId, string SupplierId);
public sealed record SupplierQuoted(string ReplyId, string RfqId, Quote Quote);
public sealed record SupplierDeclined(string ReplyId, string RfqId, string SupplierId, string Reason);
/// <summary>Update <c>ApproveQuote</c> by the seller; judged by the instant it reaches the workflow.</summary>
public sealed record ApproveQuote(string QuoteId, string SellerId, int Quantity);
/// <summary>Update <c>GiveUp</c> by the seller: closes the RFQ without an order; the licence goes on and another RFQ may follow.</summary>
public sealed record GiveUpSourcing(string SellerId, string Reason);
public sealed record ApprovedQuote(string RfqId, string QuoteId, Supplier Supplier, int Quantity, Money UnitPrice, Money Tooling, Money Total, int LeadTimeDays);

/// <param name="Approved">Null when sourcing was given up.</param>
public sealed record SourcingResult(ApprovedQuote? Approved);

public interface ISourcingActivities
{
    /// <summary>Looks the suppliers up, reaches each by its channel and counts its wait in its own calendar. Repeats find the first invitation.</summary>
    [Activity("Sourcing.Invite")]
    Task<IReadOnlyList<Invitation>> InviteAsync(InviteInput input);

    /// <summary>Reminds a supplier that has not answered. Network: through its API; hand-off: a notice to the seller.</summary>
    [Activity("Sourcing.Remind")]
    Task RemindAsync(SupplierNoticeInput input);

    /// <summary>Tells a supplier that another quote was approved or the RFQ was closed.</summary>
    [Activity("Sourcing.TellOutcome")]
    Task TellOutcomeAsync(SupplierNoticeInput input);

    /// <summary>Suppliers of the vetted network that fit and are not invited yet, best first: the fallback when waits run out.</summary>
    [Activity("Sourcing.FindFallback")]
    Task<IReadOnlyList<string>> FindFallbackAsync(FindFallbackInput input);
}

public sealed record InviteInput(string IdempotencyKey, string RfqId, string DesignId, string SellerId, int Quantity, string Specification, IReadOnlyList<string> SupplierIds, double ReplyHours);
public sealed record Invitation(Supplier Supplier, DateTimeOffset ReplyBy, string? HandOffLink);
public sealed record SupplierNoticeInput(string IdempotencyKey, string RfqId, string SupplierId, string Kind);
public sealed record FindFallbackInput(string DesignId, IReadOnlyList<string> ExceptSupplierIds, int Count);
