namespace Ccn.Domain.Lifecycle;

/// <summary>The templates CCN publishes itself. Values are the defaults of the field; each can be overridden by publishing another number.</summary>
public static class StandardTemplates
{
    /// <summary>An open challenge: 14 days of submissions, one day of critique, a week of blind votes, then sealed bids.</summary>
    public static LifecycleTemplate OpenChallenge { get; } = new(
        "open-challenge", 1, "Open challenge", "US",
        new(TimeSpan.FromDays(14), TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromHours(48)),
        new(TimeSpan.FromDays(7), TimeSpan.FromDays(5), AutoAccept: false, FloorBasisPoints: 500, TimeSpan.FromHours(48)),
        new([TimeSpan.FromDays(3), TimeSpan.FromDays(7), TimeSpan.FromDays(12)], TimeSpan.FromDays(14)),
        new(3, 5, ReplyHours: 16, WidenHours: 16, SwitchHours: 16, TimeSpan.FromDays(10), QuoteValidityDays: 15),
        new(2.5m, 4.0m, DepositPercent: 30, OverUnderTolerancePercent: 5m),
        new(TimeSpan.FromMinutes(15)),
        new(null, "America/Los_Angeles", TimeSpan.FromDays(2), QueryBusinessDays: 5, null, ReserveBasisPoints: 0, ReserveReleaseDays: 60, ClearanceDays: 0, PlatformFeeBasisPoints: 1_000),
        new(PayDay: 15, Minimum: 1_000, [TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromDays(1), TimeSpan.FromDays(3)], TwoApproversFrom: 100_000));

    /// <summary>The same stages in seconds, for rehearsals against a server whose clock cannot be moved. Every hour of every day counts.</summary>
    public static LifecycleTemplate Rehearsal { get; } = OpenChallenge with
    {
        TemplateId = "rehearsal",
        Name = "Rehearsal in seconds",
        Calendar = "24x7",
        Contest = new(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(1)),
        Bidding = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(2), AutoAccept: false, FloorBasisPoints: 500, TimeSpan.FromSeconds(10)),
        Signing = new([TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90)], TimeSpan.FromMinutes(2)),
        Sourcing = new(3, 5, ReplyHours: 3.0 / 3600, WidenHours: 3.0 / 3600, SwitchHours: 3.0 / 3600, TimeSpan.FromSeconds(10), QuoteValidityDays: 15),
        Listing = new(TimeSpan.FromSeconds(1)),
        Royalties = OpenChallenge.Royalties with { Period = TimeSpan.FromSeconds(20), DraftAfter = TimeSpan.FromSeconds(1), QueryWindow = TimeSpan.FromSeconds(2) },
        Payouts = OpenChallenge.Payouts with { PayDay = 0 },
    };
}
