using System.ComponentModel.DataAnnotations;

namespace Ccn.Api.Payouts;

/// <summary>How a payee's loop is started.</summary>
public sealed class PayoutOptions
{
    public const string Section = "Payouts";

    /// <summary>Life-cycle template whose payout rules (pay day, minimum, retries) a new payee's loop runs by.</summary>
    [Required]
    public string TemplateId { get; set; } = "open-challenge";

    /// <summary>From this amount on, in minor units, two people approve a new payee's payouts; null keeps the template's amount.</summary>
    [Range(1, long.MaxValue)]
    public long? TwoApproversFrom { get; set; }
}
