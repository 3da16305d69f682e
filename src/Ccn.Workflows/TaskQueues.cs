namespace Ccn.Workflows;

/// <summary>Task queues: workflows and cheap activities on the first, CPU-heavy media work and rate-limited providers on their own.</summary>
public static class TaskQueues
{
    public const string Lifecycle = "ccn-lifecycle";
    public const string Media = "ccn-media";
    public const string Providers = "ccn-providers";
}
