using System.Text.Json.Nodes;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>The recorded outcomes of a start for every reuse policy, conflict policy and state of the run before.</summary>
/// <param name="Call">start or signal-with-start.</param>
/// <param name="Reuse">The id reuse policy.</param>
/// <param name="Conflict">The id conflict policy.</param>
/// <param name="Outcomes">State of the run before, and what then happened.</param>
internal sealed record IdMatrix(string Call, string Reuse, string Conflict, IReadOnlyDictionary<string, string> Outcomes)
{
    public string Name => $"{Call}, reuse {Reuse}, conflict {Conflict}";

    public static IReadOnlyList<IdMatrix> Rows { get; } = Read();

    /// <summary>Tries all states of the row; says which outcomes differ, or null.</summary>
    public async Task<string?> DifferenceAsync(CallInvoker server, CancellationToken cancel)
    {
        var differences = await Task.WhenAll(Outcomes.Select(async expected =>
        {
            var actual = await OutcomeAsync(server, expected.Key, cancel);
            return actual == expected.Value ? null : $"{expected.Key}: {actual}, recorded is {expected.Value}";
        }));
        var found = differences.Where(difference => difference is not null).ToList();
        return found.Count == 0 ? null : $"{Name}: {string.Join("; ", found)}";
    }

    private async Task<string> OutcomeAsync(CallInvoker server, string state, CancellationToken cancel)
    {
        var scenario = new Scenario(server, $"ids-{Call}-{Reuse}-{Conflict}-{state}", isOlder: false, cancel);
        await BringAboutAsync(scenario, state);
        try
        {
            var (started, runId) = Call == "start" ? await StartAgainAsync(scenario) : await SignalWithStartAsync(scenario);
            if (!started) { return "existing"; }
            var before = await scenario.HistoryAsync(scenario.Name, scenario.Before);
            var isTerminated = state is "running" or "continuedAsNew" && before.Events[^1].EventType == EventType.WorkflowExecutionTerminated;
            Assert.NotEqual(scenario.Before, runId);
            return isTerminated ? "new+terminated" : "new";
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.AlreadyExists) { return "taken"; }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.InvalidArgument) { return "invalid"; }
    }

    private static async Task BringAboutAsync(Scenario s, string state)
    {
        await s.StartAsync(r => r.WorkflowRunTimeout = state == "timedOut" ? Data.Seconds(1) : null);
        await (state switch
        {
            "running" => Task.CompletedTask,
            "completed" => s.TurnAsync(Do.Complete()),
            "failed" => s.TurnAsync(Do.Fail(Data.Failure("x", "Wf"))),
            "canceled" => s.TurnAsync(Do.Cancel("x")),
            "terminated" => s.TerminateAsync(),
            "timedOut" => s.ClosedAsync(),
            "continuedAsNew" => s.TurnAsync(s.ContinueAsNew()),
            _ => throw new ArgumentOutOfRangeException(nameof(state), state, "unknown"),
        });
        await s.RememberCurrentRunAsync();
    }

    private async Task<(bool Started, string RunId)> StartAgainAsync(Scenario s)
    {
        var answer = await s.StartAsync(r =>
        {
            r.RequestId = s.Name + "-second";
            r.WorkflowIdReusePolicy = Parse<WorkflowIdReusePolicy>(Reuse);
            r.WorkflowIdConflictPolicy = Parse<WorkflowIdConflictPolicy>(Conflict);
        });
        return (answer.Started, answer.RunId);
    }

    private async Task<(bool Started, string RunId)> SignalWithStartAsync(Scenario s)
    {
        var answer = await s.SignalWithStartAsync("second", r =>
        {
            r.WorkflowIdReusePolicy = Parse<WorkflowIdReusePolicy>(Reuse);
            r.WorkflowIdConflictPolicy = Parse<WorkflowIdConflictPolicy>(Conflict);
        });
        return (answer.Started, answer.RunId);
    }

    private static T Parse<T>(string name)
        where T : struct, Enum => Enum.Parse<T>(name);

    private static List<IdMatrix> Read() =>
    [
        .. JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "answers", "id-matrix.json")))!["rows"]!.AsArray()
            .Select(row => row!.AsObject().ToDictionary(cell => cell.Key, cell => (string)cell.Value!, StringComparer.Ordinal))
            .Select(row => new IdMatrix(
                row["call"],
                row["reuse"],
                row["conflict"],
                row.Where(cell => cell.Key is not ("call" or "reuse" or "conflict")).ToDictionary(StringComparer.Ordinal))),
    ];
}
