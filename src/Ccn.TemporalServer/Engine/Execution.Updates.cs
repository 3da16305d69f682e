using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Ccn.TemporalServer.Engine;

/// <content>Updates: requests that a worker accepts or rejects, and answers.</content>
internal sealed partial class Execution
{
    private const int NotReadyFromAttempt = 3;

    /// <summary>Updates under way.</summary>
    public UpdateRegistry Updates => updates ??= new(this, engine.Limits);

    private UpdateRegistry? updates;

    /// <summary>Takes an update in, or finds the one with the same ID.</summary>
    public UpdateEntry Update(Transition tx, Request request)
    {
        var id = request.Meta.UpdateId;
        if (Updates.Find(id) is { } known)
        {
            return known;
        }

        if (!State.IsOpen)
        {
            throw Refusal.Completed();
        }

        if (State.Pause is not null)
        {
            throw Refusal.Precondition("Workflow is paused. Cannot update the workflow.");
        }

        if (State.Task is { Attempt: >= NotReadyFromAttempt })
        {
            throw Refusal.NotReady("Unable to perform workflow execution update due to Workflow Task in failed state.");
        }

        var entry = Updates.Admit(id, request);
        ScheduleForUpdates(tx);
        return entry;
    }

    private void ScheduleForUpdates(Transition tx)
    {
        if (State.Task is null && Updates.HasUnsent)
        {
            ScheduleSpeculativeTask(tx);
        }
    }

    private void ApplyProtocolMessage(Transition tx, Command command, Completion completion)
    {
        var id = command.ProtocolMessageCommandAttributes.MessageId;
        var message = completion.Request.Messages.FirstOrDefault(m => m.Id == id)
            ?? throw new BadCommand(Cause.BadUpdateWorkflowExecutionMessage, $"ProtocolMessageCommand referenced absent message ID {id}");
        if (completion.Handled.Add(id))
        {
            ApplyMessage(tx, message, completion);
        }
    }

    private void ApplyMessage(Transition tx, Message message, Completion completion)
    {
        if (message.Body.TryUnpack(out Acceptance acceptance))
        {
            Accept(tx, message.ProtocolInstanceId, acceptance, completion);
        }
        else if (message.Body.TryUnpack(out Response response))
        {
            CompleteUpdate(tx, message.ProtocolInstanceId, response, completion);
        }
        else if (message.Body.Is(Rejection.Descriptor))
        {
            completion.Rejections.Add(message);
        }
        else
        {
            throw new BadCommand(Cause.BadUpdateWorkflowExecutionMessage, $"message {message.Id} has an unknown body {message.Body.TypeUrl}");
        }
    }

    /// <summary>The event carries the request, unless history has it already (an update that a reset applied again).</summary>
    private void Accept(Transition tx, string id, Acceptance acceptance, Completion completion)
    {
        var update = Updates.Find(id)
            ?? (acceptance.AcceptedRequest is { Meta: not null } resent ? Updates.Admit(id, resent) : null)   // admitted before a restart
            ?? throw new BadCommand(Cause.BadUpdateWorkflowExecutionMessage, $"update {id} wasn't found on the server");
        var isAdmitted = State.Updates.ContainsKey(id);
        Append(tx, new()
        {
            EventType = EventType.WorkflowExecutionUpdateAccepted,
            WorkflowExecutionUpdateAcceptedEventAttributes = new()
            {
                ProtocolInstanceId = id,
                AcceptedRequestMessageId = acceptance.AcceptedRequestMessageId.Length > 0 ? acceptance.AcceptedRequestMessageId : update.MessageId,
                AcceptedRequestSequencingEventId = acceptance.AcceptedRequestSequencingEventId,
                AcceptedRequest = isAdmitted ? null : update.Request,
            },
        });
        completion.Effects.Add(Updates.Accepted(id));
    }

    private void CompleteUpdate(Transition tx, string id, Response response, Completion completion)
    {
        if (!State.Updates.TryGetValue(id, out var accepted) || accepted.AcceptedEventId == 0)
        {
            throw new BadCommand(Cause.BadUpdateWorkflowExecutionMessage, $"update {id} was not accepted before it was completed");
        }

        Updates.Find(id);
        Append(tx, new()
        {
            EventType = EventType.WorkflowExecutionUpdateCompleted,
            WorkflowExecutionUpdateCompletedEventAttributes = new()
            {
                Meta = response.Meta ?? accepted.Request?.Meta, AcceptedEventId = accepted.AcceptedEventId, Outcome = response.Outcome,
            },
        });
        completion.CompletedUpdates.Add((id, response.Outcome));
    }
}
