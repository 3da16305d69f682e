using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;
using Ccn.Domain.Events;
using Ccn.Domain.Licences;

namespace Ccn.Data.Lifecycle;

/// <summary>What the store needs to know of an event's type: its name and the things it speaks of.</summary>
internal static class EventTypes
{
    private static readonly string[] KeyNames = ["ContestId", "BidId", "LicenceId", "RfqId", "OrderId", "ListingId", "StatementId", "PayoutId", "PayeeId", "WorkflowId"];

    private static readonly FrozenDictionary<Type, string> Names = typeof(EventData).GetCustomAttributes<JsonDerivedTypeAttribute>()
        .ToFrozenDictionary(a => a.DerivedType, a => (string)a.TypeDiscriminator!);

    private static readonly FrozenDictionary<Type, PropertyInfo[]> Keys = Names.Keys
        .ToFrozenDictionary(t => t, t => KeyNames.Select(t.GetProperty).OfType<PropertyInfo>().Where(p => p.PropertyType == typeof(string)).ToArray());

    /// <summary>The discriminator, such as <c>bidding.accepted</c>.</summary>
    public static string NameOf(EventData data) => Names.TryGetValue(data.GetType(), out var name)
        ? name
        : throw new ArgumentException($"{data.GetType().Name} has no name among the business events.", nameof(data));

    /// <summary>Every type there is.</summary>
    public static IReadOnlyCollection<Type> All => Names.Keys;

    /// <summary>Ids of everything whose projection rows the event may write. Whoever holds the locks of these may read, decide and write.</summary>
    public static IEnumerable<string> KeysOf(BusinessEvent e)
    {
        if (e.DesignId is not null) { yield return e.DesignId; }

        if (e.Data is LicenceDrafted { Terms: LicenceTerms terms }) { yield return terms.LicenceId; }

        foreach (var key in Keys[e.Data.GetType()])
        {
            if (key.GetValue(e.Data) is string id) { yield return id; }
        }
    }
}
