using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <content>Commands that name the scenario's own queues and ids.</content>
internal sealed partial class Scenario
{
    public Command Activity(string id = "1", Action<ScheduleActivityTaskCommandAttributes>? with = null)
    {
        var attributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = id,
            ActivityType = new() { Name = "Act" },
            TaskQueue = new() { Name = Queue },
            Input = Data.Jsons("a-in"),
            StartToCloseTimeout = Data.Seconds(30),
        };
        with?.Invoke(attributes);
        return new() { CommandType = CommandType.ScheduleActivityTask, ScheduleActivityTaskCommandAttributes = attributes };
    }

    public Command Child(Action<StartChildWorkflowExecutionCommandAttributes>? with = null)
    {
        var attributes = new StartChildWorkflowExecutionCommandAttributes
        {
            WorkflowId = ChildId,
            WorkflowType = new() { Name = "Child" },
            TaskQueue = new() { Name = ChildQueue },
            Input = Data.Jsons("c-in"),
        };
        with?.Invoke(attributes);
        return new() { CommandType = CommandType.StartChildWorkflowExecution, StartChildWorkflowExecutionCommandAttributes = attributes };
    }

    public Command ContinueAsNew(Action<ContinueAsNewWorkflowExecutionCommandAttributes>? with = null)
    {
        var attributes = new ContinueAsNewWorkflowExecutionCommandAttributes
        {
            WorkflowType = new() { Name = "Golden" },
            TaskQueue = new() { Name = Queue },
            Input = Data.Jsons("next"),
        };
        with?.Invoke(attributes);
        return new() { CommandType = CommandType.ContinueAsNewWorkflowExecution, ContinueAsNewWorkflowExecutionCommandAttributes = attributes };
    }
}
