namespace Ccn.Host;

/// <summary>A start-up error in one sentence that tells the person what to do.</summary>
public sealed class HostException(string message, Exception? inner = null) : Exception(message, inner);
