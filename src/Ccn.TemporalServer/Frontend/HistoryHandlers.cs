using System.Globalization;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>RPCs that read histories, and wait for what comes.</summary>
internal sealed class HistoryHandlers(WorkflowEngine engine)
{
    private const int LargestPage = 256;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public async Task<GetWorkflowExecutionHistoryResponse> GetWorkflowExecutionHistory(GetWorkflowExecutionHistoryRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.Execution);
        var position = Position.Parse(request.NextPageToken, run.RunId);
        if (position is not null)
        {
            run = run with { RunId = position.RunId };
        }

        var from = position?.Index ?? 0;
        var until = Requests.WaitUntil(engine, call, Patience);
        while (true)
        {
            var (answer, wait) = await engine.ReadAsync(run, execution => Read(execution, request, from, until, call.ClientName));
            if (answer is not null)
            {
                return answer;
            }

            var left = until - engine.Real.GetUtcNow();
            if (left <= TimeSpan.Zero || !await ChangesWithinAsync(wait, left, call.Cancellation))
            {
                return await engine.ReadAsync(run, execution => Empty(execution, from));
            }
        }
    }

    public async Task<GetWorkflowExecutionHistoryReverseResponse> GetWorkflowExecutionHistoryReverse(GetWorkflowExecutionHistoryReverseRequest request, RpcContext call)
    {
        var run = Requests.Run(engine, request.Namespace, request.Execution);
        var position = Position.Parse(request.NextPageToken, run.RunId);
        var size = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
        return await engine.ReadAsync(position is null ? run : run with { RunId = position.RunId }, execution =>
        {
            var end = position?.Index ?? execution.VisibleEvents;
            var start = Math.Max(0, end - size);
            var answer = new GetWorkflowExecutionHistoryReverseResponse { History = new() };
            answer.History.Events.AddRange(execution.History.GetRange(start, end - start).AsEnumerable().Reverse());
            answer.NextPageToken = start > 0 ? new Position(execution.RunId, start).ToToken() : ByteString.Empty;
            return answer;
        });
    }

    private static async Task<bool> ChangesWithinAsync(Task change, TimeSpan time, CancellationToken cancel)
    {
        try
        {
            await change.WaitAsync(time, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>A page, or what to wait for. A token goes with a page as long as more may come.</summary>
    private static (GetWorkflowExecutionHistoryResponse? Answer, Task Wait) Read(
        Execution execution, GetWorkflowExecutionHistoryRequest request, int from, DateTimeOffset until, string? client)
    {
        var visible = execution.VisibleEvents;
        var isClosed = !execution.State.IsOpen && visible == execution.History.Count;
        var closeOnly = request.HistoryEventFilterType == HistoryEventFilterType.CloseEvent;
        if (request.WaitNewEvent && !isClosed && (closeOnly || from >= visible))
        {
            execution.WatchedUntil = until > execution.WatchedUntil ? until : execution.WatchedUntil;
            return (null, execution.Changed);
        }

        var answer = new GetWorkflowExecutionHistoryResponse { History = new() };
        if (closeOnly)
        {
            answer.History.Events.Add(execution.History[visible - 1]);
            return (answer, Task.CompletedTask);
        }

        var batches = request.MaximumPageSize is > 0 and < LargestPage ? request.MaximumPageSize : LargestPage;
        var end = from;
        for (var i = 0; i < batches && end < visible; i++)
        {
            end = Math.Min(visible, execution.NextBatch(end));
        }

        answer.History.Events.AddRange(execution.History.GetRange(from, end - from));
        if (end < visible || (request.WaitNewEvent && !isClosed))
        {
            answer.NextPageToken = new Position(execution.RunId, end).ToToken();
        }
        else if (client is not ("temporal-cli" or "temporal-ui") && end == execution.History.Count)
        {
            answer.History.Events.AddRange(execution.UnwrittenTaskEvents());
        }

        return (answer, Task.CompletedTask);
    }

    private static GetWorkflowExecutionHistoryResponse Empty(Execution execution, int from) =>
        new() { History = new History(), NextPageToken = new Position(execution.RunId, from).ToToken() };

    /// <summary>Where a page ended; bound to a run, so that it does not slip to the next one.</summary>
    private sealed record Position(string RunId, int Index)
    {
        public ByteString ToToken() => ByteString.CopyFromUtf8(string.Create(CultureInfo.InvariantCulture, $"{RunId} {Index}"));

        public static Position? Parse(ByteString token, string runId)
        {
            if (token.IsEmpty)
            {
                return null;
            }

            var parts = token.ToStringUtf8().Split(' ');
            if (parts.Length != 2 || !Guid.TryParse(parts[0], out _) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                throw Refusal.Invalid("Invalid NextPageToken.");
            }

            return runId.Length == 0 || runId == parts[0]
                ? new(parts[0], index)
                : throw Refusal.Invalid("RunId in the request does not match the NextPageToken.");
        }
    }
}
