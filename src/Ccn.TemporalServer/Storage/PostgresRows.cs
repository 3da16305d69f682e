using Ccn.TemporalServer.Visibility;
using Npgsql;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>Reads rows of the execution table.</summary>
internal static class PostgresRows
{
    /// <summary>The columns of <see cref="ReadHit"/>, in its order.</summary>
    public const string HitColumns = """
        workflow_id, run_id, workflow_type, task_queue, status, start_time, execution_time, close_time, history_length, history_size_bytes,
        state_transition_count, first_run_id, parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, search_attributes
        """;

    /// <summary>The columns of <see cref="ReadExecution"/>, in its order.</summary>
    public const string ExecutionColumns = HitColumns + ", namespace_id, is_current, state, next_due";

    /// <summary>A run as lists show it.</summary>
    public static VisibilityHit ReadHit(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        new(
            row.GetString(2),
            row.GetString(3),
            (WorkflowExecutionStatus)row.GetInt32(4),
            Instant(row, 5)!.Value,
            Instant(row, 6)!.Value,
            Instant(row, 7),
            row.GetInt64(8),
            row.GetInt64(9),
            row.GetInt64(10),
            row.GetString(11),
            Text(row, 12),
            Text(row, 13),
            row.GetString(14),
            row.GetString(15),
            Bytes(row, 16) is { } memo ? Memo.Parser.ParseFrom(memo) : null,
            Bytes(row, 17) is { } attributes ? SearchAttributes.Parser.ParseFrom(attributes) : null));

    /// <summary>A run as the engine loads it.</summary>
    public static StoredExecution ReadExecution(NpgsqlDataReader row)
    {
        var hit = ReadHit(row);
        return new(row.GetString(18), hit.WorkflowId, hit.RunId, row.GetBoolean(19), Bytes(row, 20)!, hit.Row, Instant(row, 21));
    }

    /// <summary>An open run: namespace, workflow ID, run ID, next due instant, whether it must be loaded.</summary>
    public static OpenRun ReadOpen(NpgsqlDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), Instant(row, 3), row.GetBoolean(4));

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static byte[]? Bytes(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private static DateTimeOffset? Instant(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : new DateTimeOffset(row.GetDateTime(column), TimeSpan.Zero);
}
