namespace Ccn.Workflows.Lifecycle;

/// <summary>Ids of messages already handled. Temporal does not drop repeated signals, and update ids only within one run, so the last hundred are kept and carried over.</summary>
internal sealed class HandledMessages(IReadOnlyList<string>? carried = null)
{
    private const int Kept = 100;
    private readonly List<string> ids = [.. carried ?? []];

    public IReadOnlyList<string> Ids => [.. ids];

    /// <summary>Whether the id was handled before.</summary>
    public bool Has(string id) => ids.Contains(id, StringComparer.Ordinal);

    /// <summary>Remembers the id. False when it is a repeat.</summary>
    public bool TryAdd(string id)
    {
        if (Has(id)) { return false; }

        ids.Add(id);
        if (ids.Count > Kept) { ids.RemoveAt(0); }

        return true;
    }
}
