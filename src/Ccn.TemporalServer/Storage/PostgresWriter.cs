using System.Diagnostics;
using Ccn.TemporalServer.Hosting;
using Npgsql;

namespace Ccn.TemporalServer.Storage;

/// <summary>
/// The one connection that writes. It holds the fence: an advisory lock as long as it lives, which refuses a second
/// server at its start, and the epoch, checked in every transaction, which stops a server that lost its lock without
/// noticing (a cut connection, a paused machine).
/// </summary>
internal sealed class PostgresWriter(string connectionString, string schema) : IAsyncDisposable
{
    /// <summary>First half of the lock's key ("CCNT"); the second is made from the schema, so two schemas do not collide.</summary>
    private const int LockClass = 0x43434E54;

    private const int LeastPostgresVersion = 15;

    /// <summary>After a cut the database needs a moment to notice that the old connection is gone and to free its lock.</summary>
    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LockRetry = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim turn = new(1, 1);
    private NpgsqlConnection? connection;
    private long epoch;

    /// <summary>Takes the fence for the first time: creates or upgrades the schema and begins a new epoch.</summary>
    public async Task<long> OpenAsync(CancellationToken cancel)
    {
        var opened = await ConnectAsync(cancel);
        try
        {
            if (opened.PostgreSqlVersion.Major < LeastPostgresVersion)
            {
                throw new TemporalServerStartException($"PostgreSQL {opened.PostgreSqlVersion} on {opened.Host} is too old: {LeastPostgresVersion} or later is needed.");
            }

            // The database may not have noticed yet that the server before was killed.
            if (!await LockAsync(opened, () => Task.CompletedTask, cancel))
            {
                throw new TemporalServerStartException(
                    $"Another server works on schema '{schema}' of database '{opened.Database}' on {opened.Host}: stop it first, or choose another schema.");
            }

            await PostgresSchema.UpgradeAsync(opened, schema, cancel);
            await using var begin = new NpgsqlCommand("UPDATE server_state SET epoch = epoch + 1 RETURNING epoch", opened);
            epoch = (long)(await begin.ExecuteScalarAsync(cancel))!;
            connection = opened;
            return epoch;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Waits until nothing of an earlier, broken transaction can still be under way: whoever reads after a failed commit
    /// must see how it ended.
    /// </summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref connection) is not null)
        {
            return;
        }

        await turn.WaitAsync(cancel);
        try
        {
            await ReconnectAsync(cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs commands as one transaction, after the check of the epoch.</summary>
    public async Task CommitAsync(IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            var open = await ReconnectAsync(cancel);
            try
            {
                await CommitAsync(open, commands, cancel);
            }
            catch (Exception e) when (e is not StoreFencedException)
            {
                // The state of the connection, and perhaps of the transaction, is unknown. A new one begins afresh.
                await DropConnectionAsync();
                throw;
            }
        }
        finally
        {
            turn.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DropConnectionAsync();
        turn.Dispose();
    }

    /// <summary>
    /// A batch is a transaction of its own: one trip to the database and back. So whatever must not be committed has to
    /// fail in the database, and the two checks are divisions by zero.
    /// </summary>
    private async Task CommitAsync(NpgsqlConnection open, IReadOnlyList<NpgsqlBatchCommand> commands, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(open);

        // The lock on the row makes the next server's start wait for this transaction, and not overtake it.
        var fence = new NpgsqlBatchCommand("SELECT 1 / (epoch = $1)::int FROM server_state FOR SHARE") { Parameters = { new NpgsqlParameter<long> { TypedValue = epoch } } };
        batch.BatchCommands.Add(fence);
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        try
        {
            await batch.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
        {
            throw ReferenceEquals(e.BatchCommand, fence)
                ? Fenced()
                : new InvalidOperationException("A run that should exist was not found.", e);
        }
    }

    private async Task<NpgsqlConnection> ReconnectAsync(CancellationToken cancel)
    {
        if (connection is { } open)
        {
            return open;
        }

        var fresh = await ConnectAsync(cancel);
        try
        {
            var locked = await LockAsync(fresh, () => CheckEpochAsync(fresh, cancel), cancel);
            await CheckEpochAsync(fresh, cancel);
            if (!locked)
            {
                throw new NpgsqlException("The database still holds the lock of the connection before.");
            }

            Volatile.Write(ref connection, fresh);
            return fresh;
        }
        catch
        {
            await fresh.DisposeAsync();
            throw;
        }
    }

    private async Task CheckEpochAsync(NpgsqlConnection open, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT epoch FROM server_state", open);
        if ((long)(await command.ExecuteScalarAsync(cancel))! != epoch)
        {
            throw Fenced();
        }
    }

    private StoreFencedException Fenced() => new($"another server has taken over schema '{schema}'");

    /// <summary>Takes the lock, and waits a little where somebody has it; false when it is not given up.</summary>
    private async Task<bool> LockAsync(NpgsqlConnection open, Func<Task> check, CancellationToken cancel)
    {
        for (var began = Stopwatch.GetTimestamp(); !await TryLockAsync(open, cancel);)
        {
            if (Stopwatch.GetElapsedTime(began) > LockPatience)
            {
                return false;
            }

            await check();
            await Task.Delay(LockRetry, cancel);
        }

        return true;
    }

    private async Task<bool> TryLockAsync(NpgsqlConnection open, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1, hashtext($2))", open)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = LockClass }, new NpgsqlParameter<string> { TypedValue = schema } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<NpgsqlConnection> ConnectAsync(CancellationToken cancel)
    {
        var fresh = new NpgsqlConnection(connectionString);
        try
        {
            await fresh.OpenAsync(cancel);
            return fresh;
        }
        catch
        {
            await fresh.DisposeAsync();
            throw;
        }
    }

    private async Task DropConnectionAsync()
    {
        if (Interlocked.Exchange(ref connection, null) is { } dropped)
        {
            await dropped.DisposeAsync();
        }
    }
}
