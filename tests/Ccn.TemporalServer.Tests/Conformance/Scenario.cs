using Google.Protobuf;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>
/// One scenario of the recordings, played against a server: the client's calls and the worker's answers in a chosen order.
/// Names follow the recorder: workflow id = name, task queue = <c>q-</c> + name, sticky queue = <c>sticky-</c> + name.
/// </summary>
/// <param name="server">Where the calls go.</param>
/// <param name="name">Name of the recording, with something after it where it was played before on this server.</param>
/// <param name="isOlder">True for a 1.29 server, which differs from the recordings of 1.32 where a scenario says so.</param>
/// <param name="cancel">Ends calls that wait when the scenario has had its time.</param>
internal sealed partial class Scenario(CallInvoker server, string name, bool isOlder, CancellationToken cancel)
{
    /// <summary>Namespace, and the identity of client and worker.</summary>
    public const string Golden = "golden";

    private readonly List<Captured> captures = [];
    private readonly List<string> otherAnswers = [];

    public string Name => name;

    public string Queue { get; } = "q-" + name;

    public string StickyQueue { get; } = "sticky-" + name;

    public string ChildId { get; } = name + "-child";

    public string ChildQueue { get; } = "q-" + name + "-child";

    /// <summary>Run id of the last start of the workflow itself.</summary>
    public string RunId { get; private set; } = "";

    /// <summary>Histories read so far; the recording's own is read at the end when the scenario did not.</summary>
    public IReadOnlyList<Captured> Captures => captures;

    /// <summary>Answers that were not as recorded.</summary>
    public IReadOnlyList<string> OtherAnswers => otherAnswers;

    /// <summary>Compares what comes of a call with the recorded exchange, whether answer or refusal.</summary>
    /// <param name="file">The file of recorded answers.</param>
    /// <param name="label">The exchange in it, its method where it has no label.</param>
    /// <param name="call">The call.</param>
    /// <returns>The answer, null where it was refused.</returns>
    public async Task<TAnswer?> LikeAsync<TAnswer>(string file, string label, Task<TAnswer> call)
        where TAnswer : class, IMessage
    {
        TAnswer? answer = null;
        RpcException? refusal = null;
        try { answer = await call; }
        catch (RpcException e) when (e.StatusCode != StatusCode.Cancelled) { refusal = e; }
        var recorded = Exchange.Read(file).First(exchange => exchange.Label == label);
        var difference = answer is null ? recorded.DifferenceOf(refusal) : recorded.DifferenceOf(answer);
        if (difference is not null && !isOlder) { otherAnswers.Add($"{file}, {difference}"); }
        return answer;
    }

    /// <summary>Keeps the history of the run as it is now, to be compared with the recording's part of that name.</summary>
    /// <param name="part">Part of the recording's name, empty for the recording itself.</param>
    /// <param name="runId">The run, the last started one when not given.</param>
    /// <param name="workflowId">The workflow, the scenario's own when not given.</param>
    /// <param name="differsBefore132">True where 1.29 is known to answer something else.</param>
    public async Task CaptureAsync(string part = "", string? runId = null, string? workflowId = null, bool differsBefore132 = false)
    {
        var history = await HistoryAsync(workflowId ?? name, runId ?? (workflowId is null ? RunId : ""));
        if (!(differsBefore132 && isOlder)) { captures.Add(new(part, history)); }
    }

    /// <summary>Keeps every run of a chain as the parts <c>prefix1</c>, <c>prefix2</c>, … from the given run on.</summary>
    public async Task CaptureChainAsync(string prefix = "", string? firstRunId = null, string? workflowId = null)
    {
        var runId = firstRunId ?? firstRun;
        for (var number = 1; !string.IsNullOrEmpty(runId); number++)
        {
            var history = await HistoryAsync(workflowId ?? name, runId);
            captures.Add(new(FormattableString.Invariant($"{prefix}{number}"), history));
            runId = NextRunOf(history.Events[^1]);
        }
    }

    /// <summary>Reads a whole history as it is now.</summary>
    public async Task<History> HistoryAsync(string workflowId, string runId = "")
    {
        var history = new History();
        var request = new GetWorkflowExecutionHistoryRequest { Namespace = Golden, Execution = new() { WorkflowId = workflowId, RunId = runId } };
        do
        {
            var page = await server.CallAsync<GetWorkflowExecutionHistoryResponse>(request, cancel);
            history.Events.Add(page.History.Events);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);
        return history;
    }

    /// <summary>Waits until the run has closed.</summary>
    public async Task ClosedAsync(string? workflowId = null, string runId = "")
    {
        var request = new GetWorkflowExecutionHistoryRequest
        {
            Namespace = Golden,
            Execution = new() { WorkflowId = workflowId ?? name, RunId = runId },
            WaitNewEvent = true,
            HistoryEventFilterType = HistoryEventFilterType.CloseEvent,
        };
        GetWorkflowExecutionHistoryResponse answer;
        do
        {
            answer = await server.CallAsync<GetWorkflowExecutionHistoryResponse>(request, cancel);
            request.NextPageToken = answer.NextPageToken;
        }
        while (answer.History.Events.Count == 0);
    }

    /// <summary>Lets the server's own clock run on, where what it does meanwhile is not to be seen from outside (it buffers).</summary>
    public Task ElapseAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), cancel);

    /// <summary>Asserts that a call is refused with this code and a message that contains the text.</summary>
    public static async Task RefusedAsync(Task call, StatusCode code, string text)
    {
        var refusal = await Assert.ThrowsAnyAsync<RpcException>(() => call);
        Assert.Equal(code, refusal.StatusCode);
        Assert.Contains(text, refusal.Status.Detail, StringComparison.Ordinal);
    }

    private static string NextRunOf(HistoryEvent closing) => closing.AttributesCase switch
    {
        HistoryEvent.AttributesOneofCase.WorkflowExecutionCompletedEventAttributes => closing.WorkflowExecutionCompletedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionFailedEventAttributes => closing.WorkflowExecutionFailedEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionTimedOutEventAttributes => closing.WorkflowExecutionTimedOutEventAttributes.NewExecutionRunId,
        HistoryEvent.AttributesOneofCase.WorkflowExecutionContinuedAsNewEventAttributes => closing.WorkflowExecutionContinuedAsNewEventAttributes.NewExecutionRunId,
        _ => "",
    };

    /// <summary>One history that was read, and the part of the recording it must be like.</summary>
    internal sealed record Captured(string Part, History History);
}
