namespace Ccn.Workflows.Lifecycle;

/// <summary>Changes of what all life cycles share that running ones were started without.</summary>
internal static class LifecyclePatches
{
    /// <summary>A child hears of a cancellation after it has started. Can go when no life cycle from before 28 November 2026 is open.</summary>
    public const string ChildCanceledAfterStart = "child-20261126-canceled-after-start";
}
