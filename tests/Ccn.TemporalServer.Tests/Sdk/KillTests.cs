using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>
/// The executable on PostgreSQL is killed again and again while workflows of all shapes run. All of them finish, each once, no
/// signal that was acknowledged is lost or doubled, and no history has a gap.
/// </summary>
[Collection(PostgresCollection.Name)]
public sealed class KillTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int Steps = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);
    private static readonly int Rounds = FromEnvironment("CCN_KILL_ROUNDS", 4);
    private static readonly int Workflows = FromEnvironment("CCN_KILL_WORKFLOWS", 36);
    private static readonly string Executable = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "Ccn.TemporalServer.exe" : "Ccn.TemporalServer");

    private readonly MixedActivities activities = new();

    [Fact]
    public async Task Killed_again_and_again_it_loses_and_repeats_nothing()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience + (Rounds * TimeSpan.FromSeconds(5)));
        var database = await postgres.CreateDatabaseAsync();
        var port = FreePort();
        string[] arguments = ["server", "start", "--port", port.ToString(CultureInfo.InvariantCulture), "--connection-string", database, "--log-level", "error"];
        var server = Launch(arguments);
        try
        {
            var client = await ConnectAsync(port, patience.Token);
            using var worker = new TemporalWorker(client, new TemporalWorkerOptions("mixed").AddWorkflow<MixedWorkflow>().AddAllActivities(activities));
            await worker.ExecuteAsync(
                async () =>
                {
                    var work = Enumerable.Range(0, Workflows).Select(n => OneAsync(client, n, patience.Token)).ToList();
                    for (var round = 1; round <= Rounds && work.Exists(w => !w.IsCompleted); round++)
                    {
                        await Task.Delay(Random.Shared.Next(300, 2000), patience.Token);
                        await KillAsync(server);
                        server = Launch(arguments);
                        output.WriteLine($"kill {round}: {work.Count(w => w.IsCompleted)} of {work.Count} were done");
                        await ConnectAsync(port, patience.Token);
                    }

                    await Task.WhenAll(work);
                    await CheckHistoriesAsync(client);
                },
                patience.Token);
        }
        finally
        {
            await KillAsync(server);
        }

        await postgres.DropDatabaseAsync(database);
    }

    private static async Task KillAsync(Process server)
    {
        server.Kill();
        await server.WaitForExitAsync(CancellationToken.None);
        server.Dispose();
    }

    /// <summary>Starts one workflow, sends what it waits for, and checks its result; every call is repeated until it is answered.</summary>
    private static async Task OneAsync(TemporalClient client, int number, CancellationToken cancel)
    {
        var shape = (MixedShape)(number % Enum.GetValues<MixedShape>().Length);
        var id = $"{shape}-{number}";
        var run = await AnsweredAsync(
            () => client.WorkflowService.StartWorkflowExecutionAsync(new()
            {
                Namespace = "default",
                WorkflowId = id,
                WorkflowType = new() { Name = "MixedWorkflow" },
                TaskQueue = new() { Name = "mixed" },
                Input = new() { Payloads_ = { client.Options.DataConverter.PayloadConverter.ToPayload(new MixedInput(shape, Steps)) } },
                RequestId = id,
                WorkflowIdReusePolicy = WorkflowIdReusePolicy.RejectDuplicate,
            }),
            cancel);
        for (var signal = 0; shape == MixedShape.Signals && signal < Steps; signal++)
        {
            var input = client.Options.DataConverter.PayloadConverter.ToPayload(signal);
            await AnsweredAsync(
                () => client.WorkflowService.SignalWorkflowExecutionAsync(new()
                {
                    Namespace = "default",
                    WorkflowExecution = new() { WorkflowId = id },
                    SignalName = "Signal",
                    Input = new() { Payloads_ = { input } },
                    RequestId = $"{id}:{signal}",
                }),
                cancel);
            await Task.Delay(400, cancel);
        }

        var handle = client.GetWorkflowHandle(id) with { ResultRunId = run.RunId };
        Assert.Equal(Steps, await AnsweredAsync(() => handle.GetResultAsync<int>(), cancel));
    }

    private async Task CheckHistoriesAsync(TemporalClient client)
    {
        var events = 0;
        await foreach (var execution in client.ListWorkflowsAsync(""))
        {
            Assert.True(execution.Status is WorkflowExecutionStatus.Completed or WorkflowExecutionStatus.ContinuedAsNew, $"{execution.Id} is {execution.Status}");
            var history = await client.GetWorkflowHandle(execution.Id, execution.RunId).FetchHistoryAsync();
            Assert.Equal(Enumerable.Range(1, history.Events.Count).Select(n => (long)n), history.Events.Select(e => e.EventId));
            Assert.Equal(history.Events.Count, execution.HistoryLength);
            events += history.Events.Count;
        }

        var completed = await client.CountWorkflowsAsync("ExecutionStatus = 'Completed'");
        Assert.Equal(Workflows + Enumerable.Range(0, Workflows).Count(n => n % Enum.GetValues<MixedShape>().Length == (int)MixedShape.Children), completed.Count);
        output.WriteLine($"{completed.Count} chains, {events} events");
    }

    /// <summary>A server that is down answers nothing: the same request goes out again.</summary>
    private static async Task<T> AnsweredAsync<T>(Func<Task<T>> call, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.Unavailable or RpcException.StatusCode.DeadlineExceeded or RpcException.StatusCode.Cancelled or RpcException.StatusCode.Unknown)
            {
                await Task.Delay(100, cancel);
            }
        }
    }

    private static async Task<TemporalClient> ConnectAsync(int port, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await TemporalClient.ConnectAsync(new($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}"));
            }
            catch (InvalidOperationException)
            {
                await Task.Delay(50, cancel);
            }
        }
    }

    private static Process Launch(string[] arguments) => Process.Start(new ProcessStartInfo(Executable, arguments) { UseShellExecute = false })!;

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
