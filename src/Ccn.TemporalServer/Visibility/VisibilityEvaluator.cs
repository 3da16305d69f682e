using Ccn.TemporalServer.Namespaces;

namespace Ccn.TemporalServer.Visibility;

/// <summary>Evaluates a filter in memory, with SQL's three values: null is "unknown", and only true matches.</summary>
internal static class VisibilityEvaluator
{
    /// <summary>True when the run is known to satisfy the filter.</summary>
    public static bool Matches(VisibilityFilter filter, VisibilityHit hit) => Evaluate(filter, hit) == true;

    private static bool? Evaluate(VisibilityFilter filter, VisibilityHit hit) => filter switch
    {
        VisibilityFilter.And and => All(and.Parts.Select(p => Evaluate(p, hit))),
        VisibilityFilter.Or or => !All(or.Parts.Select(p => !Evaluate(p, hit))),
        VisibilityFilter.Not not => !Evaluate(not.Inner, hit),
        VisibilityFilter.IsNull isNull => ValueOf(isNull.Field, hit) is null,
        VisibilityFilter.Comparison comparison => Compare(ValueOf(comparison.Field, hit), comparison.Operator, comparison.Value),
        VisibilityFilter.In among => ValueOf(among.Field, hit) is { } value ? among.Values.Any(v => SameOrHolds(value, v)) : null,
        VisibilityFilter.Between between => ValueOf(between.Field, hit) is { } value
            ? Order(value, between.Low) >= 0 && Order(value, between.High) <= 0
            : null,
        VisibilityFilter.StartsWith startsWith => ValueOf(startsWith.Field, hit) is string value
            ? value.StartsWith(startsWith.Prefix, StringComparison.Ordinal)
            : null,
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private static bool? All(IEnumerable<bool?> parts)
    {
        bool? all = true;
        foreach (var part in parts)
        {
            all &= part;
        }

        return all;
    }

    private static bool? Compare(object? value, ComparisonOperator comparison, object with) => value is null ? null : comparison switch
    {
        ComparisonOperator.Equal => SameOrHolds(value, with),
        ComparisonOperator.NotEqual => !SameOrHolds(value, with),
        ComparisonOperator.Less => Order(value, with) < 0,
        ComparisonOperator.LessOrEqual => Order(value, with) <= 0,
        ComparisonOperator.Greater => Order(value, with) > 0,
        ComparisonOperator.GreaterOrEqual => Order(value, with) >= 0,
        _ => throw new NotSupportedException(comparison.ToString()),
    };

    /// <summary>Equal; a list (of keywords, or the words of a text) equals each value that it holds.</summary>
    private static bool SameOrHolds(object value, object with) =>
        value is IReadOnlyList<string> list ? list.Contains((string)with, StringComparer.Ordinal) : Order(value, with) == 0;

    private static int Order(object left, object right) => (left, right) switch
    {
        (string a, string b) => string.CompareOrdinal(a, b),
        (long a, long b) => a.CompareTo(b),
        (double or long, double or long) => ToDouble(left).CompareTo(ToDouble(right)),
        (bool a, bool b) => a.CompareTo(b),
        (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
        _ => throw new NotSupportedException($"{left.GetType().Name} with {right.GetType().Name}"),
    };

    private static double ToDouble(object number) => number is long integer ? integer : (double)number;

    private static object? ValueOf(VisibilityField field, VisibilityHit hit) =>
        field.IsColumn ? VisibilityColumns.ValueOf(field.Name, hit)
        : hit.Row.SearchAttributes?.IndexedFields.TryGetValue(field.Name, out var payload) == true ? SearchAttributeValues.Decode(payload, field.Type)
        : null;
}
