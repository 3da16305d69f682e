using System.Globalization;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>
/// Workflows of all shapes that run while a test breaks something. Each has to finish once, no signal that was
/// acknowledged may be lost or doubled, and no history may have a gap.
/// </summary>
internal sealed class MixedLoad(int workflows, ITestOutputHelper output)
{
    private const int Steps = 4;
    private static readonly int Shapes = Enum.GetValues<MixedShape>().Length;

    private readonly MixedActivities activities = new();

    /// <summary>Runs the load while something happens to the server, round after round until all is done or the rounds are.</summary>
    /// <param name="client">Connected to the server.</param>
    /// <param name="rounds">Most rounds.</param>
    /// <param name="breakAsync">What happens, by the number of the round.</param>
    /// <param name="cancel">Ends the test.</param>
    public async Task RunAsync(TemporalClient client, int rounds, Func<int, Task> breakAsync, CancellationToken cancel)
    {
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions("mixed").AddWorkflow<MixedWorkflow>().AddAllActivities(activities));
        await worker.ExecuteAsync(
            async () =>
            {
                var started = 0;
                var work = new List<Task>();
                for (var round = 1; round <= rounds; round++)
                {
                    // Work is spread over the rounds, so that each of them breaks in on starts, waits and ends alike.
                    for (; started < workflows * round / rounds; started++)
                    {
                        work.Add(OneAsync(client, started, cancel));
                    }

                    await Task.Delay(Random.Shared.Next(300, 2000), cancel);
                    await breakAsync(round);
                    output.WriteLine($"round {round}: {work.Count(w => w.IsCompleted)} of {work.Count} were done");
                }

                await Task.WhenAll(work);
                await CheckHistoriesAsync(client);
            },
            cancel);
    }

    /// <summary>A server that is down, or has lost its database, answers nothing that counts: the same request goes out again.</summary>
    public static async Task<T> AnsweredAsync<T>(Func<Task<T>> call, CancellationToken cancel)
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

    /// <summary>Starts one workflow, sends what it waits for, and checks its result; every call is repeated until it is answered.</summary>
    private static async Task OneAsync(TemporalClient client, int number, CancellationToken cancel)
    {
        var shape = (MixedShape)(number % Shapes);
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
                    RequestId = $"{id}:{signal.ToString(CultureInfo.InvariantCulture)}",
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
        Assert.Equal(workflows + Enumerable.Range(0, workflows).Count(n => n % Shapes == (int)MixedShape.Children), completed.Count);
        output.WriteLine($"{completed.Count} chains, {events} events");
    }
}
