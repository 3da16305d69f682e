using Ccn.Domain.Lifecycle;

namespace Ccn.Workflows.Lifecycle;

/// <summary>Answer of every workflow's <c>status</c> query: what a person needs to know while it waits.</summary>
/// <param name="State">Name users see (domain states).</param>
/// <param name="WaitsFor">What it waits for, in plain words; null when it works or has ended.</param>
/// <param name="Turn">Whose turn it is.</param>
/// <param name="Until">When the wait ends by itself; null for an open-ended wait.</param>
/// <param name="Then">What it will do by itself at <paramref name="Until"/>.</param>
/// <param name="Problem">A parked step that an operator must resolve.</param>
public sealed record WorkflowStatus(string State, string? WaitsFor, Party Turn, DateTimeOffset? Until, string? Then, ParkedStep? Problem = null);

/// <summary>A step that failed past its retry limit or for good. Nothing is dropped: it waits for an operator's <c>Resolve</c> update.</summary>
public sealed record ParkedStep(string Step, string FailureType, string Message, DateTimeOffset Since);

/// <summary>An operator's decision on a parked step.</summary>
public sealed record ResolveStep(string Step, StepResolution Resolution, string Reason, string OperatorId);

public enum StepResolution { Retry, Abandon }
