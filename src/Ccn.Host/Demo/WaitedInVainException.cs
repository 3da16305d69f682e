namespace Ccn.Host.Demo;

/// <summary>Something did not happen in time. Says what was waited for and what was seen last.</summary>
internal sealed class WaitedInVainException(string what, TimeSpan limit, string lastSeen)
    : Exception($"Waited {limit:g} in vain for {what}. Last seen: {lastSeen}");
