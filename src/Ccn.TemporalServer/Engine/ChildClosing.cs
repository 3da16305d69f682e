using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using AttributesCase = Temporalio.Api.History.V1.HistoryEvent.AttributesOneofCase;

namespace Ccn.TemporalServer.Engine;

/// <summary>What a parent is told when a child's chain of runs has ended.</summary>
/// <param name="InitiatedEventId">The parent's Initiated event.</param>
/// <param name="FirstRunId">First run of the child.</param>
/// <param name="Child">Last run of the child.</param>
/// <param name="Close">The event that closed it.</param>
internal sealed record ChildClosing(long InitiatedEventId, string FirstRunId, WorkflowExecution Child, HistoryEvent Close)
{
    /// <summary>The event that the parent records.</summary>
    public HistoryEvent ToEvent(StartChildWorkflowExecutionInitiatedEventAttributes initiated) => Close.AttributesCase switch
    {
        AttributesCase.WorkflowExecutionCompletedEventAttributes => new()
        {
            EventType = EventType.ChildWorkflowExecutionCompleted,
            ChildWorkflowExecutionCompletedEventAttributes = new()
            {
                Result = Close.WorkflowExecutionCompletedEventAttributes.Result, Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId,
                WorkflowExecution = Child, WorkflowType = initiated.WorkflowType, InitiatedEventId = InitiatedEventId,
            },
        },
        AttributesCase.WorkflowExecutionFailedEventAttributes => new()
        {
            EventType = EventType.ChildWorkflowExecutionFailed,
            ChildWorkflowExecutionFailedEventAttributes = new()
            {
                Failure = Close.WorkflowExecutionFailedEventAttributes.Failure, RetryState = Close.WorkflowExecutionFailedEventAttributes.RetryState,
                Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId,
                WorkflowExecution = Child, WorkflowType = initiated.WorkflowType, InitiatedEventId = InitiatedEventId,
            },
        },
        AttributesCase.WorkflowExecutionCanceledEventAttributes => new()
        {
            EventType = EventType.ChildWorkflowExecutionCanceled,
            ChildWorkflowExecutionCanceledEventAttributes = new()
            {
                Details = Close.WorkflowExecutionCanceledEventAttributes.Details, Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId,
                WorkflowExecution = Child, WorkflowType = initiated.WorkflowType, InitiatedEventId = InitiatedEventId,
            },
        },
        AttributesCase.WorkflowExecutionTimedOutEventAttributes => new()
        {
            EventType = EventType.ChildWorkflowExecutionTimedOut,
            ChildWorkflowExecutionTimedOutEventAttributes = new()
            {
                RetryState = Close.WorkflowExecutionTimedOutEventAttributes.RetryState, Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId,
                WorkflowExecution = Child, WorkflowType = initiated.WorkflowType, InitiatedEventId = InitiatedEventId,
            },
        },
        _ => new()
        {
            EventType = EventType.ChildWorkflowExecutionTerminated,
            ChildWorkflowExecutionTerminatedEventAttributes = new()
            {
                Namespace = initiated.Namespace, NamespaceId = initiated.NamespaceId,
                WorkflowExecution = Child, WorkflowType = initiated.WorkflowType, InitiatedEventId = InitiatedEventId,
            },
        },
    };
}
