using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Ccn.Workflows.Notifications;
using Ccn.Workflows.Payouts;
using Ccn.Workflows.Production;
using Ccn.Workflows.Royalties;
using Ccn.Workflows.Sales;
using Ccn.Workflows.Sourcing;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Ccn.Workflows.Tests.Fakes;

/// <summary>Every workflow with fakes of all activity contracts, on the product's task queues. Ends what it started.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly WorkflowEnvironment environment;
    private readonly CancellationTokenSource stop = new();
    private readonly List<(TemporalWorker Worker, Task Running)> workers = [];
    private readonly List<WorkflowHandle> started = [];

    private World(WorkflowEnvironment environment)
    {
        this.environment = environment;
        Designs = new(Log);
        Signing = new(Log);
        Suppliers = new(Log);
        Amazon = new(Log);
        Ledger = new(Log);
        Notices = new(Log);
        Fees = new(Log);
    }

    public CallLog Log { get; } = new();
    public FakeEvents Events { get; } = new();
    public FakeCalendar Calendar { get; } = new();
    public FakeDesigns Designs { get; }
    public FakeSigning Signing { get; }
    public FakeSuppliers Suppliers { get; }
    public FakeAmazon Amazon { get; }
    public FakeLedger Ledger { get; }
    public FakeNotices Notices { get; }
    public FakeFees Fees { get; }
    public ITemporalClient Client => environment.Client;

    /// <summary>Starts the workers.</summary>
    /// <param name="environment">The server.</param>
    /// <param name="cached">Workflows kept in memory; none makes every task a replay from the start, which finds what does not replay.</param>
    public static World Start(WorkflowEnvironment environment, int cached = 0)
    {
        var world = new World(environment);
        foreach (var queue in new[] { TaskQueues.Lifecycle, TaskQueues.Media, TaskQueues.Providers }) { world.Work(queue, cached); }

        return world;
    }

    public async Task<WorkflowHandle<TWorkflow>> StartAsync<TWorkflow>(System.Linq.Expressions.Expression<Func<TWorkflow, Task>> run, string id)
    {
        var handle = await Client.StartWorkflowAsync(run, new(id, TaskQueues.Lifecycle));
        started.Add(handle);
        return handle;
    }

    public async Task<WorkflowHandle<TWorkflow, TResult>> StartAsync<TWorkflow, TResult>(System.Linq.Expressions.Expression<Func<TWorkflow, Task<TResult>>> run, string id)
    {
        var handle = await Client.StartWorkflowAsync(run, new(id, TaskQueues.Lifecycle));
        started.Add(handle);
        return handle;
    }

    /// <summary>Says that the test takes more time than anybody waits for: it ends here on a server that cannot skip time.</summary>
    public void SkipsTime() => Assert.SkipUnless(environment.SupportsTimeSkipping, "Takes days, which a real server cannot skip.");

    /// <summary>Lets time pass.</summary>
    public Task PassAsync(TimeSpan time)
    {
        SkipsTime();
        return environment.DelayAsync(time);
    }

    /// <summary>Lets time pass until a call is held (<see cref="CallLog.Hold"/>): no time is skipped under an activity.</summary>
    public async Task PassUntilHeldAsync(Func<bool> held)
    {
        SkipsTime();
        using var enough = new CancellationTokenSource();
        var passing = environment.DelayAsync(TimeSpan.FromDays(60), enough.Token);
        await Eventually.AsyncTrue(() => Task.FromResult(held()));
        await enough.CancelAsync();
        try { await passing; }
        catch (Exception e) when (e is OperationCanceledException or Temporalio.Exceptions.RpcException { Code: Temporalio.Exceptions.RpcException.StatusCode.Cancelled }) { }
    }

    public async Task<DateTimeOffset> NowAsync() => new((await environment.GetCurrentTimeAsync()).ToUniversalTime());

    public async ValueTask DisposeAsync()
    {
        foreach (var handle in started) { await TerminateAsync(handle.Id); }
        await Eventually.AsyncTrue(NothingRunsAsync);

        await stop.CancelAsync();
        foreach (var (worker, running) in workers)
        {
            try { await running; }
            catch (OperationCanceledException) { }

            worker.Dispose();
        }

        stop.Dispose();
    }

    /// <summary>Ends what runs. A real server ends children behind its answer, and lists what it did a little later.</summary>
    private async Task<bool> NothingRunsAsync()
    {
        var nothing = true;
        await foreach (var open in Client.ListWorkflowsAsync("ExecutionStatus = 'Running'"))
        {
            nothing = false;
            await TerminateAsync(open.Id);
        }

        return nothing;
    }

    private async Task TerminateAsync(string id)
    {
        try { await Client.GetWorkflowHandle(id).TerminateAsync("The test is over."); }
        catch (Temporalio.Exceptions.RpcException e) when (e.Code is Temporalio.Exceptions.RpcException.StatusCode.NotFound) { }
    }

    private void Work(string queue, int cached)
    {
        var options = new TemporalWorkerOptions(queue) { MaxCachedWorkflows = cached, MaxConcurrentActivities = 20 };
        options.AddAllActivities<IBusinessEventActivities>(Events).AddAllActivities<ICalendarActivities>(Calendar)
            .AddAllActivities<IDesignActivities>(Designs).AddAllActivities<IContestActivities>(Designs)
            .AddAllActivities<ILicenceActivities>(Signing)
            .AddAllActivities<ISourcingActivities>(Suppliers).AddAllActivities<IProductionActivities>(Suppliers)
            .AddAllActivities<IListingActivities>(Amazon).AddAllActivities<ISalesActivities>(Amazon)
            .AddAllActivities<IRoyaltyActivities>(Ledger).AddAllActivities<IPayoutActivities>(Ledger)
            .AddAllActivities<INoticeActivities>(Notices).AddAllActivities<IFeeActivities>(Fees);
        if (queue == TaskQueues.Lifecycle)
        {
            foreach (var workflow in CcnWorkflows.All) { options.AddWorkflow(workflow); }
        }

        var worker = new TemporalWorker(Client, options);
        workers.Add((worker, worker.ExecuteAsync(stop.Token)));
    }
}
