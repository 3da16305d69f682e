using Ccn.Testing;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Ccn.Workflows.Tests.Replay;

public sealed class ReplayTests(RealTemporalFixture real, TemporalFixture own) : IClassFixture<RealTemporalFixture>, IClassFixture<TemporalFixture>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Replay", "Histories");

    public static TheoryData<string> Histories => new(Directory.GetFiles(Folder, "*.json", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Folder, file)).Where(file => !file.StartsWith("Canary", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Histories))]
    public async Task Released_history_still_replays(string file)
    {
        var history = await ReadAsync(file);
        Assert.Contains(history.Events, fact => fact.WorkflowTaskCompletedEventAttributes?.SdkMetadata?.CoreUsedFlags.Contains(1) is true);
        await ReplayAsync(history);
    }

    [Theory, MemberData(nameof(Histories))]
    public async Task Only_references_pass_through_a_history(string file) =>   // c081
        Assert.All((await ReadAsync(file)).Events, fact => Assert.InRange(fact.CalculateSize(), 1, 64 * 1024));

    [Fact]
    public async Task A_renamed_activity_does_not_replay()
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(async () => await ReplayAsync(await ReadAsync(Path.Combine("Canary", "renamed-activity.json"))));
        Assert.Contains("Licences.", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_workflow_type_has_a_history() =>
        Assert.Empty(CcnWorkflows.All.Select(type => Temporalio.Workflows.WorkflowDefinition.Create(type).Name!).Except(Directory.GetDirectories(Folder).Select(folder => Path.GetFileName(folder)!), StringComparer.Ordinal));

    [Fact]
    public Task The_whole_story_runs_in_seconds_and_its_histories_replay() => LiveAndReplayAsync(own.Environment);

    [Fact]
    public Task The_whole_story_runs_on_a_real_server_in_seconds_and_its_histories_replay()
    {
        Assert.SkipWhen(real.Environment is null, RealTemporalFixture.WhyNone);
        return LiveAndReplayAsync(real.Environment);
    }

    private static async Task LiveAndReplayAsync(WorkflowEnvironment environment)
    {
        await using var world = World.Start(environment);
        foreach (var (_, id) in await RehearsalJourney.RunAsync(world)) { await ReplayAsync(await AtRestAsync(world.Client, id)); }

        Assert.Single(world.Events.Of<Ccn.Domain.Events.PayoutConfirmed>());
    }

    /// <summary>
    /// A run that goes on is seen in the middle of something: what came after its last completed task, and what that task ordered, is left out.
    /// A run that was just continued has completed none, and the replayer would wait for one: then it is the run before.
    /// </summary>
    private static async Task<WorkflowHistory> AtRestAsync(ITemporalClient client, string id, string? runId = null)
    {
        var events = (await client.GetWorkflowHandle(id, runId).FetchHistoryAsync()).Events.ToList();
        var completed = events.FindLastIndex(e => e.EventType is EventType.WorkflowTaskCompleted);
        if (completed < 0) { return await AtRestAsync(client, id, events[0].WorkflowExecutionStartedEventAttributes.ContinuedExecutionRunId); }

        var order = $"\"workflowTaskCompletedEventId\": \"{events[completed].EventId}\"";
        return new(id, [.. events.Take(completed + 1), .. events.Skip(completed + 1).TakeWhile(e => e.ToString().Contains(order, StringComparison.Ordinal))]);
    }

    private static async Task<WorkflowHistory> ReadAsync(string file) => WorkflowHistory.FromJson("replay", await File.ReadAllTextAsync(Path.Combine(Folder, file)));

    private static async Task ReplayAsync(WorkflowHistory history)
    {
        var options = new WorkflowReplayerOptions { DataConverter = CcnPayloadConverter.DataConverter };
        foreach (var workflow in CcnWorkflows.All) { options.AddWorkflow(workflow); }

        await new WorkflowReplayer(options).ReplayWorkflowAsync(history);
    }
}
