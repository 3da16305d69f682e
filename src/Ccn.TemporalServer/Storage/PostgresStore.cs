using System.Runtime.CompilerServices;
using Ccn.TemporalServer.Visibility;
using Ccn.TemporalServer.Wire;
using Grpc.Core;
using Npgsql;
using NpgsqlTypes;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Storage;

/// <summary>
/// Keeps everything in PostgreSQL 15 or later. One connection writes (<see cref="PostgresWriter"/>), a pool reads. Instants
/// are kept in microseconds; the mutable state of a run, which the engine owns, is not touched.
/// </summary>
internal sealed class PostgresStore : IStore
{
    private const string Order = "coalesce(close_time, 'infinity'::timestamptz) DESC, start_time DESC, run_id DESC";

    /// <summary>Class of the error codes by which the server ends a connection: shutdown, crash, an administrator.</summary>
    private const string OperatorIntervention = "57P";

    /// <summary>Connection, too few resources (disk, memory, connections), operator, system: classes that pass without a change of the program.</summary>
    private static readonly string[] Outages = ["08", "53", "57", "58"];

    private readonly PostgresWriter writer;
    private readonly NpgsqlDataSource reads;

    /// <summary>Prepares a store; nothing is connected yet.</summary>
    /// <param name="connectionString">Where the database is.</param>
    /// <param name="schema">Schema of the tables.</param>
    /// <param name="asynchronousCommit">Do not wait for the disk.</param>
    public PostgresStore(string connectionString, string schema, bool asynchronousCommit)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            SearchPath = PostgresSchema.Quoted(schema),
            ApplicationName = "ccn-temporal",
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        reads = NpgsqlDataSource.Create(settings);

        // The writer's connection holds a lock, which a pool would take along to its next user.
        settings.Pooling = false;
        settings.IncludeFailedBatchedCommand = true;   // which of the writer's checks failed
        settings.Options = $"{settings.Options} -c synchronous_commit={(asynchronousCommit ? "off" : "on")}".Trim();
        writer = new(settings.ConnectionString, schema);
    }

    /// <inheritdoc/>
    public async Task<StoreOpening> OpenAsync(CancellationToken cancel)
    {
        var epoch = await writer.OpenAsync(cancel);
        var offset = await ReadAsync(_ => "SELECT clock_offset_ticks FROM server_state", r => r.GetInt64(0), cancel);
        var namespaces = await ReadAsync(_ => "SELECT body FROM namespace ORDER BY name", r => r.GetFieldValue<byte[]>(0), cancel);
        var attributes = await ReadAsync(
            _ => "SELECT namespace_id, name, type FROM search_attribute ORDER BY namespace_id, name",
            r => new StoredSearchAttribute(r.GetString(0), r.GetString(1), (IndexedValueType)r.GetInt32(2)),
            cancel);
        var schedules = await ReadAsync(
            _ => "SELECT namespace_id, schedule_id, state FROM schedule ORDER BY namespace_id, schedule_id",
            r => new StoredSchedule(r.GetString(0), r.GetString(1), r.GetFieldValue<byte[]>(2)),
            cancel);
        return new(epoch, TimeSpan.FromTicks(offset[0]), namespaces, attributes, schedules);
    }

    /// <inheritdoc/>
    public Task CommitAsync(IReadOnlyList<StoreWrite> writes, CancellationToken cancel) =>
        writer.CommitAsync([.. writes.SelectMany(PostgresWrites.CommandsOf)], cancel);

    /// <inheritdoc/>
    public async IAsyncEnumerable<OpenRun> LoadOpenAsync([EnumeratorCancellation] CancellationToken cancel)
    {
        var open = await ReachableAsync(() => ReadAsync(
            _ => "SELECT namespace_id, workflow_id, run_id, next_due, must_resume FROM execution WHERE close_time IS NULL ORDER BY start_time, run_id",
            PostgresRows.ReadOpen,
            cancel));
        foreach (var run in open)
        {
            yield return run;
        }
    }

    /// <inheritdoc/>
    public async Task<StoredExecution?> LoadAsync(string namespaceId, string workflowId, string? runId, CancellationToken cancel)
    {
        var found = await ReachableAsync(() => ReadAsync(
            command =>
            {
                var workflow = $"namespace_id = {Add(command, namespaceId, NpgsqlDbType.Text)} AND workflow_id = {Add(command, workflowId, NpgsqlDbType.Text)}";
                var run = runId is null ? "is_current" : $"run_id = {Add(command, runId, NpgsqlDbType.Text)}";
                return $"SELECT {PostgresRows.ExecutionColumns} FROM execution WHERE {workflow} AND {run}";
            },
            PostgresRows.ReadExecution,
            cancel));
        return found.Count > 0 ? found[0] : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<StoredBatch>> LoadHistoryAsync(string namespaceId, string workflowId, string runId, CancellationToken cancel)
    {
        return await ReachableAsync(() => ReadAsync(
            command =>
            {
                Add(command, namespaceId, NpgsqlDbType.Text);
                Add(command, workflowId, NpgsqlDbType.Text);
                Add(command, runId, NpgsqlDbType.Text);
                return "SELECT first_event_id, events FROM history WHERE namespace_id = $1 AND workflow_id = $2 AND run_id = $3 ORDER BY first_event_id";
            },
            row => new StoredBatch(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            cancel));
    }

    /// <inheritdoc/>
    public async Task<VisibilityPage> ListAsync(VisibilityQuery query, CancellationToken cancel)
    {
        var hits = await ReachableAsync(() => ReadAsync(
            command =>
            {
                var where = Where(query, command);
                if (query.After is { } after)
                {
                    var close = Add(command, after.CloseTime?.UtcDateTime ?? DateTime.MaxValue, NpgsqlDbType.TimestampTz);
                    var start = Add(command, after.StartTime.UtcDateTime, NpgsqlDbType.TimestampTz);
                    where += $" AND (coalesce(close_time, 'infinity'::timestamptz), start_time, run_id) < ({close}, {start}, {Add(command, after.RunId, NpgsqlDbType.Text)})";
                }

                return $"SELECT {PostgresRows.HitColumns} FROM execution WHERE {where} ORDER BY {Order} LIMIT {Add(command, query.PageSize, NpgsqlDbType.Integer)}";
            },
            PostgresRows.ReadHit,
            cancel));
        return new(hits, hits.Count < query.PageSize ? null : new(hits[^1].Row.CloseTime, hits[^1].Row.StartTime, hits[^1].RunId));
    }

    /// <inheritdoc/>
    public async Task<VisibilityCount> CountAsync(VisibilityQuery query, CancellationToken cancel)
    {
        var groups = await ReachableAsync(() => ReadAsync(
            command => $"SELECT status, count(*) FROM execution WHERE {Where(query, command)} GROUP BY status ORDER BY status",
            row => ((WorkflowExecutionStatus)row.GetInt32(0), row.GetInt64(1)),
            cancel));
        return new(groups.Sum(g => g.Item2), query.GroupByStatus ? groups : []);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await writer.DisposeAsync();
        await reads.DisposeAsync();
    }

    private static string Where(VisibilityQuery query, NpgsqlCommand command)
    {
        var ofNamespace = "namespace_id = " + Add(command, query.NamespaceId, NpgsqlDbType.Text);
        return query.Filter is { } filter ? $"{ofNamespace} AND {VisibilitySql.Condition(filter, command.Parameters)}" : ofNamespace;
    }

    private static string Add(NpgsqlCommand command, object value, NpgsqlDbType type)
    {
        command.Parameters.Add(new() { Value = value, NpgsqlDbType = type });
        return FormattableString.Invariant($"${command.Parameters.Count}");
    }

    /// <summary>
    /// Reads, once nothing of a broken write is under way any more. A database that is out of reach or out of resources is
    /// UNAVAILABLE to whoever asked, which SDKs try again; everything else is a mistake of this program.
    /// </summary>
    private async Task<T> ReachableAsync<T>(Func<Task<T>> read)
    {
        try
        {
            await writer.SettleAsync(CancellationToken.None);
            return await read();
        }
        catch (Exception e) when (e is TimeoutException or NpgsqlException and not PostgresException || (e is PostgresException { SqlState: var state } && IsOutage(state)))
        {
            throw new RpcFailure(StatusCode.Unavailable, "the database cannot be read: " + e.Message);
        }
    }

    private static bool IsOutage(string sqlState) => Outages.Any(prefix => sqlState.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>
    /// Reads all rows of a query. A connection from the pool may have died unnoticed (a restart of the database), so a
    /// read that a dead connection failed is asked once more on a new one.
    /// </summary>
    private async Task<List<T>> ReadAsync<T>(Func<NpgsqlCommand, string> prepare, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        try
        {
            return await ReadOnceAsync(prepare, read, cancel);
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.SqlState?.StartsWith(OperatorIntervention, StringComparison.Ordinal) == true)
        {
            reads.Clear();
            return await ReadOnceAsync(prepare, read, cancel);
        }
    }

    private async Task<List<T>> ReadOnceAsync<T>(Func<NpgsqlCommand, string> prepare, Func<NpgsqlDataReader, T> read, CancellationToken cancel)
    {
        await using var command = reads.CreateCommand();
#pragma warning disable CA2100 // made of constants of this class and numbers of parameters
        command.CommandText = prepare(command);
#pragma warning restore CA2100
        var rows = new List<T>();
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
