namespace Ccn.TemporalServer.Namespaces;

/// <summary>A namespace as the other parts need it.</summary>
/// <param name="Id">Stable id (a UUID); the key of everything stored.</param>
/// <param name="Name">Name that requests carry.</param>
/// <param name="Retention">How long closed runs are kept, counted from their close.</param>
internal sealed record NamespaceRecord(string Id, string Name, TimeSpan Retention);
