using Temporalio.Api.Enums.V1;
using Temporalio.Api.Query.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Engine;

/// <content>
/// Queries leave no trace. Where a workflow task is pending, a query goes along with it so that it sees what that task
/// changes; otherwise it travels alone.
/// </content>
internal sealed partial class Execution
{
    private const int MostHeldQueries = 1;

    /// <summary>Queries that wait for the pending (or the first) workflow task.</summary>
    public List<PendingQuery> HeldQueries { get; } = [];

    /// <summary>Takes a query in.</summary>
    public void Ask(Transition tx, PendingQuery query)
    {
        if (State.Task is { Attempt: >= NotReadyFromAttempt })
        {
            throw Refusal.NotReady("Unable to query workflow due to Workflow Task in failed state.");
        }

        if (!State.IsOpen && State.LastCompletedEventId == 0)
        {
            throw Refusal.NotReady("Workflow execution closed before WorkflowTaskStarted event");
        }

        if (State.IsOpen && (State.Task is not null || State.LastCompletedEventId == 0))
        {
            if (HeldQueries.Count >= MostHeldQueries)
            {
                throw Refusal.Busy("consistent query buffer is full, this may be caused by too many queries and workflow not able to process query fast enough");
            }

            HeldQueries.Add(query);
            return;
        }

        DispatchQuery(tx, query);
    }

    /// <summary>A caller went away.</summary>
    public void Forget(PendingQuery query) => HeldQueries.Remove(query);

    /// <summary>The task that carries a lone query to a worker.</summary>
    public PollWorkflowTaskQueueResponse QueryTask(long number, PendingQuery query, bool sticky)
    {
        var answer = new PollWorkflowTaskQueueResponse
        {
            TaskToken = new TaskToken(TaskKind.Query, NamespaceId, WorkflowId, RunId, number, 1, 0).ToBytes(),
            WorkflowExecution = Name,
            WorkflowType = State.Started.WorkflowType,
            PreviousStartedEventId = State.LastStartedEventId,
            Attempt = 1,
            History = new(),
            Query = query.Query,
            WorkflowExecutionTaskQueue = NormalQueue(),
        };
        if (!sticky)
        {
            answer.History.Events.AddRange(History);
        }

        return answer;
    }

    private void DispatchQuery(Transition tx, PendingQuery query)
    {
        var sticky = Sticky;
        tx.After(() => engine.Queries.Dispatch(Ref, QueueName, sticky?.Queue.Name, query));
    }

    private void AnswerQueries(Transition tx, RespondWorkflowTaskCompletedRequest request)
    {
        foreach (var (id, result) in request.QueryResults)
        {
            if (HeldQueries.Find(q => q.Id == id) is { } query)
            {
                HeldQueries.Remove(query);
                tx.After(() => query.Answer(result.ResultType == QueryResultType.Failed, result.Answer, result.ErrorMessage, result.Failure, engine.Limits));
            }
        }
    }

    /// <summary>Queries that no task will take along now travel alone.</summary>
    private void ReleaseQueries(Transition tx)
    {
        if (State is { IsOpen: true, Task: not null })
        {
            return;
        }

        foreach (var query in HeldQueries)
        {
            if (State.LastCompletedEventId == 0)
            {
                tx.After(() => query.Fail(Refusal.NotReady("Workflow execution closed before WorkflowTaskStarted event")));
            }
            else
            {
                DispatchQuery(tx, query);
            }
        }

        HeldQueries.Clear();
    }

    private void FailWaiting()
    {
        Updates.Abandon();
        foreach (var query in HeldQueries)
        {
            query.Fail(new Wire.RpcFailure(Grpc.Core.StatusCode.Unavailable, "the change could not be stored"));
        }
    }
}
