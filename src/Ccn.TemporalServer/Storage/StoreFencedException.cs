namespace Ccn.TemporalServer.Storage;

/// <summary>Another process owns the stored state: this one may not write, now or ever again.</summary>
internal sealed class StoreFencedException(string message) : Exception(message);
