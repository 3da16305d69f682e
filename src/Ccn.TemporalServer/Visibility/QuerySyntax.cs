namespace Ccn.TemporalServer.Visibility;

/// <summary>A query as written, before names and types are known.</summary>
/// <param name="Condition">Null when the query has none.</param>
/// <param name="GroupBy">Names behind GROUP BY.</param>
/// <param name="OrderBy">Names behind ORDER BY.</param>
/// <param name="HasLimit">Whether there is a LIMIT.</param>
internal sealed record QuerySyntax(QueryNode? Condition, IReadOnlyList<string> GroupBy, IReadOnlyList<string> OrderBy, bool HasLimit);

/// <summary>A part of a condition, or a value in one.</summary>
internal abstract record QueryNode
{
    /// <summary>Joined by AND or <c>&amp;&amp;</c>.</summary>
    public sealed record And(IReadOnlyList<QueryNode> Parts) : QueryNode;

    /// <summary>Joined by OR or <c>||</c>.</summary>
    public sealed record Or(IReadOnlyList<QueryNode> Parts) : QueryNode;

    /// <summary>Negated.</summary>
    public sealed record Not(QueryNode Inner) : QueryNode;

    /// <summary>Two values with an operator between them: a sign, LIKE or STARTS_WITH (in capitals).</summary>
    public sealed record Compare(QueryNode Left, string Operator, QueryNode Right) : QueryNode;

    /// <summary>A value among others.</summary>
    public sealed record In(QueryNode Left, IReadOnlyList<QueryNode> Values) : QueryNode;

    /// <summary>A value between two others.</summary>
    public sealed record Between(QueryNode Left, QueryNode Low, QueryNode High) : QueryNode;

    /// <summary>A value that is absent.</summary>
    public sealed record IsNull(QueryNode Left) : QueryNode;

    /// <summary>A subquery, which is understood in order to be refused by name.</summary>
    public sealed record Exists : QueryNode;

    /// <summary>Name of an attribute.</summary>
    public sealed record Column(string Name) : QueryNode;

    /// <summary>A string, long, double or bool; null for NULL.</summary>
    public sealed record Literal(object? Value) : QueryNode;

    /// <summary>Arithmetic, which is understood in order to be refused by name.</summary>
    public sealed record Arithmetic : QueryNode;
}
