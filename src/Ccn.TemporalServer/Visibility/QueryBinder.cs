using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>A query whose names and values are checked.</summary>
/// <param name="Filter">Its condition, with what is always asked for; never null.</param>
/// <param name="GroupByStatus">Whether counts are wanted by execution status.</param>
internal sealed record BoundQuery(VisibilityFilter Filter, bool GroupByStatus);

/// <summary>Gives the names of a query their meaning in a namespace, and checks operators and values against their types.</summary>
/// <param name="typeOf">Type of a search attribute; null for an unknown name.</param>
internal sealed class QueryBinder(Func<string, IndexedValueType?> typeOf)
{
    /// <summary>
    /// The attribute that sets the runs of the server's own workflows (schedules, batches) apart: a query that does not
    /// name it does not see them.
    /// </summary>
    private const string Division = "TemporalNamespaceDivision";

    private bool namesDivision;

    /// <summary>Binds a query of a namespace.</summary>
    /// <exception cref="RpcFailure">INVALID_ARGUMENT with the text of the real server.</exception>
    public static BoundQuery Bind(string query, Func<string, IndexedValueType?> typeOf) => new QueryBinder(typeOf).Bind(QueryParser.Parse(query));

    private BoundQuery Bind(QuerySyntax syntax)
    {
        var condition = syntax.Condition is { } written ? Bind(written) : null;
        var grouped = BindGroupBy(syntax.GroupBy);
        CheckOrderBy(syntax.OrderBy);
        if (syntax.HasLimit)
        {
            throw NotSupported("'LIMIT' clause");
        }

        VisibilityFilter ordinary = new VisibilityFilter.IsNull(new(Division, IndexedValueType.Keyword, IsColumn: false));
        return new(condition is null ? ordinary : namesDivision ? condition : new VisibilityFilter.And([condition, ordinary]), grouped);
    }

    private VisibilityFilter Bind(QueryNode node) => node switch
    {
        QueryNode.And and => new VisibilityFilter.And([.. and.Parts.Select(Bind)]),
        QueryNode.Or or => new VisibilityFilter.Or([.. or.Parts.Select(Bind)]),
        QueryNode.Not not => new VisibilityFilter.Not(Bind(not.Inner)),
        QueryNode.Compare compare => BindComparison(compare),
        QueryNode.In among => BindIn(among),
        QueryNode.Between between => BindBetween(between),
        QueryNode.IsNull isNull => new VisibilityFilter.IsNull(FieldOf(isNull.Left)),
        QueryNode.Exists => throw NotSupported("expression of type *sqlparser.ExistsExpr"),
        _ => throw InvalidExpression("incomplete expression"),
    };

    private VisibilityFilter BindComparison(QueryNode.Compare compare)
    {
        var field = FieldOf(compare.Left);
        var value = ValueOf(field, compare.Right);
        switch (compare.Operator)
        {
            case "STARTS_WITH" when field is { Type: IndexedValueType.Keyword } && value is string prefix:
                return new VisibilityFilter.StartsWith(field, prefix);
            case "STARTS_WITH" or "LIKE":
                throw OperatorNotSupported(compare.Operator, field);
            case "=" when field.Type == IndexedValueType.Text:
                return AnyWord(field, (string)value);
            case "!=" or "<>" when field.Type == IndexedValueType.Text:
                return new VisibilityFilter.Not(AnyWord(field, (string)value));
            case not ("=" or "!=" or "<>") when IsTextOrList(field):
                throw OperatorNotSupported(compare.Operator, field);
            default:
                return new VisibilityFilter.Comparison(field, OperatorOf(compare.Operator), value);
        }
    }

    private VisibilityFilter.In BindIn(QueryNode.In among)
    {
        var field = FieldOf(among.Left);
        var values = among.Values.Select(v => ValueOf(field, v)).ToList();
        return field.Type == IndexedValueType.Text ? throw OperatorNotSupported("IN", field) : new(field, values);
    }

    private VisibilityFilter.Between BindBetween(QueryNode.Between between)
    {
        var field = FieldOf(between.Left);
        var low = ValueOf(field, between.Low);
        var high = ValueOf(field, between.High);
        return IsTextOrList(field) ? throw OperatorNotSupported("BETWEEN", field) : new(field, low, high);
    }

    /// <summary>A text is found by any of the words asked for.</summary>
    private static VisibilityFilter.In AnyWord(VisibilityField field, string text)
    {
        var words = SearchAttributeValues.Words(text);
        return words.Count > 0 ? new(field, words) : throw InvalidExpression($"no tokens found filtering on Text type search attribute {field.Name}");
    }

    private bool BindGroupBy(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            _ = FieldNamed(name);
        }

        return names switch
        {
            [] => false,
            ["ExecutionStatus"] => true,
            [var name] => throw NotSupported($"'GROUP BY' clause is not supported for search attribute {name}"),
            _ => throw NotSupported("'GROUP BY' clause supports only a single field"),
        };
    }

    /// <summary>The order of lists is fixed, as on the SQL stores of the real server.</summary>
    private void CheckOrderBy(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (FieldNamed(name).Type == IndexedValueType.Text)
            {
                throw NotSupported("unable to sort by search attribute type Text");
            }
        }

        if (names.Count > 0)
        {
            throw NotSupported("'ORDER BY' clause");
        }
    }

    private VisibilityField FieldOf(QueryNode node) => node switch
    {
        QueryNode.Column column => FieldNamed(column.Name),
        QueryNode.Literal { Value: null } => throw InvalidExpression("must be a column name but was *sqlparser.NullVal"),
        QueryNode.Literal { Value: bool } => throw InvalidExpression("must be a column name but was sqlparser.BoolVal"),
        QueryNode.Literal => throw InvalidExpression("must be a column name but was *sqlparser.SQLVal"),
        QueryNode.Arithmetic => throw InvalidExpression("must be a column name but was *sqlparser.BinaryExpr"),
        _ => throw InvalidExpression("must be a column name"),
    };

    private VisibilityField FieldNamed(string name)
    {
        var type = typeOf(name) ?? throw QueryParser.Invalid($"invalid search attribute: {name}");
        namesDivision |= name == Division;
        return new(name, type, SystemSearchAttributes.Columns.ContainsKey(name));
    }

    private static object ValueOf(VisibilityField field, QueryNode node) => node switch
    {
        QueryNode.Literal { Value: { } value } => QueryValues.Convert(field, value),
        QueryNode.Column column => throw NotSupported($"column name on the right side of comparison expression (did you forget to quote \"{column.Name}\"?)"),
        QueryNode.Literal => throw InvalidExpression("unexpected value type *sqlparser.NullVal"),
        QueryNode.Arithmetic => throw InvalidExpression("unexpected value type *sqlparser.BinaryExpr"),
        _ => throw InvalidExpression("unexpected value type *sqlparser.ComparisonExpr"),
    };

    private static bool IsTextOrList(VisibilityField field) => field.Type is IndexedValueType.Text or IndexedValueType.KeywordList;

    private static ComparisonOperator OperatorOf(string sign) => sign switch
    {
        "=" => ComparisonOperator.Equal,
        "!=" or "<>" => ComparisonOperator.NotEqual,
        "<" => ComparisonOperator.Less,
        "<=" => ComparisonOperator.LessOrEqual,
        ">" => ComparisonOperator.Greater,
        _ => ComparisonOperator.GreaterOrEqual,
    };

    private static RpcFailure OperatorNotSupported(string name, VisibilityField field) =>
        NotSupported($"operator '{name}' not supported for {field.Type} type search attribute '{field.Name}'");

    private static RpcFailure NotSupported(string what) => QueryParser.Invalid("operation is not supported: " + what);

    private static RpcFailure InvalidExpression(string why) => QueryParser.Invalid("invalid expression: " + why);
}
