using System.Text.Json;
using Ccn.Domain;

namespace Ccn.Host.Demo;

/// <summary>Waits for what others do, by looking again as a person would: soon at first, then ever more rarely.</summary>
internal static class Waiting
{
    private static readonly TimeSpan RealStep = TimeSpan.FromMilliseconds(200);

    /// <summary>Real time is short: a rehearsal's longest wait.</summary>
    private static readonly TimeSpan RealLimit = TimeSpan.FromMinutes(4);

    private static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);
    private const int MaxSeen = 6_000;

    /// <summary>Reads until the condition holds, and returns what was read then.</summary>
    /// <param name="what">In plain words, for the error.</param>
    /// <param name="limit">Longest wait in virtual time; in real time at most four minutes.</param>
    /// <param name="until">When the thing itself says how long it takes, it is looked at right after that.</param>
    /// <exception cref="WaitedInVainException">The condition did not hold in time.</exception>
    public static async Task<T> UntilAsync<T>(this IStoryTime time, string what, Func<Task<T>> read, Func<T, bool> holds, TimeSpan limit, CancellationToken cancel, Func<T, DateTimeOffset?>? until = null)
    {
        var longest = time.IsSkipped ? limit : RealLimit;
        var giveUpAt = time.Now + longest;
        for (var look = 0; ; look++)
        {
            var seen = await read();
            if (holds(seen)) { return seen; }

            var now = time.Now;
            if (now >= giveUpAt) { throw new WaitedInVainException(what, longest, Shorten(JsonSerializer.Serialize(seen, CcnJson.Options))); }

            var step = time.IsSkipped ? Step(look) : RealStep;
            if (until?.Invoke(seen) is { } instant && instant > now + step && time.IsSkipped) { step = instant - now + TimeSpan.FromMinutes(1); }

            await time.PassAsync(now + step > giveUpAt ? giveUpAt - now : step, cancel);
        }
    }

    /// <summary>Passes the time up to an instant; none when it is past.</summary>
    public static Task PassUntilAsync(this IStoryTime time, DateTimeOffset instant, CancellationToken cancel) => time.PassAsync(instant - time.Now, cancel);

    private static TimeSpan Step(int look) => look switch
    {
        < 3 => TimeSpan.FromMinutes(1),
        < 5 => TimeSpan.FromMinutes(15),
        < 8 => TimeSpan.FromHours(2),
        _ => LongestStep,
    };

    private static string Shorten(string text) => text.Length <= MaxSeen ? text : text[..MaxSeen] + "…";
}
