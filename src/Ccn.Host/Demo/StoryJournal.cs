using System.Globalization;

namespace Ccn.Host.Demo;

/// <summary>
/// Which steps of the stories are done. Kept in a file, so that a history that was interrupted goes on where it stopped instead of selling
/// everything twice. A step that was begun but not finished is done again: the API sees the repeat by its ids and keys.
/// </summary>
internal sealed class StoryJournal : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, DateTimeOffset?> steps = new(StringComparer.Ordinal);
    private readonly StreamWriter? file;

    private StoryJournal(StreamWriter? file) => this.file = file;

    /// <summary>For stories that live in one go.</summary>
    public static StoryJournal InMemory() => new(null);

    /// <summary>Reads what is done and goes on writing to the same file.</summary>
    public static StoryJournal Open(string path)
    {
        var known = File.Exists(path) ? File.ReadAllLines(path) : [];
        var journal = new StoryJournal(new StreamWriter(path, append: true) { AutoFlush = true });
        foreach (var line in known)
        {
            // The last line may be cut off by the end of the process: then its step was not finished.
            var parts = line.Split('\t');
            if (parts is [var step]) { journal.steps.TryAdd(step, null); }
            else if (parts is [var finished, var at] && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) { journal.steps[finished] = instant; }
        }

        return journal;
    }

    /// <summary>When the step was done; null when it was not.</summary>
    public DateTimeOffset? DoneAt(string step)
    {
        lock (gate) { return steps.GetValueOrDefault(step); }
    }

    /// <summary>Notes that a step begins.</summary>
    /// <returns>True when it was begun before and its end is not known.</returns>
    public bool Begin(string step)
    {
        lock (gate)
        {
            if (!steps.TryAdd(step, null)) { return true; }

            file?.WriteLine(step);
            return false;
        }
    }

    public void Done(string step, DateTimeOffset at)
    {
        lock (gate)
        {
            steps[step] = at;
            file?.WriteLine($"{step}\t{at.ToString("O", CultureInfo.InvariantCulture)}");
        }
    }

    public void Dispose() => file?.Dispose();
}
