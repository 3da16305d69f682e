namespace Ccn.Host.Demo;

/// <summary>A journey did not come out as it must.</summary>
internal sealed class JourneyFailedException(string message) : Exception(message);
