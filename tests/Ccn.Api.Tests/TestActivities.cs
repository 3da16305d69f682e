using Ccn.Data.Contests;
using Ccn.Data.Lifecycle;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Testing;
using Ccn.Workflows.Contests;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Licences;
using Ccn.Workflows.Lifecycle;
using Ccn.Workflows.Listings;
using Temporalio.Exceptions;

namespace Ccn.Api.Tests;

/// <summary>Activities without providers and without image work. Events go through the real store, so that the API reads real projections.</summary>
internal sealed class TestActivities(CcnDatabase database, TimeProvider clock) : IBusinessEventActivities, ICalendarActivities, IDesignActivities, IContestActivities, ILicenceActivities, IFeeActivities
{
    /// <summary>The only product of Amazon's catalogue.</summary>
    public const string KnownAsin = "B0CCN00001";

    /// <summary>Asked about this one Amazon does not answer.</summary>
    public const string SilentAsin = "B0SILENT01";

    public async Task AppendAsync(IReadOnlyList<BusinessEvent> events)
    {
        await using var db = database.Open();
        await EventStore.AppendAsync(db, events);
    }

    public Task<DateTimeOffset> BusinessDeadlineAsync(BusinessDeadlineInput input) => Task.FromResult(input.From.AddHours(input.BusinessHours));

    public Task<PeriodBounds> MonthlyPeriodAsync(MonthlyPeriodInput input) => Task.FromResult(new PeriodBounds(input.Anchor.AddMonths(input.Number - 1), input.Anchor.AddMonths(input.Number)));

    public Task<DateTimeOffset> NextDayOfMonthAsync(NextDayOfMonthInput input) => Task.FromResult(input.After.AddMonths(1));

    public Task<DateTimeOffset> AnniversaryAsync(AnniversaryInput input) => Task.FromResult(input.First.AddMonths(input.Months));

    public Task<MediaResult> ProcessMediaAsync(ProcessMediaInput input) =>
        Task.FromResult(new MediaResult(new DesignMediaReady(400, 400, [new(400, 400, input.File.FileKey, input.File.Bytes)], "0011223344556677", "#336699"), null, null));

    public Task<ScreeningResult> ScreenAsync(ScreenDesignInput input) =>
        Task.FromResult(input.Title.Contains("doubtful", StringComparison.Ordinal) ? new ScreeningResult(true, "a doubtful word") : new ScreeningResult(false, null));

    public async Task<ContestTally> FreezeAndTallyAsync(TallyInput input)
    {
        await new BallotBox(database.Source).FreezeAsync(input.ContestId, clock.GetUtcNow());
        return await DecideAsync(input);
    }

    public async Task<ContestTally> DecideAsync(TallyInput input)
    {
        var ballots = await new BallotBox(database.Source).ReadFrozenAsync(input.ContestId);
        var ranking = input.Entries
            .Select(entry => (Entry: entry, Scores: ballots.Where(ballot => ballot.DesignId == entry.DesignId).Select(ballot => (double)ballot.Score).ToList()))
            .OrderByDescending(row => row.Scores.DefaultIfEmpty(0).Average()).ThenBy(row => row.Entry.DesignId, StringComparer.Ordinal)
            .Select((row, index) => new ContestRank(index + 1, row.Entry.DesignId, row.Entry.CreatorId, row.Scores.Count, row.Scores.DefaultIfEmpty(0).Average(), "mean of the scores"));
        return new("a-hash-of-the-tests", ballots.Count, [.. ranking]);
    }

    public Task<SentEnvelope> SendEnvelopeAsync(SendEnvelopeInput input) => Task.FromResult(new SentEnvelope($"env-{input.Terms.LicenceId}", "hash-of-the-terms"));

    public Task<SigningPage> OpenSigningPageAsync(OpenSigningPageInput input) => Task.FromResult(new SigningPage("https://sign.example/" + input.EnvelopeId));

    public Task<EnvelopeState> ReadEnvelopeAsync(string envelopeId) => Task.FromResult(new EnvelopeState("sent", [], null, null));

    public Task RemindAsync(RemindInput input) => Task.CompletedTask;

    public Task<EnvelopeState> VoidEnvelopeAsync(VoidEnvelopeInput input) => Task.FromResult(new EnvelopeState("voided", [], input.Reason, null));

    public Task<FeeEstimateResult> EstimateAsync(EstimateFeesInput input)
    {
        var fee = new Money(input.Price.MinorUnits * 15 / 100, input.Price.Currency);
        return input.Asin switch
        {
            KnownAsin => Task.FromResult(new FeeEstimateResult(new(input.Asin, input.Price, input.FulfilledByAmazon, fee, [new("ReferralFee", fee)], input.AskedAt, input.AskedAt))),
            SilentAsin => throw new ApplicationFailureException("amazon is down", FailureTypes.ProviderUnavailable, nonRetryable: true),
            _ => Task.FromResult(new FeeEstimateResult(null, FeeRefusal.AsinUnknown, "The item is not in the catalogue.")),
        };
    }

    public Task<SealedCopy> StoreSealedCopyAsync(StoreSealedCopyInput input) => Task.FromResult(new SealedCopy("no-file", "no-hash"));
}
