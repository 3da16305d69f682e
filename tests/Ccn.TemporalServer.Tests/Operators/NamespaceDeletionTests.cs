using System.Text.RegularExpressions;
using Ccn.TemporalServer.Hosting;
using Ccn.Testing;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Exceptions;

namespace Ccn.TemporalServer.Tests.Operators;

/// <summary>A deleted namespace is gone with all it holds, here as on a real server.</summary>
public sealed class NamespaceDeletionTests(RealTemporalFixture real) : IClassFixture<RealTemporalFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_is_gone_with_all_it_holds_and_its_name_is_free_again()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new(), Cancel);
        await DeleteAsync(await TemporalClient.ConnectAsync(new(server.Address)));
    }

    [Fact]
    public async Task It_is_gone_on_a_real_server()
    {
        Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
        await DeleteAsync(real.Environment.Client);
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_refused()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new(), Cancel);
        await RefuseAsync(await TemporalClient.ConnectAsync(new(server.Address)));
    }

    [Fact]
    public async Task What_cannot_be_deleted_is_refused_on_a_real_server()
    {
        Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
        await RefuseAsync(real.Environment.Client);
    }

    [Fact]
    public async Task A_worker_that_waits_in_it_is_sent_away_and_others_are_not()
    {
        await using var server = await EmbeddedTemporalServer.StartAsync(new() { FurtherNamespaces = ["doomed"] }, Cancel);
        var client = await TemporalClient.ConnectAsync(new(server.Address));
        var rpc = new RpcOptions { Timeout = TimeSpan.FromMinutes(1), CancellationToken = Cancel };
        var doomed = client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "doomed", TaskQueue = new() { Name = "q" }, Identity = "a" }, rpc);
        var other = client.WorkflowService.PollWorkflowTaskQueueAsync(new() { Namespace = "default", TaskQueue = new() { Name = "q" }, Identity = "b" }, rpc);
        await EventuallyAsync(async () => (await client.WorkflowService.DescribeTaskQueueAsync(new() { Namespace = "doomed", TaskQueue = new() { Name = "q" } })).Pollers.Count == 1);

        await client.OperatorService.DeleteNamespaceAsync(new() { Namespace = "doomed" });

        Assert.Empty((await doomed).TaskToken);
        await client.StartWorkflowAsync("Any", [], new("still", "q"));
        Assert.Equal("still", (await other).WorkflowExecution.WorkflowId);
    }

    private static async Task DeleteAsync(ITemporalClient client)
    {
        var name = "doomed-" + Guid.NewGuid();
        var id = await RegisterAsync(client, name);
        var inside = new TemporalClient(client.Connection, new() { Namespace = name });
        await EventuallyAsync(async () => await inside.StartWorkflowAsync("Any", [], new("closed", "nobody")) is not null);
        await inside.GetWorkflowHandle("closed").TerminateAsync();
        await inside.StartWorkflowAsync("Any", [], new("open", "nobody") { StartDelay = TimeSpan.FromHours(1) });
        await inside.CreateScheduleAsync("hourly", new(ScheduleActionStartWorkflow.Create("Any", [], new("hour", "nobody")), new() { Intervals = [new(TimeSpan.FromHours(1))] }));
        var outside = await client.StartWorkflowAsync("Any", [], new("outside-" + Guid.NewGuid(), "nobody"));

        var deleted = (await client.OperatorService.DeleteNamespaceAsync(new() { Namespace = name })).DeletedNamespace;

        Assert.Matches($"^{Regex.Escape(name)}-deleted-{id[..5]}$", deleted);
        await EventuallyAsync(async () => await CodeOfAsync(() => inside.StartWorkflowAsync("Any", [], new("late", "nobody"))) == RpcException.StatusCode.NotFound);
        await EventuallyAsync(async () => await CodeOfAsync(() => inside.GetWorkflowHandle("open").DescribeAsync()) == RpcException.StatusCode.NotFound);
        await EventuallyAsync(async () => await CodeOfAsync(() => client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = name })) == RpcException.StatusCode.NotFound);
        await EventuallyAsync(async () => (await client.WorkflowService.ListNamespacesAsync(new() { PageSize = 1000 })).Namespaces.All(n => n.NamespaceInfo.Id != id));
        await EventuallyAsync(async () => await CodeOfAsync(() => client.OperatorService.DeleteNamespaceAsync(new() { Namespace = name })) == RpcException.StatusCode.NotFound);

        Assert.NotEqual(id, await RegisterAsync(client, name));
        await EventuallyAsync(async () => await CodeOfAsync(() => inside.GetWorkflowHandle("closed").DescribeAsync()) == RpcException.StatusCode.NotFound && await inside.CountWorkflowsAsync("") is { Count: 0 });
        Assert.NotNull(await outside.DescribeAsync());
        await outside.TerminateAsync();
    }

    private static async Task RefuseAsync(ITemporalClient client)
    {
        async Task<string> AnswerAsync(DeleteNamespaceRequest request)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => client.OperatorService.DeleteNamespaceAsync(request));
            return $"{refused.Code}: {refused.Message}";
        }

        string[] answers =
        [
            await AnswerAsync(new() { Namespace = "temporal-system" }),
            await AnswerAsync(new() { NamespaceId = "32049b68-7872-4094-8e63-d0dd59896a83" }),
            await AnswerAsync(new() { Namespace = "nowhere" }),
            await AnswerAsync(new() { NamespaceId = "00000000-0000-4000-8000-000000000000" }),
            await AnswerAsync(new()),
            await AnswerAsync(new() { Namespace = "default", NamespaceId = "00000000-0000-4000-8000-000000000000" }),
        ];
        Assert.Equal(
            [
                "FailedPrecondition: unable to delete system namespace",
                "FailedPrecondition: unable to delete system namespace",
                "NotFound: Namespace nowhere is not found.",
                "NotFound: Namespace 00000000-0000-4000-8000-000000000000 is not found.",
                "InvalidArgument: Namespace not set on request.",
                "InvalidArgument: Only one of namespace name or Id should be set on request.",
            ],
            answers);
    }

    private static async Task<string> RegisterAsync(ITemporalClient client, string name)
    {
        await client.WorkflowService.RegisterNamespaceAsync(new() { Namespace = name, WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(TimeSpan.FromDays(1)) });
        return (await client.WorkflowService.DescribeNamespaceAsync(new() { Namespace = name })).NamespaceInfo.Id;
    }

    private static async Task<RpcException.StatusCode?> CodeOfAsync(Func<Task> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (RpcException e) { return e.Code; }
    }

    /// <summary>A real server reads its namespaces again every few seconds, and removes what they hold behind its answer.</summary>
    private static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                if (await holds()) { return; }
            }
            catch (RpcException e) when (e.Code is RpcException.StatusCode.NotFound) { }

            await Task.Delay(50, patience.Token);
        }
    }
}
