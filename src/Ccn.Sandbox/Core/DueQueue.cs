using System.Text.Json.Serialization;

namespace Ccn.Sandbox.Core;

/// <summary>One step that happens at an instant of the clock: a listing is published, a parcel delivered, a webhook sent.</summary>
/// <param name="Number">Breaks ties between steps due at one instant: the earlier scheduled comes first.</param>
/// <param name="DueAt">When it happens.</param>
/// <param name="Kind">Name of the handler.</param>
/// <param name="Key">What it happens to.</param>
internal sealed record DueWork(long Number, DateTimeOffset DueAt, string Kind, string Key);

/// <summary>The steps still to come, in order. Part of the state, so a restarted sandbox goes on where it stopped.</summary>
internal sealed class DueQueue
{
    private readonly SortedSet<DueWork> work = new(Comparer<DueWork>.Create(Compare));

    [JsonInclude]
    public List<DueWork> Items
    {
        get => [.. work];
        private set => work.UnionWith(value);
    }

    [JsonIgnore]
    public DateTimeOffset? Next => work.Min?.DueAt;

    public void Add(DueWork item) => work.Add(item);

    /// <summary>Removes and returns the earliest step that is due.</summary>
    public bool TryTake(DateTimeOffset now, out DueWork item)
    {
        item = work.Min!;
        return item is not null && item.DueAt <= now && work.Remove(item);
    }

    private static int Compare(DueWork a, DueWork b)
    {
        var byTime = a.DueAt.CompareTo(b.DueAt);
        return byTime != 0 ? byTime : a.Number.CompareTo(b.Number);
    }
}
