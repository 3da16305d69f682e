using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Lifecycle;

/// <summary>How a provider has behaved, by what is on record: its webhooks, what its answers caused, and steps that its failures parked.</summary>
/// <param name="LastSuccess">Last fact that only a good answer or a verified message of it can have made; null when there is none.</param>
/// <param name="LastSuccessWas">What that was.</param>
/// <param name="LastFailure">Last refusal or parked step; null when there is none.</param>
/// <param name="Webhooks">Verified messages in all.</param>
/// <param name="Undelivered">Verified messages whose workflow has not heard of them yet.</param>
/// <param name="Parked">Open steps that wait for an operator because of it.</param>
public sealed record ProviderHealth(string Name, string For, DateTimeOffset? LastSuccess, string? LastSuccessWas, DateTimeOffset? LastFailure, string? LastFailureWas, int Webhooks, int WebhooksToday, DateTimeOffset? LastWebhook, int Undelivered, int Parked);

/// <summary>What the database knows about the providers. A provider that was not used says so; nothing is called to find out.</summary>
public sealed class ProviderHealthQueries(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    private static readonly Watched[] Providers =
    [
        new("Amazon", "Listings, orders, refunds", null, ["listing.submitted", "listing.buyable", "listing.price_changed", "listing.stock_changed"], ["listing.issues_found"], ["listing/", "sales/"]),
        new("DocuSign", "Signatures of licences", "docusign", ["licence.sent", "licence.party_signed", "licence.in_force"], [], ["licence/"]),
        new("Stripe", "Royalties collected from sellers", "stripe", ["royalty.collected"], ["royalty.collection_failed"], ["royalties/"]),
        new("PayPal", "Payouts to creators", "paypal", ["payout.sent", "payout.confirmed"], ["payout.refused", "payout.returned"], ["payee/"]),
        new("Suppliers", "Invitations, quotes, orders", null, ["sourcing.supplier_invited", "sourcing.quote_received", "production.order_placed"], [], ["sourcing/", "production/"]),
    ];

    // Parked steps for these reasons are a provider's doing; others are ours or a person's.
    private static readonly string[] Theirs = [FailureTypes.ProviderUnavailable, FailureTypes.ProviderRejected, FailureTypes.ProviderContract];

    public async Task<IReadOnlyList<ProviderHealth>> ReadAsync(CancellationToken cancel)
    {
        user.Require(Roles.Ops);
        var types = Providers.SelectMany(provider => provider.Good.Concat(provider.Bad)).ToArray();
        var facts = await db.BusinessEvents.AsNoTracking().Where(row => types.Contains(row.Type)).GroupBy(row => row.Type).Select(group => new Fact(group.Key, group.Max(row => row.OccurredAt))).ToListAsync(cancel);
        var today = clock.GetUtcNow().AddDays(-1);
        var inbox = await db.WebhookInbox.AsNoTracking().GroupBy(message => message.Provider).Select(group => new Inbox(group.Key, group.Count(), group.Count(message => message.ReceivedAt > today),
            group.Max(message => (DateTimeOffset?)message.ReceivedAt), group.Count(message => message.DeliveredAt == null))).ToListAsync(cancel);
        var parked = await db.ParkedSteps.AsNoTracking().Where(step => Theirs.Contains(step.FailureType) && step.RaisedAt != null).Select(step => new Parked(step.WorkflowId, step.Message, step.RaisedAt!.Value, step.IsOpen)).ToListAsync(cancel);
        var lastSale = await db.SaleLines.AsNoTracking().MaxAsync(line => (DateTimeOffset?)line.RecordedAt, cancel);
        return [.. Providers.Select(provider => Health(provider, facts, inbox, parked, provider.Name == "Amazon" ? lastSale : null))];
    }

    private static ProviderHealth Health(Watched provider, IReadOnlyList<Fact> facts, IReadOnlyList<Inbox> inbox, IReadOnlyList<Parked> parked, DateTimeOffset? lastSale)
    {
        var messages = inbox.FirstOrDefault(row => row.Provider == provider.Webhooks);
        var steps = parked.Where(step => provider.Workflows.Any(prefix => step.WorkflowId.StartsWith(prefix, StringComparison.Ordinal))).ToList();
        var good = facts.Where(fact => provider.Good.Contains(fact.Type)).Select(fact => (fact.At, Was: Said(fact.Type)));
        if (messages?.Last is { } heard) { good = good.Append((heard, "a webhook")); }

        if (lastSale is { } pulled) { good = good.Append((pulled, "orders pulled")); }

        var bad = facts.Where(fact => provider.Bad.Contains(fact.Type)).Select(fact => (fact.At, Was: Said(fact.Type))).Concat(steps.Select(step => (At: step.RaisedAt, Was: step.Message)));
        var (success, failure) = (Last(good), Last(bad));
        return new(provider.Name, provider.For, success?.At, success?.Was, failure?.At, failure?.Was, messages?.All ?? 0, messages?.Today ?? 0, messages?.Last, messages?.Undelivered ?? 0, steps.Count(step => step.IsOpen));
    }

    private static (DateTimeOffset At, string Was)? Last(IEnumerable<(DateTimeOffset At, string Was)> facts) => facts.Select(fact => ((DateTimeOffset At, string Was)?)fact).MaxBy(fact => fact!.Value.At);

    private static string Said(string type) => type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..].Replace('_', ' ');

    /// <param name="Webhooks">Its name in the inbox; null when it sends none here.</param>
    /// <param name="Good">Business events that a good answer of it makes.</param>
    /// <param name="Workflows">Prefixes of the ids of the workflows that call it.</param>
    private sealed record Watched(string Name, string For, string? Webhooks, string[] Good, string[] Bad, string[] Workflows);
    private sealed record Fact(string Type, DateTimeOffset At);
    private sealed record Inbox(string Provider, int All, int Today, DateTimeOffset? Last, int Undelivered);
    private sealed record Parked(string WorkflowId, string Message, DateTimeOffset RaisedAt, bool IsOpen);
}
