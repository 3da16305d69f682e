namespace Ccn.TemporalServer.Namespaces;

/// <summary>The search attributes of each namespace: those of the system and those added by hand.</summary>
internal sealed class SearchAttributeRegistry;
