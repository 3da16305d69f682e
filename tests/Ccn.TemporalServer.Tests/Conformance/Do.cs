using Google.Protobuf.Collections;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>Workflow commands, with the defaults most recordings use.</summary>
internal static class Do
{
    public static Command Complete(object? result = null) => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new() { Result = Data.Jsons(result ?? "done") },
    };

    public static Command Fail(Failure failure) => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new() { Failure = failure },
    };

    public static Command Cancel(string details) => new()
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new() { Details = Data.Jsons(details) },
    };

    public static Command Timer(string id, double seconds) => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new() { TimerId = id, StartToFireTimeout = Data.Seconds(seconds) },
    };

    public static Command CancelTimer(string id) => new()
    {
        CommandType = CommandType.CancelTimer,
        CancelTimerCommandAttributes = new() { TimerId = id },
    };

    public static Command CancelActivity(long scheduledEventId) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new() { ScheduledEventId = scheduledEventId },
    };

    public static Command SignalExternal(string workflowId, string runId = "", bool childOnly = false, string signal = "ext-sig") => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new()
        {
            Execution = new() { WorkflowId = workflowId, RunId = runId },
            SignalName = signal,
            Input = Data.Jsons("ext"),
            Control = "ctl",
            ChildWorkflowOnly = childOnly,
        },
    };

    public static Command CancelExternal(string workflowId, string runId = "", bool childOnly = false) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new()
        {
            WorkflowId = workflowId,
            RunId = runId,
            Control = "ctl",
            ChildWorkflowOnly = childOnly,
            Reason = "ext cancel reason",
        },
    };

    public static Command Marker(string name, Action<MapField<string, Payloads>>? details = null, Failure? failure = null)
    {
        var attributes = new RecordMarkerCommandAttributes { MarkerName = name, Failure = failure };
        details?.Invoke(attributes.Details);
        return new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = attributes };
    }

    public static Command Upsert(SearchAttributes attributes) => new()
    {
        CommandType = CommandType.UpsertWorkflowSearchAttributes,
        UpsertWorkflowSearchAttributesCommandAttributes = new() { SearchAttributes = attributes },
    };

    public static Command ModifyMemo(Memo memo) => new()
    {
        CommandType = CommandType.ModifyWorkflowProperties,
        ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = memo },
    };

    /// <summary>The command that gives a message its place among the commands.</summary>
    public static Command Place(Message message) => new()
    {
        CommandType = CommandType.ProtocolMessage,
        ProtocolMessageCommandAttributes = new() { MessageId = message.Id },
    };
}
