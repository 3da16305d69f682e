namespace Ccn.TemporalServer.Visibility;

/// <summary>A condition on runs, parsed and typed: what both stores evaluate. Unknown (NULL) is neither true nor false, as in SQL.</summary>
internal abstract record VisibilityFilter
{
    /// <summary>All of the parts hold.</summary>
    public sealed record And(IReadOnlyList<VisibilityFilter> Parts) : VisibilityFilter;

    /// <summary>At least one of the parts holds.</summary>
    public sealed record Or(IReadOnlyList<VisibilityFilter> Parts) : VisibilityFilter;

    /// <summary>The inner condition is known not to hold.</summary>
    public sealed record Not(VisibilityFilter Inner) : VisibilityFilter;

    /// <summary>The field compared with one value.</summary>
    public sealed record Comparison(VisibilityField Field, ComparisonOperator Operator, object Value) : VisibilityFilter;

    /// <summary>The field equals one of the values; for lists: shares a value with them.</summary>
    public sealed record In(VisibilityField Field, IReadOnlyList<object> Values) : VisibilityFilter;

    /// <summary>The field lies between two values, both included.</summary>
    public sealed record Between(VisibilityField Field, object Low, object High) : VisibilityFilter;

    /// <summary>The field has no value.</summary>
    public sealed record IsNull(VisibilityField Field) : VisibilityFilter;

    /// <summary>The keyword begins with the text, which is taken literally.</summary>
    public sealed record StartsWith(VisibilityField Field, string Prefix) : VisibilityFilter;
}

/// <summary>Comparison operators of the query language.</summary>
internal enum ComparisonOperator
{
    /// <summary><c>=</c></summary>
    Equal,

    /// <summary><c>!=</c> or <c>&lt;&gt;</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}
