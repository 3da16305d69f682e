using Ccn.TemporalServer.Hosting;

namespace Ccn.TemporalServer.Storage;

/// <summary>Chooses the store by the options.</summary>
internal static class StoreFactory
{
    /// <summary>The store, not yet open.</summary>
    public static IStore Create(TemporalServerOptions options) =>
        options.ConnectionString is null ? new InMemoryStore() : throw new TemporalServerStartException("not yet");

    /// <summary>Opens the store.</summary>
    public static Task<StoreOpening> OpenAsync(IStore store, TemporalServerOptions options, CancellationToken cancel) => store.OpenAsync(cancel);
}
