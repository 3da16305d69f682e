using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Storage;

namespace Ccn.TemporalServer.Namespaces;

/// <summary>At start: takes over the stored namespaces and makes those that the options ask for.</summary>
internal sealed class NamespaceSetup(TemporalServerOptions options, NamespaceRegistry namespaces, SearchAttributeRegistry searchAttributes) : IServerPart
{
    /// <inheritdoc/>
    public async Task StartAsync(StoreOpening opening, CancellationToken cancel)
    {
        namespaces.Load(opening.Namespaces);
        searchAttributes.Load(opening.SearchAttributes);
        foreach (var name in options.FurtherNamespaces.Prepend(options.Namespace).Distinct(StringComparer.Ordinal))
        {
            var known = namespaces.All.Any(n => n.NamespaceInfo.Name == name);
            var ns = known ? namespaces.Require(name) : await namespaces.RegisterAsync(name, options.Retention);
            await searchAttributes.AddAsync(ns.Id, options.SearchAttributes);
        }
    }

    /// <inheritdoc/>
    public Task StopAsync() => Task.CompletedTask;
}
