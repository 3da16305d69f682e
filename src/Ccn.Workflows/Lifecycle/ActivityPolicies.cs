using Temporalio.Workflows;

namespace Ccn.Workflows.Lifecycle;

/// <summary>The few sets of activity options. Every property gives a fresh object, because the SDK does not copy what it is given.</summary>
public static class ActivityPolicies
{
    /// <summary>Own database: short tries for a day, then a person. An outage of the store delays a story and never loses one.</summary>
    public static ActivityOptions Data => new()
    {
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        ScheduleToCloseTimeout = TimeSpan.FromDays(1),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(200), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(1) },
    };

    /// <summary>Image work on its own queue: CPU heavy, so few tries; a worker that dies is seen by the missing heartbeat.</summary>
    public static ActivityOptions Media => new()
    {
        TaskQueue = TaskQueues.Media,
        StartToCloseTimeout = TimeSpan.FromMinutes(5),
        ScheduleToCloseTimeout = TimeSpan.FromHours(6),
        HeartbeatTimeout = TimeSpan.FromSeconds(60),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(2), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(5) },
    };

    /// <summary>A provider: one try is 30 s, all tries 12 h, because providers forget idempotency keys after about a day.</summary>
    public static ActivityOptions Provider => new()
    {
        TaskQueue = TaskQueues.Providers,
        StartToCloseTimeout = TimeSpan.FromSeconds(30),
        ScheduleToCloseTimeout = TimeSpan.FromHours(12),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(10) },
    };

    /// <summary>Many pages of a provider: one try may take long, and a worker that dies is seen by the missing heartbeat. What a try has written is not written again.</summary>
    public static ActivityOptions Pages => new()
    {
        TaskQueue = TaskQueues.Providers,
        StartToCloseTimeout = TimeSpan.FromMinutes(30),
        ScheduleToCloseTimeout = TimeSpan.FromHours(12),
        HeartbeatTimeout = TimeSpan.FromSeconds(60),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromSeconds(1), BackoffCoefficient = 2, MaximumInterval = TimeSpan.FromMinutes(10) },
    };

    /// <summary>A provider while a person waits for the answer: three tries within half a minute, then the person is told.</summary>
    public static ActivityOptions Interactive => new()
    {
        TaskQueue = TaskQueues.Providers,
        StartToCloseTimeout = TimeSpan.FromSeconds(15),
        ScheduleToCloseTimeout = TimeSpan.FromSeconds(30),
        RetryPolicy = new() { InitialInterval = TimeSpan.FromMilliseconds(500), BackoffCoefficient = 2, MaximumAttempts = 3 },
    };

    /// <summary>Runs even when the workflow is canceled: for compensations, and for steps whose outcome must be known.</summary>
    public static ActivityOptions Detached(this ActivityOptions options)
    {
        options.CancellationToken = CancellationToken.None;
        return options;
    }

    /// <summary>Ends with something smaller than the workflow, such as the wait for one supplier.</summary>
    public static ActivityOptions StoppedBy(this ActivityOptions options, CancellationToken stop)
    {
        options.CancellationToken = stop;
        return options;
    }

    /// <summary>The line that people read in the history.</summary>
    public static ActivityOptions Titled(this ActivityOptions options, string summary)
    {
        options.Summary = summary;
        return options;
    }
}
