using System.Collections.Concurrent;
using Ccn.Domain.Events;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;

namespace Ccn.Workflows.Tests.Fakes;

internal sealed class FakeDesigns(CallLog log) : IDesignActivities, IContestActivities
{
    public MediaResult Media { get; set; } = new(new(800, 600, [new MediaVariant(400, 300, "fil_small", 1_000)], "0f0f0f0f0f0f0f0f", "#336699"), null, null);
    /// <summary>What becomes of single files, by their key; <see cref="Media"/> of the others.</summary>
    public Dictionary<string, MediaResult> MediaOf { get; } = new(StringComparer.Ordinal);
    public ConcurrentQueue<ScreenDesignInput> Screened { get; } = new();
    public ScreeningResult Screening { get; set; } = new(false, null);

    /// <summary>Designs of the ranking, best first; the ballots of those not named are none.</summary>
    public List<string> Ranking { get; } = [];
    public ConcurrentQueue<string> Seeds { get; } = new();

    public Task<MediaResult> ProcessMediaAsync(ProcessMediaInput input)
    {
        log.Add("media", input.DesignId);
        return Task.FromResult(MediaOf.GetValueOrDefault(input.File.FileKey, Media));
    }

    public Task<ScreeningResult> ScreenAsync(ScreenDesignInput input)
    {
        log.Add("screen", input.DesignId);
        Screened.Enqueue(input);
        return Task.FromResult(Screening);
    }

    public Task<ContestTally> FreezeAndTallyAsync(TallyInput input)
    {
        log.Add("tally", input.ContestId);
        return Task.FromResult(Tally(input));
    }

    public Task<ContestTally> DecideAsync(TallyInput input)
    {
        log.Add("decide", input.ContestId);
        return Task.FromResult(Tally(input));
    }

    private ContestTally Tally(TallyInput input)
    {
        Seeds.Enqueue(input.Seed);
        var ranked = Ranking.Where(id => input.Entries.Any(entry => entry.DesignId == id)).ToList();
        return new("ab12", ranked.Count * 10, [.. ranked.Select((id, index) => new ContestRank(index + 1, id, input.Entries.Single(entry => entry.DesignId == id).CreatorId, 10, 5 - index, "planned"))]);
    }
}
