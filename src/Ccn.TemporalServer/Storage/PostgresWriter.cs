using System.Diagnostics;
using System.Globalization;
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
    /// <param name="commands">Each with whether it must change exactly one row.</param>
    /// <param name="cancel">Gives up; the transaction is then rolled back.</param>
    public async Task CommitAsync(IReadOnlyList<PostgresWrite> commands, CancellationToken cancel)
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

    private async Task CommitAsync(NpgsqlConnection open, IReadOnlyList<PostgresWrite> commands, CancellationToken cancel)
    {
        await using var transaction = await open.BeginTransactionAsync(cancel);
        await using var batch = new NpgsqlBatch(open, transaction);

        // The lock on the row makes the next server's start wait for this transaction, and not overtake it.
        batch.BatchCommands.Add(new("SELECT epoch FROM server_state WHERE epoch = $1 FOR SHARE") { Parameters = { new NpgsqlParameter<long> { TypedValue = epoch } } });
        foreach (var write in commands)
        {
            batch.BatchCommands.Add(write.Command);
        }

        await batch.ExecuteNonQueryAsync(cancel);
        if (batch.BatchCommands[0].Rows != 1)
        {
            throw Fenced();
        }

        for (var i = 0; i < commands.Count; i++)
        {
            if (commands[i].MustChangeOneRow && commands[i].Command.Rows != 1)
            {
                throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Write {i} of {commands.Count} found {commands[i].Command.Rows} rows instead of one."));
            }
        }

        await transaction.CommitAsync(cancel);
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

/// <summary>A command of a transaction, and whether the transaction makes sense only if it changes exactly one row.</summary>
internal readonly record struct PostgresWrite(NpgsqlBatchCommand Command, bool MustChangeOneRow);
