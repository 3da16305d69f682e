using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Tests.Storage;
using Ccn.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace Ccn.TemporalServer.Tests.Sdk;

/// <summary>What was under way goes on when the server is started again on the same database.</summary>
[Collection(PostgresCollection.Name)]
public sealed class RestartTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly SampleActivities activities = new();
    private readonly string queue = $"queue-{Guid.NewGuid()}";
    private string connectionString = "";

    public async ValueTask InitializeAsync() => connectionString = await postgres.CreateDatabaseAsync();

    public async ValueTask DisposeAsync() => await postgres.DropDatabaseAsync(connectionString);

    [Fact]
    public async Task A_workflow_that_nobody_worked_on_is_found_by_a_later_worker()
    {
        await WithServerAsync(client => client.StartWorkflowAsync((OneActivityWorkflow wf) => wf.RunAsync("Ada"), new("waiting", queue)));

        await WithWorkerAsync(async client =>
            Assert.Equal("Hello Ada", await client.GetWorkflowHandle<OneActivityWorkflow, string>("waiting").GetResultAsync()));
    }

    [Fact]
    public async Task A_running_workflow_keeps_what_it_was_told_and_goes_on()
    {
        await WithWorkerAsync(async client =>
        {
            var handle = await client.StartWorkflowAsync((MessagesWorkflow wf) => wf.RunAsync(), new("running", queue));
            await handle.SignalAsync(wf => wf.NoteAsync("one"));
            Assert.Equal(2, await handle.ExecuteUpdateAsync(wf => wf.AddAsync("two"), new("update-1")));
        });
        await WithServerAsync(client => client.GetWorkflowHandle<MessagesWorkflow>("running").SignalAsync(wf => wf.NoteAsync("three")));

        await WithWorkerAsync(async client =>
        {
            var handle = client.GetWorkflowHandle<MessagesWorkflow, string>("running");
            Assert.Equal(2, await handle.ExecuteUpdateAsync(wf => wf.AddAsync("two"), new("update-1")));   // known by its ID
            await handle.SignalAsync(wf => wf.FinishAsync());
            Assert.Equal("one,two,three", await handle.GetResultAsync());
        });
    }

    [Fact]
    public async Task A_child_that_ends_after_the_restart_still_reports_to_its_parent()
    {
        await WithWorkerAsync(async client =>
        {
            var parent = await client.StartWorkflowAsync((WaitingParentWorkflow wf) => wf.RunAsync(), new("parent", queue));
            while (true)
            {
                var history = await parent.FetchHistoryAsync();
                if (history.Events.Any(e => e.EventType == EventType.ChildWorkflowExecutionStarted))
                {
                    break;
                }
            }
        });

        await WithWorkerAsync(async client =>
        {
            var child = client.GetWorkflowHandle<MessagesWorkflow>("parent/child");
            await child.SignalAsync(wf => wf.NoteAsync("from the child"));
            await child.SignalAsync(wf => wf.FinishAsync());
            Assert.Equal("from the child", await client.GetWorkflowHandle<WaitingParentWorkflow, string>("parent").GetResultAsync());
        });
    }

    private Task WithWorkerAsync(Func<TemporalClient, Task> body) => WithServerAsync(async client =>
    {
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue)
            .AddAllActivities(activities).AddWorkflow<OneActivityWorkflow>().AddWorkflow<MessagesWorkflow>().AddWorkflow<WaitingParentWorkflow>());
        await worker.ExecuteAsync(() => body(client));
    });

    private async Task WithServerAsync(Func<TemporalClient, Task> body)
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { ConnectionString = connectionString });
        await body(await TemporalClient.ConnectAsync(new(server.Address))).WaitAsync(TimeSpan.FromSeconds(60));
    }
}
