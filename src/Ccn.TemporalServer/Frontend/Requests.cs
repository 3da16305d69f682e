using System.Text;
using Ccn.TemporalServer.Engine;
using Ccn.TemporalServer.Wire;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Frontend;

/// <summary>What requests have in common.</summary>
internal static class Requests
{
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(1);

    /// <summary>The run that a request names; refuses a name that cannot be one.</summary>
    public static RunRef Run(WorkflowEngine engine, string ns, WorkflowExecution? execution)
    {
        var namespaceId = engine.NamespaceId(ns);
        Names.Require("WorkflowId", execution?.WorkflowId ?? "", engine.Limits);
        if (execution!.RunId.Length > 0 && !Guid.TryParse(execution.RunId, out _))
        {
            throw Refusal.Invalid("Invalid RunId.");
        }

        return new(namespaceId, execution.WorkflowId, execution.RunId);
    }

    /// <summary>When a task poll is answered with nothing: after a minute, or a second before the caller gives up.</summary>
    public static DateTimeOffset PollUntil(WorkflowEngine engine, RpcContext call, TimeSpan patience)
    {
        var now = engine.Real.GetUtcNow();
        if (call.Deadline is not { } deadline)
        {
            throw Refusal.Invalid("Context timeout is not set.");
        }

        if (deadline - now < ShortestPoll)
        {
            throw Refusal.Precondition("Context timeout is too short.");
        }

        return Earlier(now + patience, deadline - Margin);
    }

    /// <summary>When a long poll is answered with nothing.</summary>
    public static DateTimeOffset WaitUntil(WorkflowEngine engine, RpcContext call, TimeSpan patience)
    {
        var end = engine.Real.GetUtcNow() + patience;
        return call.Deadline is { } deadline ? Earlier(end, deadline - Margin) : end;
    }

    /// <summary>A link to an event of a run.</summary>
    public static Link EventLink(WorkflowEngine engine, RunRef run, long eventId, EventType type) => new()
    {
        WorkflowEvent = new()
        {
            Namespace = engine.NamespaceName(run.NamespaceId), WorkflowId = run.WorkflowId, RunId = run.RunId, EventRef = new() { EventId = eventId, EventType = type },
        },
    };

    /// <summary>A link to the event that a request ID led to.</summary>
    public static Link RequestLink(WorkflowEngine engine, RunRef run, string requestId, EventType type) => new()
    {
        WorkflowEvent = new()
        {
            Namespace = engine.NamespaceName(run.NamespaceId), WorkflowId = run.WorkflowId, RunId = run.RunId,
            RequestIdRef = new() { RequestId = requestId, EventType = type },
        },
    };

    /// <summary>A path of a field mask as the messages spell it; clients also write it in camel case.</summary>
    public static string SnakeCase(string path)
    {
        var snake = new StringBuilder(path.Length + 4);
        foreach (var letter in path)
        {
            if (char.IsAsciiLetterUpper(letter))
            {
                snake.Append('_');
            }

            snake.Append(char.ToLowerInvariant(letter));
        }

        return snake.ToString();
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
