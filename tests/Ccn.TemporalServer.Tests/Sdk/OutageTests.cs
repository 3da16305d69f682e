using System.Diagnostics;
using Ccn.TemporalServer.Hosting;
using Ccn.Testing;
using Npgsql;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>A database that is gone for a while, or full: callers are told UNAVAILABLE, and the same server goes on afterwards.</summary>
public sealed class OutageTests
{
    private const int SignalBytes = 4000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_is_gone_callers_are_told_so_and_a_timer_of_that_time_fires_afterwards()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The processes of the database are found by Linux's /proc.");
        await using var database = new PostgresServer();
        await database.InitializeAsync();
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { ConnectionString = await database.CreateDatabaseAsync() }, Cancel);
        var client = await ConnectAsync(server);
        var delayed = await client.StartWorkflowAsync("Nobody", [], new("delayed", "idle") { StartDelay = TimeSpan.FromSeconds(2) });
        Assert.True(await client.Connection.CheckHealthAsync());

        await database.CrashAsync();
        Assert.Equal(RpcException.StatusCode.Unavailable, await CodeAsync(() => SignalAsync(client, "delayed", "lost")));
        Assert.Equal(RpcException.StatusCode.Unavailable, await CodeAsync(() => client.WorkflowService.DescribeWorkflowExecutionAsync(new() { Namespace = "default", Execution = new() { WorkflowId = "never heard of" } })));
        Assert.Equal(RpcException.StatusCode.Unavailable, await CodeAsync(() => client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default" })));
        Assert.False(await client.Connection.CheckHealthAsync());
        await Task.Delay(TimeSpan.FromSeconds(2), Cancel);   // the delay ends while nothing can be stored
        await database.RestartAsync();

        await MixedLoad.AnsweredAsync(() => SignalAsync(client, "delayed", "kept"), Cancel);
        Assert.Equal(["kept"], await SignalsAsync(delayed));
        await HasEventAsync(delayed, EventType.WorkflowTaskScheduled);
        await HealthyAsync(client);
    }

    [Fact]
    public async Task While_the_disk_is_full_callers_are_told_so_and_nothing_acknowledged_is_lost()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "A small disk of its own can only be mounted as root.");
        await using var disk = await SmallDisk.MountAsync();
        await using var database = new PostgresServer();
        await database.InitializeAsync();
        await disk.CreateDatabaseAsync(database);
        var connectionString = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = SmallDisk.Database }.ConnectionString;
        await using (var server = await EmbeddedTemporalServer.StartAsync(new() { ConnectionString = connectionString }, Cancel))
        {
            var client = await ConnectAsync(server);
            var handle = await client.StartWorkflowAsync("Nobody", [], new("wf", "idle"));
            disk.Fill();

            var acknowledged = new List<string>();
            string refused;
            for (var number = 0; ; number++)
            {
                var name = $"{number:D5}";
                if (await CodeAsync(() => SignalAsync(client, "wf", name)) is { } code)
                {
                    Assert.Equal(RpcException.StatusCode.Unavailable, code);
                    refused = name;
                    break;
                }

                acknowledged.Add(name);
            }

            disk.Free();
            await MixedLoad.AnsweredAsync(() => SignalAsync(client, "wf", refused), Cancel);
            Assert.Equal([.. acknowledged, refused], await SignalsAsync(handle));
            await HealthyAsync(client);
        }

        NpgsqlConnection.ClearAllPools();
    }

    private static Task<TemporalClient> ConnectAsync(EmbeddedTemporalServer server) =>
        TemporalClient.ConnectAsync(new(server.Address) { RpcRetry = new() { MaxRetries = 1, MaxElapsedTime = TimeSpan.FromMilliseconds(1) } });

    private static Task<Temporalio.Api.WorkflowService.V1.SignalWorkflowExecutionResponse> SignalAsync(TemporalClient client, string workflowId, string name) =>
        client.WorkflowService.SignalWorkflowExecutionAsync(new()
        {
            Namespace = "default",
            WorkflowExecution = new() { WorkflowId = workflowId },
            SignalName = name,
            RequestId = name,
            Input = new() { Payloads_ = { new Temporalio.Api.Common.V1.Payload { Data = Google.Protobuf.ByteString.CopyFrom(RandomBytes()) } } },
        });

    /// <summary>Bytes that cannot be compressed away.</summary>
    private static byte[] RandomBytes()
    {
        var bytes = new byte[SignalBytes];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The code by which a call fails; null when it succeeds.</summary>
    private static async Task<RpcException.StatusCode?> CodeAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException e)
        {
            return e.Code;
        }
    }

    private static async Task<List<string>> SignalsAsync(WorkflowHandle handle) =>
        [.. (await handle.FetchHistoryAsync()).Events.Select(e => e.WorkflowExecutionSignaledEventAttributes?.SignalName).OfType<string>()];

    private static async Task HasEventAsync(WorkflowHandle handle, EventType type)
    {
        while ((await handle.FetchHistoryAsync()).Events.All(e => e.EventType != type))
        {
            await Task.Delay(50, Cancel);
        }
    }

    private static async Task HealthyAsync(TemporalClient client)
    {
        while (!await client.Connection.CheckHealthAsync())
        {
            await Task.Delay(50, Cancel);
        }
    }

    /// <summary>A file system in memory that holds little, with a database on it; the log of the database is elsewhere.</summary>
    private sealed class SmallDisk(string folder) : IAsyncDisposable
    {
        public const string Database = "small";

        private const string Size = "48m";

        private string Filler => Path.Combine(folder, "filler");

        public static async Task<SmallDisk> MountAsync()
        {
            var folder = Directory.CreateTempSubdirectory("ccn-disk-").FullName;
            try
            {
                await RunAsync("mount", "-t", "tmpfs", "-o", $"size={Size},mode=777", "tmpfs", folder);
            }
            catch (InvalidOperationException e)
            {
                Directory.Delete(folder);
                Assert.Skip("No small disk can be mounted here: " + e.Message);
            }

            return new(folder);
        }

        public async Task CreateDatabaseAsync(PostgresServer postgres)
        {
            var place = Path.Combine(folder, "tables");
            Directory.CreateDirectory(place);
            await RunAsync("chown", "--reference=/proc/" + postgres.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture), place);
            await using var connection = new NpgsqlConnection(postgres.ConnectionString);
            await connection.OpenAsync(Cancel);
            foreach (var sql in new[] { $"CREATE TABLESPACE small LOCATION '{place}'", $"CREATE DATABASE {Database} TEMPLATE template0 TABLESPACE small" })
            {
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(Cancel);
            }
        }

        /// <summary>Takes all the room that is left.</summary>
        public void Fill()
        {
            using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            try
            {
                while (true)
                {
                    file.Write(block);
                }
            }
            catch (IOException)
            {
                // now it is full
            }
        }

        public void Free() => File.Delete(Filler);

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "-l", folder);
            Directory.Delete(folder);
        }

        private static async Task RunAsync(string program, params string[] arguments)
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync(Cancel);
            await process.WaitForExitAsync(Cancel);
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"{program}: {error.Trim()}");
            }
        }
    }
}
