using Ccn.Sandbox.Alibaba;
using Ccn.Sandbox.Amazon;
using Ccn.Sandbox.DocuSign;
using Ccn.Sandbox.Network;
using Ccn.Sandbox.PayPal;
using Ccn.Sandbox.Stripe;

namespace Ccn.Sandbox.Core;

/// <summary>Everything the sandbox remembers; the snapshot file is this object as JSON.</summary>
internal sealed class SandboxState
{
    /// <summary>Random part of every id, kept with the state: ids of two sandboxes never meet in one database of a client.</summary>
    public string Salt { get; set; } = Guid.NewGuid().ToString("N");

    /// <summary>Counter behind ids and the order of due work; it survives a reset.</summary>
    public long Sequence { get; set; }

    public DueQueue Due { get; set; } = new();

    public Dictionary<string, WebhookDelivery> Webhooks { get; set; } = new(StringComparer.Ordinal);

    public List<Fault> Faults { get; set; } = [];

    public List<LogEntry> Log { get; set; } = [];

    public DocuSignState DocuSign { get; set; } = new();

    public AmazonState Amazon { get; set; } = new();

    public PayPalState PayPal { get; set; } = new();

    public StripeState Stripe { get; set; } = new();

    public NetworkState Network { get; set; } = new();

    public AlibabaState Alibaba { get; set; } = new();

    /// <summary>Forgets everything but the salt and the counter, so ids handed out before are not handed out again.</summary>
    public SandboxState Emptied() => new() { Salt = Salt, Sequence = Sequence };
}

/// <summary>One thing the sandbox accepted that has an effect in money or in law. Entries are only ever appended.</summary>
/// <param name="Number">Position in the log, from 1.</param>
/// <param name="At">Instant on the sandbox's clock.</param>
/// <param name="Provider">docusign, amazon, paypal, stripe, network.</param>
/// <param name="Kind">What happened, for example payout.item.accepted.</param>
/// <param name="Id">The provider's id of the object.</param>
/// <param name="Key">The client's own key for it (transactionId, sender_item_id, Idempotency-Key, orderId), when it gave one.</param>
/// <param name="Amount">Amount as a decimal string in major units, when money moved.</param>
/// <param name="Currency">ISO 4217 code of the amount.</param>
/// <param name="Detail">More for a reader.</param>
internal sealed record LogEntry(
    long Number, DateTimeOffset At, string Provider, string Kind, string Id, string? Key, string? Amount, string? Currency, string? Detail);
