using Ccn.TemporalServer.Clock;
using Ccn.Testing;
using Ccn.Workflows;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.Api.Tests;

/// <summary>Real SDK workers on the real queues, with the real workflows.</summary>
internal sealed class TestWorkers : IAsyncDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly List<TemporalWorker> workers = [];
    private Task running = Task.CompletedTask;

    public static TestWorkers Start(ITemporalClient client, CcnDatabase database, ServerClock clock)
    {
        var activities = new TestActivities(database, clock);
        var started = new TestWorkers();
        foreach (var queue in new[] { TaskQueues.Lifecycle, TaskQueues.Media, TaskQueues.Providers })
        {
            var options = new TemporalWorkerOptions(queue)
                .AddAllActivities<IBusinessEventActivities>(activities).AddAllActivities<ICalendarActivities>(activities)
                .AddAllActivities<IDesignActivities>(activities).AddAllActivities<IContestActivities>(activities).AddAllActivities<ILicenceActivities>(activities).AddAllActivities<IFeeActivities>(activities);
            if (queue == TaskQueues.Lifecycle)
            {
                foreach (var workflow in CcnWorkflows.All) { options.AddWorkflow(workflow); }
            }

            started.workers.Add(new TemporalWorker(client, options));
        }

        started.running = Task.WhenAll(started.workers.Select(worker => worker.ExecuteAsync(started.stop.Token)));
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        try { await running; }
        catch (OperationCanceledException)
        {
            // They were told to stop.
        }

        workers.ForEach(worker => worker.Dispose());
        stop.Dispose();
    }
}
