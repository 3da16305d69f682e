using System.Net;
using System.Security.Cryptography;
using System.Text;
using Ccn.Domain;

namespace Ccn.Host.Demo;

/// <summary>One thread of events that people make happen. Its steps have names, so that it can be told again after an interruption without anything being done twice.</summary>
internal sealed class Story(string name, World world, StoryJournal journal, Transcript transcript, CancellationToken cancel)
{
    private static readonly TimeZoneInfo StatementZone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    private DateTimeOffset at = world.Time.Now;

    public string Name { get; } = name;

    public World World { get; } = world;

    public StoryJournal Journal { get; } = journal;

    public Transcript Transcript { get; } = transcript;

    public CancellationToken Cancel { get; } = cancel;

    /// <summary>Called after each step with its name. For whoever wants to interrupt.</summary>
    public Func<string, Task>? AfterStep { get; init; }

    /// <summary>An id that the story has for a thing: the same one whenever it is told.</summary>
    public string Id(string prefix, string thing)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{World.Seed}/{Name}/{thing}"))[..16];
        (bytes[6], bytes[8]) = ((byte)((bytes[6] & 0x0F) | 0x80), (byte)((bytes[8] & 0x3F) | 0x80));   // a UUID of version 8: named by content
        return Ids.For(prefix, new Guid(bytes, bigEndian: true));
    }

    /// <summary>Idempotency key of a step.</summary>
    public string Key(string step) => $"{Name}:{step}";

    /// <summary>Does a step once, and writes into the transcript who did what with which result.</summary>
    public Task DoAsync(string step, Actor actor, string what, Func<Task> act) => DoAsync(step, actor.Name, what, async () =>
    {
        await act();
        return "";
    });

    /// <inheritdoc cref="DoAsync(string, Actor, string, Func{Task})"/>
    public async Task DoAsync(string step, string who, string what, Func<Task<string>> act)
    {
        var key = Key(step);
        if (Journal.DoneAt(key) is { } done)
        {
            at = done;
            return;
        }

        var again = Journal.Begin(key);
        string result;
        try { result = await act(); }
        catch (ProblemResponseException e) when (again && e.Status is HttpStatusCode.Conflict) { result = "was done before"; }

        at = World.Time.Now;
        Journal.Done(key, at);
        if (what.Length > 0) { Transcript.Add(new(at, who, what, result)); }

        if (AfterStep is not null) { await AfterStep(step); }
    }

    /// <summary>Notes what somebody sees.</summary>
    public void See(Actor actor, string what, string result) => Transcript.Add(new(World.Time.Now, actor.Name, what, result));

    /// <summary>Lets time go by since the last step. Told again, the past is not waited for a second time.</summary>
    public Task PassAsync(TimeSpan duration) => World.Time.PassUntilAsync(at + duration, Cancel);

    /// <summary>Goes on at noon of a day of the next month in the time zone of statements.</summary>
    public async Task NextMonthAsync(string step, int day)
    {
        await DoAsync(step, "", "", () => Task.FromResult(""));   // told again, it is the same month
        var local = TimeZoneInfo.ConvertTime(at, StatementZone).DateTime;
        var noon = new DateTime(local.Year, local.Month, 1, 12, 0, 0, DateTimeKind.Unspecified).AddMonths(1).AddDays(day - 1);
        await PassUntilAsync(new DateTimeOffset(noon, StatementZone.GetUtcOffset(noon)).ToUniversalTime());
    }

    public Task PassUntilAsync(DateTimeOffset instant) => World.Time.PassUntilAsync(instant, Cancel);

    /// <inheritdoc cref="Waiting.UntilAsync{T}"/>
    public async Task<T> UntilAsync<T>(string what, Func<Task<T>> read, Func<T, bool> holds, TimeSpan limit, Func<T, DateTimeOffset?>? until = null)
    {
        var seen = await World.Time.UntilAsync($"{what} ({Name})", read, holds, limit, Cancel, until);
        if (World.Time.Now > at) { at = World.Time.Now; }

        return seen;
    }
}
