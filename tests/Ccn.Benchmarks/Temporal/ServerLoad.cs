using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.Benchmarks.Temporal;

/// <summary>The same load for every server: what is measured of it are its answers.</summary>
internal static class ServerLoad
{
    public const string Workflows = "workflows/s, 50 in flight";
    public const string Sequential = "sequential p50, ms";
    public const string Signals = "signals/s, 50 in flight";
    public const string FirstTask = "start to first task p50, ms";
    public const string FirstTaskP99 = "start to first task p99, ms";

    private const int InFlight = 50;
    private const int WorkflowCount = 200;
    private const int SequentialCount = 20;
    private const int SignaledWorkflows = 50;
    private const int SignalsEach = 6;
    private const int FirstTaskCount = 50;
    private const int WarmUpCount = 50;

    /// <summary>All measures of one server.</summary>
    public static async Task RunAsync(TemporalClient client, Action<string, double> record)
    {
        await OneActivityWorkflowsAsync(client, record);
        await SignalsAsync(client, record);
        await FirstTasksAsync(client, record);
    }

    /// <summary>Enough workflows that code is compiled and queues exist.</summary>
    public static Task WarmUpAsync(TemporalClient client) => WithWorkerAsync(client, oneAsync => ForEachAsync(WarmUpCount, _ => oneAsync()));

    private static Task OneActivityWorkflowsAsync(TemporalClient client, Action<string, double> record) => WithWorkerAsync(client, async oneAsync =>
    {
        var clock = Clock.Start();
        await ForEachAsync(WorkflowCount, _ => oneAsync());
        record(Workflows, WorkflowCount / clock.Seconds);

        var latencies = new List<double>();
        for (var i = 0; i < SequentialCount; i++)
        {
            var one = Clock.Start();
            await oneAsync();
            latencies.Add(one.Milliseconds);
        }

        record(Sequential, Spread.Percentile(latencies, 0.5));
    });

    private static async Task WithWorkerAsync(TemporalClient client, Func<Func<Task>, Task> bodyAsync)
    {
        var queue = $"bench-{Guid.NewGuid()}";
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue).AddWorkflow<OneActivityWorkflow>().AddActivity(Greeting.Greet));
        Task OneAsync() => client.ExecuteWorkflowAsync((OneActivityWorkflow wf) => wf.RunAsync("Ada"), new($"wf-{Guid.NewGuid()}", queue));
        await worker.ExecuteAsync(async () =>
        {
            await OneAsync();
            await bodyAsync(OneAsync);
        });
    }

    /// <summary>Nobody works on these workflows, so the signals are all that happens.</summary>
    private static async Task SignalsAsync(TemporalClient client, Action<string, double> record)
    {
        var handles = new List<WorkflowHandle>();
        for (var i = 0; i < SignaledWorkflows; i++)
        {
            handles.Add(await client.StartWorkflowAsync("Nobody", [], new($"wf-{Guid.NewGuid()}", $"idle-{Guid.NewGuid()}")));
        }

        var clock = Clock.Start();
        await ForEachAsync(SignaledWorkflows * SignalsEach, i => handles[i % SignaledWorkflows].SignalAsync("Signal", ["hello"]));
        record(Signals, SignaledWorkflows * SignalsEach / clock.Seconds);
        await ForEachAsync(handles.Count, i => handles[i].TerminateAsync());
    }

    /// <summary>From the call that starts a workflow to the moment at which a waiting worker has its first task.</summary>
    private static async Task FirstTasksAsync(TemporalClient client, Action<string, double> record)
    {
        var queue = new Temporalio.Api.TaskQueue.V1.TaskQueue { Name = $"first-{Guid.NewGuid()}" };
        var latencies = new List<double>();
        for (var i = 0; i < FirstTaskCount; i++)
        {
            var poll = client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = queue, Identity = "bench" });
            var clock = Clock.Start();
            var start = client.StartWorkflowAsync("Nobody", [], new($"wf-{Guid.NewGuid()}", queue.Name));
            var task = await poll;
            latencies.Add(clock.Milliseconds);
            await start;
            var done = new Command { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = new Payloads() } };
            await client.WorkflowService.RespondWorkflowTaskCompletedAsync(new() { Namespace = "default", TaskToken = task.TaskToken, Identity = "bench", Commands = { done } });
        }

        record(FirstTask, Spread.Percentile(latencies, 0.5));
        record(FirstTaskP99, Spread.Percentile(latencies, 0.99));
    }

    private static Task ForEachAsync(int count, Func<int, Task> oneAsync) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (i, _) => await oneAsync(i));
}
