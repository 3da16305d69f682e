using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Contests;
using Ccn.Domain.Contests;
using Ccn.Domain.Events;
using Ccn.Workflows.Contests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Contests;

/// <inheritdoc cref="IContestActivities"/>
internal sealed partial class ContestActivities(BallotBox box, CcnDbContext db, TimeProvider time, ILogger<ContestActivities> logger) : IContestActivities
{
    public async Task<ContestTally> FreezeAndTallyAsync(TallyInput input)
    {
        var frozenAt = await box.FreezeAsync(input.ContestId, time.GetUtcNow(), ActivityFailures.Cancel);

        // Ballots that a fraud check leaves out later count for the decision, not for this tally: the same call gives the same answer.
        return await TallyAsync(input, ballot => ballot.VoidedAt is not { } voidedAt || voidedAt > frozenAt);
    }

    public Task<ContestTally> DecideAsync(TallyInput input) => TallyAsync(input, ballot => ballot.VoidedAt is null);

    /// <summary>The canonical ballot file: a line for each ballot by design and member, fields separated by tabs, UTF-8, times in milliseconds since 1970. Voids are no part of it, so its hash is that of the freeze for ever.</summary>
    internal static byte[] CanonicalBytes(IEnumerable<FrozenBallot> ballots)
    {
        var file = new StringBuilder();
        foreach (var ballot in ballots)
        {
            file.Append(CultureInfo.InvariantCulture, $"{ballot.DesignId}\t{ballot.MemberId}\t{ballot.Score}\t{ballot.CastAt.ToUnixTimeMilliseconds()}\n");
        }

        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private async Task<ContestTally> TallyAsync(TallyInput input, Func<FrozenBallot, bool> counts)
    {
        var ballots = await box.ReadFrozenAsync(input.ContestId, ActivityFailures.Cancel);
        var hash = Convert.ToHexStringLower(SHA256.HashData(CanonicalBytes(ballots)));
        var entered = await db.ContestEntries.AsNoTracking().Where(e => e.ContestId == input.ContestId)
            .Select(e => new { e.DesignId, e.EnteredAt }).ToDictionaryAsync(e => e.DesignId, e => e.EnteredAt, StringComparer.Ordinal, ActivityFailures.Cancel);
        var scores = ballots.Where(counts).ToLookup(ballot => ballot.DesignId, ballot => ballot.Score, StringComparer.Ordinal);
        var ranking = ContestRanking.Rank([.. input.Entries.Select((entry, index) => new ScoredEntry(
            entry.DesignId, entered.GetValueOrDefault(entry.DesignId) ?? DateTimeOffset.UnixEpoch.AddTicks(index), [.. scores[entry.DesignId]]))], input.Seed);
        var creators = input.Entries.ToDictionary(entry => entry.DesignId, entry => entry.CreatorId, StringComparer.Ordinal);
        var counted = ranking.Sum(entry => entry.Ballots);
        LogTallied(input.ContestId, counted, hash);
        return new(hash, counted, [.. ranking.Select(entry => new ContestRank(entry.Rank, entry.DesignId, creators[entry.DesignId], entry.Ballots, entry.Score, entry.Reason))]);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Contest {ContestId}: {Ballots} ballots counted, tally {Hash}.")]
    private partial void LogTallied(string contestId, int ballots, string hash);
}
