using Google.Protobuf;
using Npgsql;
using NpgsqlTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>Turns writes into commands. The texts are constant, so each is prepared once for the connection.</summary>
internal static class PostgresWrites
{
    private const string ClearCurrent = "UPDATE execution SET is_current = false WHERE namespace_id = $1 AND workflow_id = $2 AND is_current";

    private const string InsertExecution = """
        INSERT INTO execution (namespace_id, workflow_id, run_id, is_current, state, next_due, workflow_type, task_queue, status,
            start_time, execution_time, close_time, history_length, history_size_bytes, state_transition_count, first_run_id,
            parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, memo, search_attributes, search_values, must_resume)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)
        """;

    // A run never takes the mark of the current one back: only a new run does. A run that is not there fails the transaction.
    private const string UpdateExecution = """
        WITH changed AS (
            UPDATE execution SET is_current = is_current AND $4, state = $5, next_due = $6, workflow_type = $7, task_queue = $8, status = $9,
                start_time = $10, execution_time = $11, close_time = $12, history_length = $13, history_size_bytes = $14,
                state_transition_count = $15, first_run_id = $16, parent_workflow_id = $17, parent_run_id = $18,
                root_workflow_id = $19, root_run_id = $20, memo = $21, search_attributes = $22, search_values = $23, must_resume = $24
            WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3
            RETURNING 1)
        SELECT 1 / count(*)::int FROM changed
        """;

    private const string InsertHistory =
        "INSERT INTO history (namespace_id, workflow_id, run_id, first_event_id, events) VALUES ($1, $2, $3, $4, $5)";

    private const string DeleteHistory = "DELETE FROM history WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3";

    private const string DeleteExecution = "DELETE FROM execution WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3";

    private const string PassCurrentOn = """
        UPDATE execution SET is_current = true
        WHERE namespace_id = $1 AND workflow_id = $2
            AND run_id = (SELECT run_id FROM execution WHERE namespace_id = $1 AND workflow_id = $2 ORDER BY start_time DESC, run_id DESC LIMIT 1)
            AND NOT EXISTS (SELECT FROM execution WHERE namespace_id = $1 AND workflow_id = $2 AND is_current)
        """;

    private const string UpsertNamespace = """
        INSERT INTO namespace (id, name, body) VALUES ($1, $2, $3)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body
        """;

    private const string DeleteNamespace = "DELETE FROM namespace WHERE id = $1";

    private const string DeleteSearchAttributes = "DELETE FROM search_attribute WHERE namespace_id = $1";

    private const string DeleteSchedules = "DELETE FROM schedule WHERE namespace_id = $1";

    private const string UpsertSearchAttribute = """
        INSERT INTO search_attribute (namespace_id, name, type) VALUES ($1, $2, $3)
        ON CONFLICT (namespace_id, name) DO UPDATE SET type = excluded.type
        """;

    private const string DeleteSearchAttribute = "DELETE FROM search_attribute WHERE namespace_id = $1 AND name = $2";

    private const string UpsertSchedule = """
        INSERT INTO schedule (namespace_id, schedule_id, state) VALUES ($1, $2, $3)
        ON CONFLICT (namespace_id, schedule_id) DO UPDATE SET state = excluded.state
        """;

    private const string DeleteSchedule = "DELETE FROM schedule WHERE namespace_id = $1 AND schedule_id = $2";

    private const string UpdateClock = "UPDATE server_state SET clock_offset_ticks = $1";

    /// <summary>The commands of one write, in order.</summary>
    public static IEnumerable<NpgsqlBatchCommand> CommandsOf(StoreWrite write) => write switch
    {
        ExecutionWrite execution => Execution(execution),
        ExecutionDelete(var ns, var workflow, var run) =>
        [
            Command(DeleteHistory, Text(ns), Text(workflow), Text(run)),
            Command(DeleteExecution, Text(ns), Text(workflow), Text(run)),
            Command(PassCurrentOn, Text(ns), Text(workflow)),
        ],
        NamespaceWrite(var body) => [Namespace(body)],
        NamespaceDelete(var ns) => [Command(DeleteSearchAttributes, Text(ns)), Command(DeleteSchedules, Text(ns)), Command(DeleteNamespace, Text(ns))],
        SearchAttributeWrite { Type: IndexedValueType type } added =>
            [Command(UpsertSearchAttribute, Text(added.NamespaceId), Text(added.Name), Number((int)type))],
        SearchAttributeWrite removed => [Command(DeleteSearchAttribute, Text(removed.NamespaceId), Text(removed.Name))],
        ScheduleWrite { State: { } state } schedule => [Command(UpsertSchedule, Text(schedule.NamespaceId), Text(schedule.ScheduleId), Bytes(state))],
        ScheduleWrite removed => [Command(DeleteSchedule, Text(removed.NamespaceId), Text(removed.ScheduleId))],
        ClockWrite(var offset) => [Command(UpdateClock, Long(offset.Ticks))],
        _ => throw new NotSupportedException(write.GetType().Name),
    };

    private static IEnumerable<NpgsqlBatchCommand> Execution(ExecutionWrite write)
    {
        if (write is { IsNew: true, IsCurrent: true })
        {
            yield return Command(ClearCurrent, Text(write.NamespaceId), Text(write.WorkflowId));
        }

        var row = write.Visibility;
        var command = Command(
            write.IsNew ? InsertExecution : UpdateExecution,
            Text(write.NamespaceId),
            Text(write.WorkflowId),
            Text(write.RunId),
            new NpgsqlParameter<bool> { TypedValue = write.IsCurrent },
            Bytes(write.State),
            Instant(write.NextDue),
            Text(row.WorkflowType),
            Text(row.TaskQueue),
            Number((int)row.Status),
            Instant(row.StartTime),
            Instant(row.ExecutionTime),
            Instant(row.CloseTime),
            Long(row.HistoryLength),
            Long(row.HistorySizeBytes),
            Long(row.StateTransitionCount),
            Text(row.FirstRunId),
            Text(row.ParentWorkflowId),
            Text(row.ParentRunId),
            Text(row.RootWorkflowId),
            Text(row.RootRunId),
            Bytes(row.Memo?.ToByteArray()),
            Bytes(row.SearchAttributes?.ToByteArray()),
            new NpgsqlParameter<string> { TypedValue = SearchValuesJson.Of(row.SearchAttributes), NpgsqlDbType = NpgsqlDbType.Jsonb },
            new NpgsqlParameter<bool> { TypedValue = write.MustResume });
        yield return command;
        if (write.Events is { } events)
        {
            yield return Command(InsertHistory, Text(write.NamespaceId), Text(write.WorkflowId), Text(write.RunId), Long(write.FirstEventId), Bytes(events));
        }
    }

    private static NpgsqlBatchCommand Namespace(byte[] body)
    {
        var info = DescribeNamespaceResponse.Parser.ParseFrom(body).NamespaceInfo;
        return Command(UpsertNamespace, Text(info.Id), Text(info.Name), Bytes(body));
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static NpgsqlParameter Text(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter Bytes(byte[]? value) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)value ?? DBNull.Value };

    private static NpgsqlParameter<long> Long(long value) => new() { TypedValue = value };

    private static NpgsqlParameter<int> Number(int value) => new() { TypedValue = value };

    private static NpgsqlParameter Instant(DateTimeOffset? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = (object?)value?.UtcDateTime ?? DBNull.Value };
}
