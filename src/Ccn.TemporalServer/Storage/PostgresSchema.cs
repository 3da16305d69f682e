using System.Globalization;
using Ccn.TemporalServer.Hosting;
using Npgsql;

namespace Ccn.TemporalServer.Storage;

/// <summary>The tables of the durable store, created and upgraded by the program itself, one numbered step after the other.</summary>
internal static class PostgresSchema
{
    /// <summary>
    /// One script for each version. A published script is never changed: the next change is the next script. Identifiers
    /// sort and compare by bytes (collation C), as in memory. Executions leave room in their pages, because most
    /// transitions change no indexed column and are then written beside the old row without touching an index.
    /// </summary>
    private static readonly string[] Scripts =
    [
        """
        CREATE TABLE server_state (
            only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
            schema_version integer NOT NULL,
            epoch bigint NOT NULL,
            clock_offset_ticks bigint NOT NULL
        );
        INSERT INTO server_state (schema_version, epoch, clock_offset_ticks) VALUES (0, 0, 0);

        CREATE TABLE namespace (
            id text COLLATE "C" PRIMARY KEY,
            name text COLLATE "C" NOT NULL UNIQUE,
            body bytea NOT NULL
        );

        CREATE TABLE search_attribute (
            namespace_id text COLLATE "C" NOT NULL,
            name text COLLATE "C" NOT NULL,
            type integer NOT NULL,
            PRIMARY KEY (namespace_id, name)
        );

        CREATE TABLE execution (
            namespace_id text COLLATE "C" NOT NULL,
            workflow_id text COLLATE "C" NOT NULL,
            run_id text COLLATE "C" NOT NULL,
            is_current boolean NOT NULL,
            state bytea NOT NULL,
            next_due timestamptz,
            workflow_type text COLLATE "C" NOT NULL,
            task_queue text COLLATE "C" NOT NULL,
            status integer NOT NULL,
            start_time timestamptz NOT NULL,
            execution_time timestamptz NOT NULL,
            close_time timestamptz,
            history_length bigint NOT NULL,
            history_size_bytes bigint NOT NULL,
            state_transition_count bigint NOT NULL,
            first_run_id text COLLATE "C" NOT NULL,
            parent_workflow_id text COLLATE "C",
            parent_run_id text COLLATE "C",
            root_workflow_id text COLLATE "C" NOT NULL,
            root_run_id text COLLATE "C" NOT NULL,
            memo bytea,
            search_attributes bytea,
            search_values jsonb NOT NULL,
            PRIMARY KEY (namespace_id, workflow_id, run_id)
        ) WITH (fillfactor = 70);

        CREATE UNIQUE INDEX execution_current ON execution (namespace_id, workflow_id) WHERE is_current;
        CREATE INDEX execution_open ON execution (start_time, run_id) WHERE close_time IS NULL;
        CREATE INDEX execution_listed ON execution
            (namespace_id, coalesce(close_time, 'infinity'::timestamptz) DESC, start_time DESC, run_id DESC);
        CREATE INDEX execution_by_type ON execution
            (namespace_id, workflow_type, coalesce(close_time, 'infinity'::timestamptz) DESC, start_time DESC, run_id DESC);
        CREATE INDEX execution_searched ON execution USING gin (search_values jsonb_path_ops);

        CREATE TABLE history (
            namespace_id text COLLATE "C" NOT NULL,
            workflow_id text COLLATE "C" NOT NULL,
            run_id text COLLATE "C" NOT NULL,
            first_event_id bigint NOT NULL,
            events bytea NOT NULL,
            PRIMARY KEY (namespace_id, workflow_id, run_id, first_event_id)
        );
        """,
        """
        CREATE TABLE schedule (
            namespace_id text COLLATE "C" NOT NULL,
            schedule_id text COLLATE "C" NOT NULL,
            state bytea NOT NULL,
            PRIMARY KEY (namespace_id, schedule_id)
        );
        """,
        """
        ALTER TABLE execution ADD COLUMN must_resume boolean NOT NULL DEFAULT true;
        """,
    ];

    /// <summary>Version that this program works with.</summary>
    public static int CurrentVersion => Scripts.Length;

    /// <summary>Brings the schema to the current version. The caller holds the fence, so nobody else does the same.</summary>
    /// <exception cref="TemporalServerStartException">The schema was made by a newer program.</exception>
    public static async Task UpgradeAsync(NpgsqlConnection connection, string schema, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, $"CREATE SCHEMA IF NOT EXISTS {Quoted(schema)}", cancel);
        var version = await VersionAsync(connection, cancel);
        if (version > CurrentVersion)
        {
            throw new TemporalServerStartException(
                $"Schema '{schema}' has version {version}, this program knows version {CurrentVersion}: start the newer program that made it.");
        }

        foreach (var script in Scripts.Skip(version))
        {
            await ExecuteAsync(connection, script, cancel);
        }

        if (version < CurrentVersion)
        {
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"UPDATE server_state SET schema_version = {CurrentVersion}"), cancel);
        }

        await transaction.CommitAsync(cancel);
    }

    /// <summary>An identifier for a statement or for the search path.</summary>
    public static string Quoted(string identifier) => '"' + identifier.Replace("\"", "\"\"", StringComparison.Ordinal) + '"';

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var exists = new NpgsqlCommand("SELECT to_regclass('server_state') IS NOT NULL", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancel))!)
        {
            return 0;
        }

        await using var version = new NpgsqlCommand("SELECT schema_version FROM server_state", connection);
        return (int)(await version.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
#pragma warning disable CA2100 // scripts of this class, and a quoted schema name
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }
}
