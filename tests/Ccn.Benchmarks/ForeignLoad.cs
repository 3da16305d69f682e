using System.Diagnostics;
using System.Globalization;

namespace Ccn.Benchmarks;

/// <summary>
/// How much of the machine's processors others used while a round ran: neither this process nor what it started. A ratio
/// of a round with much of it says little. Linux only; elsewhere it is unknown.
/// </summary>
internal sealed class ForeignLoad
{
    private readonly Sample? began = Read();

    /// <summary>Processes that belong to the benchmark although they are not its children: a database has a session of its own.</summary>
    public static HashSet<int> Adopted { get; } = [];

    /// <summary>Share of all processors, 0 to 1, since this object was made; null where it cannot be told.</summary>
    public double? Share()
    {
        if (began is not { } first || Read() is not { } now || now.Total <= first.Total)
        {
            return null;
        }

        var foreign = now.Busy - first.Busy - (now.Own - first.Own);
        return Math.Clamp((double)foreign / (now.Total - first.Total), 0, 1);
    }

    private static Sample? Read()
    {
        if (!File.Exists("/proc/stat"))
        {
            return null;
        }

        // user nice system idle iowait irq softirq steal, in ticks, over all processors.
        var ticks = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(8).Select(Number).ToList();
        var total = ticks.Sum();
        return new(total, total - ticks[3] - ticks[4], OwnTicks());
    }

    /// <summary>Ticks of this process, of the adopted ones and of all their descendants.</summary>
    private static long OwnTicks()
    {
        var processes = new Dictionary<int, (int Parent, long Ticks)>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Stat(folder) is { } stat)
            {
                processes[id] = stat;
            }
        }

        return processes.Where(p => IsOwn(p.Key)).Sum(p => p.Value.Ticks);

        bool IsOwn(int id) => id == Environment.ProcessId || Adopted.Contains(id) || (processes.TryGetValue(id, out var p) && p.Parent > 1 && IsOwn(p.Parent));
    }

    private static (int Parent, long Ticks)? Stat(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var end = text.LastIndexOf(')');
            var fields = text[(end + 2)..].Split(' ');
            return ((int)Number(fields[1]), Number(fields[11]) + Number(fields[12]));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;   // it has ended
        }
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Sample(long Total, long Busy, long Own);
}
