using Ccn.TemporalServer.Storage;

namespace Ccn.TemporalServer.Hosting;

/// <summary>
/// A part of the server that must be ready before the first request. Parts start in the order of their registration,
/// after the store was opened and before the port is, and stop in the reverse order, after the last request.
/// </summary>
internal interface IServerPart
{
    /// <summary>Loads what the part needs.</summary>
    Task StartAsync(StoreOpening opening, CancellationToken cancel);

    /// <summary>Ends what the part has running. Writes may still be appended.</summary>
    Task StopAsync();
}
