namespace Ccn.TemporalServer.Hosting;

/// <summary>The server could not start; the message says in one sentence why, and what to do.</summary>
public sealed class TemporalServerStartException(string message, Exception? cause = null) : Exception(message, cause);
