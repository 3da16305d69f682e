using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>What a worker does.</content>
internal sealed partial class Scenario
{
    /// <summary>Waits for the next workflow task of a queue, the scenario's normal one when not given.</summary>
    public async Task<PollWorkflowTaskQueueResponse> NextTaskAsync(string? queue = null, string? buildId = null)
    {
        PollWorkflowTaskQueueResponse task;
        do { task = await PollAsync(queue ?? Queue, TimeSpan.FromSeconds(30), buildId); }
        while (task.TaskToken.IsEmpty);
        return task;
    }

    /// <summary>Shows the server a poller of the sticky queue that is gone again: it waits its (shortest) time for nothing.</summary>
    public async Task PollStickyInVainAsync() => Assert.True((await PollAsync(StickyQueue, TimeSpan.FromSeconds(2.5), buildId: null)).TaskToken.IsEmpty);

    /// <summary>Takes the next workflow task and answers it.</summary>
    public async Task<RespondWorkflowTaskCompletedResponse> TurnAsync(params Command[] commands) => await AnswerAsync(await NextTaskAsync(), commands);

    /// <summary>Takes the child's next workflow task and answers it.</summary>
    public async Task ChildTurnAsync(params Command[] commands) => await AnswerAsync(await NextTaskAsync(ChildQueue), commands);

    /// <summary>Takes the next workflow task and answers it, asking for the sticky queue from now on.</summary>
    public async Task StickyTurnAsync(params Command[] commands) => await AnswerAsync(await NextTaskAsync(), Sticky(), commands);

    public Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(PollWorkflowTaskQueueResponse task, params Command[] commands) =>
        AnswerAsync(task, _ => { }, commands);

    public Task<RespondWorkflowTaskCompletedResponse> AnswerAsync(
        PollWorkflowTaskQueueResponse task, Action<RespondWorkflowTaskCompletedRequest> with, params Command[] commands)
    {
        var request = new RespondWorkflowTaskCompletedRequest { Namespace = Golden, TaskToken = task.TaskToken, Identity = Golden, Commands = { commands } };
        with(request);
        return server.CallAsync<RespondWorkflowTaskCompletedResponse>(request, cancel);
    }

    public Action<RespondWorkflowTaskCompletedRequest> Sticky(double seconds = 10) => request => request.StickyAttributes = new()
    {
        WorkerTaskQueue = new() { Name = StickyQueue, Kind = TaskQueueKind.Sticky, NormalName = Queue },
        ScheduleToStartTimeout = Data.Seconds(seconds),
    };

    /// <summary>Fails a workflow task as a worker does whose workflow code threw.</summary>
    public Task<RespondWorkflowTaskFailedResponse> FailTaskAsync(PollWorkflowTaskQueueResponse task) => server.CallAsync<RespondWorkflowTaskFailedResponse>(
        new RespondWorkflowTaskFailedRequest
        {
            Namespace = Golden,
            TaskToken = task.TaskToken,
            Cause = WorkflowTaskFailedCause.WorkflowWorkerUnhandledFailure,
            Failure = Data.Failure("boom in workflow code", "Boom"),
            Identity = Golden,
        },
        cancel);

    /// <summary>Fails the next workflow tasks, one after the other.</summary>
    public async Task FailTasksAsync(int count)
    {
        for (var failed = 0; failed < count; failed++) { await FailTaskAsync(await NextTaskAsync()); }
    }

    /// <summary>Takes the next workflow tasks and lets them lapse: each is followed by the next when its time-out has passed.</summary>
    public async Task LapseTasksAsync(int count)
    {
        for (var lapsed = 0; lapsed < count; lapsed++) { await NextTaskAsync(); }
    }

    public Task AnswerQueryAsync(PollWorkflowTaskQueueResponse task, object result) => server.CallAsync<RespondQueryTaskCompletedResponse>(
        new RespondQueryTaskCompletedRequest
        {
            Namespace = Golden,
            TaskToken = task.TaskToken,
            CompletedType = QueryResultType.Answered,
            QueryResult = Data.Jsons(result),
        },
        cancel);

    public Task FailQueryAsync(PollWorkflowTaskQueueResponse task) => server.CallAsync<RespondQueryTaskCompletedResponse>(
        new RespondQueryTaskCompletedRequest
        {
            Namespace = Golden,
            TaskToken = task.TaskToken,
            CompletedType = QueryResultType.Failed,
            ErrorMessage = "query failed message",
            Failure = Data.Failure("query failed", "Q"),
        },
        cancel);

    /// <summary>Waits for the next activity task of the scenario's queue.</summary>
    public async Task<PollActivityTaskQueueResponse> NextActivityAsync(string? buildId = null)
    {
        var request = new PollActivityTaskQueueRequest { Namespace = Golden, TaskQueue = new() { Name = Queue }, Identity = Golden };
        if (buildId is not null) { request.WorkerVersionCapabilities = new() { BuildId = buildId }; }
        PollActivityTaskQueueResponse task;
        do { task = await server.CallAsync<PollActivityTaskQueueResponse>(request, cancel); }
        while (task.TaskToken.IsEmpty);
        return task;
    }

    public Task<RespondActivityTaskCompletedResponse> CompleteActivityAsync(PollActivityTaskQueueResponse task, object result, string? buildId = null) =>
        server.CallAsync<RespondActivityTaskCompletedResponse>(
            new RespondActivityTaskCompletedRequest
            {
                Namespace = Golden,
                TaskToken = task.TaskToken,
                Result = Data.Jsons(result),
                Identity = Golden,
                WorkerVersion = buildId is null ? null : new() { BuildId = buildId },
            },
            cancel);

    public Task<RespondActivityTaskCompletedByIdResponse> CompleteActivityByIdAsync(string activityId) => server.CallAsync<RespondActivityTaskCompletedByIdResponse>(
        new RespondActivityTaskCompletedByIdRequest { Namespace = Golden, WorkflowId = name, ActivityId = activityId, Result = Data.Jsons("by-id"), Identity = Golden }, cancel);

    public Task<RespondActivityTaskFailedResponse> FailActivityAsync(PollActivityTaskQueueResponse task, Failure failure, object? lastHeartbeat = null) =>
        server.CallAsync<RespondActivityTaskFailedResponse>(
            new RespondActivityTaskFailedRequest
            {
                Namespace = Golden,
                TaskToken = task.TaskToken,
                Failure = failure,
                Identity = Golden,
                LastHeartbeatDetails = lastHeartbeat is null ? null : Data.Jsons(lastHeartbeat),
            },
            cancel);

    public Task<RespondActivityTaskCanceledResponse> CancelActivityAsync(PollActivityTaskQueueResponse task, object details) => server.CallAsync<RespondActivityTaskCanceledResponse>(
        new RespondActivityTaskCanceledRequest { Namespace = Golden, TaskToken = task.TaskToken, Details = Data.Jsons(details), Identity = Golden }, cancel);

    public Task<RecordActivityTaskHeartbeatResponse> HeartbeatAsync(PollActivityTaskQueueResponse task, object details) =>
        server.CallAsync<RecordActivityTaskHeartbeatResponse>(
            new RecordActivityTaskHeartbeatRequest { Namespace = Golden, TaskToken = task.TaskToken, Details = Data.Jsons(details), Identity = Golden }, cancel);

    /// <summary>Says yes to an update that came with this task.</summary>
    public static Message Accept(PollWorkflowTaskQueueResponse task, string updateId)
    {
        var sent = SentIn(task, updateId);
        return new()
        {
            Id = updateId + "/accept",
            ProtocolInstanceId = updateId,
            Body = Any.Pack(new Acceptance
            {
                AcceptedRequestMessageId = sent.Id,
                AcceptedRequestSequencingEventId = sent.EventId,
                AcceptedRequest = sent.Body.Unpack<Request>(),
            }),
        };
    }

    /// <summary>Says yes to an update that history has as admitted: it came with no message.</summary>
    public static Message AcceptAdmitted(string updateId, long admittedEventId) => new()
    {
        Id = updateId + "/accept",
        ProtocolInstanceId = updateId,
        Body = Any.Pack(new Acceptance { AcceptedRequestMessageId = updateId + "/request", AcceptedRequestSequencingEventId = admittedEventId }),
    };

    /// <summary>Says no to an update that came with this task.</summary>
    public static Message Reject(PollWorkflowTaskQueueResponse task, string updateId, string why = "rejected by the validator")
    {
        var sent = SentIn(task, updateId);
        return new()
        {
            Id = updateId + "/reject",
            ProtocolInstanceId = updateId,
            Body = Any.Pack(new Rejection
            {
                RejectedRequestMessageId = sent.Id,
                RejectedRequestSequencingEventId = sent.EventId,
                RejectedRequest = sent.Body.Unpack<Request>(),
                Failure = Data.Failure(why, "Rej"),
            }),
        };
    }

    /// <summary>The result of an accepted update.</summary>
    public static Message Result(string updateId, object result) => Response(updateId, new() { Success = Data.Jsons(result) });

    /// <summary>The failure of an accepted update.</summary>
    public static Message FailureOf(string updateId, Failure failure) => Response(updateId, new() { Failure = failure });

    public static Action<RespondWorkflowTaskCompletedRequest> Messages(params Message[] messages) => request => request.Messages.Add(messages);

    /// <summary>Accepts and completes an update in one answer, followed by other commands.</summary>
    public Task<RespondWorkflowTaskCompletedResponse> AnswerUpdateAsync(
        PollWorkflowTaskQueueResponse task, string updateId, object result, params Command[] commands)
    {
        var accept = Accept(task, updateId);
        var outcome = Result(updateId, result);
        return AnswerAsync(task, Messages(accept, outcome), [Do.Place(accept), Do.Place(outcome), .. commands]);
    }

    private static Message Response(string updateId, Outcome outcome) => new()
    {
        Id = updateId + "/complete",
        ProtocolInstanceId = updateId,
        Body = Any.Pack(new Response { Meta = new() { UpdateId = updateId, Identity = Golden }, Outcome = outcome }),
    };

    private static Message SentIn(PollWorkflowTaskQueueResponse task, string updateId) =>
        Assert.Single(task.Messages, message => message.ProtocolInstanceId == updateId);

    private Task<PollWorkflowTaskQueueResponse> PollAsync(string queue, TimeSpan timeout, string? buildId)
    {
        var request = new PollWorkflowTaskQueueRequest { Namespace = Golden, TaskQueue = new() { Name = queue }, Identity = Golden };
        if (queue == StickyQueue) { (request.TaskQueue.Kind, request.TaskQueue.NormalName) = (TaskQueueKind.Sticky, Queue); }
        if (buildId is not null) { request.WorkerVersionCapabilities = new() { BuildId = buildId }; }
        return server.CallAsync<PollWorkflowTaskQueueResponse>(request, cancel, timeout);
    }
}
