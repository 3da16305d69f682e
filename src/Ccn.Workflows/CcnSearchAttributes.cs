using Temporalio.Api.Enums.V1;
using Temporalio.Common;

namespace Ccn.Workflows;

/// <summary>Search attributes of every CCN workflow. A server must know them before the first start (<see cref="All"/>). Never personal data.</summary>
public static class CcnSearchAttributes
{
    /// <summary>State as users see it, such as <c>Revealed</c>; <c>NeedsAttention</c> while a step is parked.</summary>
    public static SearchAttributeKey<string> Stage { get; } = SearchAttributeKey.CreateKeyword("CcnStage");

    /// <summary>Whose turn it is: a name of <see cref="Ccn.Domain.Lifecycle.Party"/>.</summary>
    public static SearchAttributeKey<string> Wait { get; } = SearchAttributeKey.CreateKeyword("CcnWait");

    /// <summary>The design it belongs to; unset for contests, sales and payees.</summary>
    public static SearchAttributeKey<string> Design { get; } = SearchAttributeKey.CreateKeyword("CcnDesign");

    /// <summary>When the current wait ends by itself; unset for an open-ended wait.</summary>
    public static SearchAttributeKey<DateTimeOffset> Until { get; } = SearchAttributeKey.CreateDateTimeOffset("CcnUntil");

    /// <summary>Names and types, for the registration at a server.</summary>
    public static IReadOnlyList<KeyValuePair<string, IndexedValueType>> All { get; } =
        [new(Stage.Name, Stage.ValueType), new(Wait.Name, Wait.ValueType), new(Design.Name, Design.ValueType), new(Until.Name, Until.ValueType)];
}
