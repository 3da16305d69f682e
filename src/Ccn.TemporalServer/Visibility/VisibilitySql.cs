using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Ccn.TemporalServer.Storage;
using Npgsql;
using NpgsqlTypes;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>
/// Turns a filter into SQL. Names of attributes and values are always parameters; the text holds nothing a caller wrote.
/// Negation is pushed down to the single conditions, which keeps SQL's third value as it is and lets positive equality
/// on search attributes be a containment (<c>@&gt;</c>), which the GIN index answers.
/// </summary>
internal sealed class VisibilitySql
{
    private const string NanosecondsOfDuration = "(extract(epoch FROM close_time - execution_time) * 1000000000)::bigint";

    private static readonly FrozenDictionary<string, string> Columns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["WorkflowId"] = "workflow_id",
        ["RunId"] = "run_id",
        ["WorkflowType"] = "workflow_type",
        ["TaskQueue"] = "task_queue",
        ["ExecutionStatus"] = "status",
        ["StartTime"] = "start_time",
        ["ExecutionTime"] = "execution_time",
        ["CloseTime"] = "close_time",
        ["ExecutionDuration"] = NanosecondsOfDuration,
        ["HistoryLength"] = WhenClosed("history_length"),
        ["HistorySizeBytes"] = WhenClosed("history_size_bytes"),
        ["StateTransitionCount"] = WhenClosed("state_transition_count"),
        ["ParentWorkflowId"] = "parent_workflow_id",
        ["ParentRunId"] = "parent_run_id",
        ["RootWorkflowId"] = "root_workflow_id",
        ["RootRunId"] = "root_run_id",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly StringBuilder sql = new();
    private readonly NpgsqlParameterCollection parameters;

    private VisibilitySql(NpgsqlParameterCollection parameters) => this.parameters = parameters;

    /// <summary>Appends the condition's parameters to those that are there, and gives back its text.</summary>
    public static string Condition(VisibilityFilter filter, NpgsqlParameterCollection parameters)
    {
        var builder = new VisibilitySql(parameters);
        builder.Append(filter, negated: false);
        return builder.sql.ToString();
    }

    private static string WhenClosed(string column) => $"CASE WHEN close_time IS NOT NULL THEN {column} END";

    private void Append(VisibilityFilter filter, bool negated)
    {
        switch (filter)
        {
            case VisibilityFilter.And and:
                AppendParts(and.Parts, negated ? " OR " : " AND ", negated);
                break;
            case VisibilityFilter.Or or:
                AppendParts(or.Parts, negated ? " AND " : " OR ", negated);
                break;
            case VisibilityFilter.Not not:
                Append(not.Inner, !negated);
                break;
            case VisibilityFilter.Comparison comparison:
                AppendComparison(comparison.Field, negated ? Opposite(comparison.Operator) : comparison.Operator, comparison.Value);
                break;
            case VisibilityFilter.In among:
                AppendIn(among, negated);
                break;
            case VisibilityFilter.Between between:
                sql.Append(Expression(between.Field, between.Low)).Append(negated ? " NOT BETWEEN " : " BETWEEN ")
                    .Append(Value(between.Field, between.Low)).Append(" AND ").Append(Value(between.Field, between.High));
                break;
            case VisibilityFilter.IsNull isNull:
                sql.Append(isNull.Field.IsColumn ? Columns[isNull.Field.Name] : Typed(isNull.Field)).Append(negated ? " IS NOT NULL" : " IS NULL");
                break;
            case VisibilityFilter.StartsWith startsWith:
                sql.Append(negated ? "NOT " : "").Append("starts_with(").Append(Expression(startsWith.Field, startsWith.Prefix)).Append(", ")
                    .Append(Parameter(startsWith.Prefix)).Append(')');
                break;
            default:
                throw new NotSupportedException(filter.GetType().Name);
        }
    }

    private void AppendParts(IReadOnlyList<VisibilityFilter> parts, string separator, bool negated)
    {
        sql.Append('(');
        for (var i = 0; i < parts.Count; i++)
        {
            sql.Append(i == 0 ? "" : separator);
            Append(parts[i], negated);
        }

        sql.Append(')');
    }

    private void AppendComparison(VisibilityField field, ComparisonOperator comparison, object value)
    {
        if (!field.IsColumn && comparison == ComparisonOperator.Equal)
        {
            AppendContains(field, value);
        }
        else if (IsList(field))
        {
            // Lists know only = and != (the parser sees to that), and != holds for lists that exist.
            sql.Append("NOT (").Append(Typed(field)).Append(" ? ").Append(Parameter(value)).Append(')');
        }
        else
        {
            sql.Append(Expression(field, value)).Append(Symbol(comparison)).Append(Value(field, value));
        }
    }

    private void AppendIn(VisibilityFilter.In among, bool negated)
    {
        if (among.Field.IsColumn)
        {
            sql.Append(Expression(among.Field, among.Values[0])).Append(negated ? " NOT IN (" : " IN (")
                .AppendJoin(", ", among.Values.Select(v => Value(among.Field, v))).Append(')');
        }
        else if (!negated)
        {
            sql.Append('(');
            for (var i = 0; i < among.Values.Count; i++)
            {
                sql.Append(i == 0 ? "" : " OR ");
                AppendContains(among.Field, among.Values[i]);
            }

            sql.Append(')');
        }
        else
        {
            AppendParts([.. among.Values.Select(v => new VisibilityFilter.Comparison(among.Field, ComparisonOperator.Equal, v))], " AND ", negated: true);
        }
    }

    private void AppendContains(VisibilityField field, object value) =>
        sql.Append("search_values @> ").Append(Parameter(SearchValuesJson.Of(field.Name, value, IsList(field)), NpgsqlDbType.Jsonb));

    private static bool IsList(VisibilityField field) => field.Type is IndexedValueType.KeywordList or IndexedValueType.Text && !field.IsColumn;

    /// <summary>
    /// The field as a typed value. One stored under the name when it had another type (removed and added anew) counts as
    /// missing instead of failing the query.
    /// </summary>
    private string Expression(VisibilityField field, object comparedWith)
    {
        if (field.IsColumn)
        {
            return Columns[field.Name];
        }

        var name = Parameter(field.Name);
        return field.Type switch
        {
            IndexedValueType.Keyword => $"(CASE WHEN jsonb_typeof(search_values -> {name}) = 'string' THEN search_values ->> {name} END COLLATE \"C\")",
            IndexedValueType.Bool => $"(CASE WHEN jsonb_typeof(search_values -> {name}) = 'boolean' THEN (search_values -> {name})::boolean END)",
            _ => $"(CASE WHEN jsonb_typeof(search_values -> {name}) = 'number' THEN (search_values -> {name})::{(comparedWith is double ? "float8" : "numeric")} END)",
        };
    }

    /// <summary>The field as JSON; null when it is missing or of another type.</summary>
    private string Typed(VisibilityField field)
    {
        var name = Parameter(field.Name);
        var jsonType = field.Type switch
        {
            IndexedValueType.Keyword => "string",
            IndexedValueType.Bool => "boolean",
            IndexedValueType.KeywordList or IndexedValueType.Text => "array",
            _ => "number",
        };
        return $"(CASE WHEN jsonb_typeof(search_values -> {name}) = '{jsonType}' THEN search_values -> {name} END)";
    }

    private string Value(VisibilityField field, object value) =>
        Parameter(value is DateTimeOffset instant && !field.IsColumn ? SearchValuesJson.TicksOf(instant) : value);

    private string Parameter(object value, NpgsqlDbType? type = null)
    {
        var parameter = new NpgsqlParameter { Value = value is DateTimeOffset instant ? instant.UtcDateTime : value };
        if (type is { } given)
        {
            parameter.NpgsqlDbType = given;
        }

        parameters.Add(parameter);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    private static ComparisonOperator Opposite(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => ComparisonOperator.NotEqual,
        ComparisonOperator.NotEqual => ComparisonOperator.Equal,
        ComparisonOperator.Less => ComparisonOperator.GreaterOrEqual,
        ComparisonOperator.LessOrEqual => ComparisonOperator.Greater,
        ComparisonOperator.Greater => ComparisonOperator.LessOrEqual,
        _ => ComparisonOperator.Less,
    };

    private static string Symbol(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => " = ",
        ComparisonOperator.NotEqual => " <> ",
        ComparisonOperator.Less => " < ",
        ComparisonOperator.LessOrEqual => " <= ",
        ComparisonOperator.Greater => " > ",
        _ => " >= ",
    };
}
