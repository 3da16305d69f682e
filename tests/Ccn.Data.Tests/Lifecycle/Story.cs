using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Events;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;

namespace Ccn.Data.Tests.Lifecycle;

/// <summary>A long mixed story: two designs, a contest, a licence that fell through and a standby that took it, production with rework, two statements, a payout that came back.</summary>
internal sealed class Story
{
    public const string Lamp = "dsg_lamp", Mug = "dsg_mug", Ada = "usr_ada", Bob = "usr_bob", Seller = "usr_seller", Other = "usr_other", Third = "usr_third", Finance = "usr_finance",
        Contest = "ctt_1", Licence = "lic_2", Rfq = "rfq_1", Order = "po_1", Listing = "lst_1", Statement = "stm_1", Payout = "pyt_1";

    private readonly List<BusinessEvent> events = [];
    private readonly TimeSpan step;
    private DateTimeOffset now = new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(7);   // finer than the database keeps

    /// <param name="distinct">Every event has an instant of its own; else some share one, as those of one workflow task do.</param>
    private Story(bool distinct) => step = distinct ? TimeSpan.FromMinutes(7) : TimeSpan.Zero;

    public static IReadOnlyList<BusinessEvent> Tell(bool distinct)
    {
        var story = new Story(distinct);
        story.Submissions();
        story.ContestIsHeld();
        story.BidsAreTaken();
        story.LicencesAreSigned();
        story.QuotesAreTaken();
        story.UnitsAreMade();
        story.UnitsAreListed();
        story.RoyaltiesAreStated();
        story.MoneyIsPaid();
        story.Ends();
        return story.events;
    }

    private void Add(string eventId, string? designId, EventData data, string? actor = null)
    {
        events.Add(new(eventId, designId, eventId.Split(':')[0], now, actor, data));
        now += step;
    }

    private void Later() => now += TimeSpan.FromHours(5);

    private void Submissions()
    {
        foreach (var (id, creator, title) in new[] { (Lamp, Ada, "Desk lamp \"Luna\" — 月"), (Mug, Bob, "Mug") })
        {
            Add($"design/{id}:submitted", id, new DesignSubmitted(creator, title, "An eco-friendly thing", "home", ["light", "desk"], $"files/{id}", "a.png", "image/png", 4_096, "abc", "2026-01", "open-challenge", 1), creator);
            Add($"design/{id}:stage:1", id, new StageEntered(DesignStage.Submitted, Party.None, "the pictures", null, null, null));
            Add($"design/{id}:media", id, new DesignMediaReady(800, 600, [new(400, 300, $"files/{id}-400", 900)], "ff00", "#102030"));
            Later();
        }

        Add($"design/{Mug}:held", Mug, new DesignHeld("near copy"));
        Add($"design/{Mug}:stage:held", Mug, new StageEntered(DesignStage.Held, Party.Moderator, "a moderator", null, null, null));
        Add("design/dsg_bad:refused", "dsg_bad", new DesignRefused("not_an_image", "The file is no picture."));
        Later();
        foreach (var id in new[] { Lamp, Mug })
        {
            Add($"design/{id}:published", id, new DesignPublished());
            Add($"design/{id}:stage:2", id, new StageEntered(DesignStage.Published, Party.Creator, "a contest or bids", null, null, null));
        }

        Later();
    }

    private void ContestIsHeld()
    {
        Add($"contest/{Contest}:opened", null, new ContestOpened(Contest, "Lamps", "Light", "home", StandardTemplates.OpenChallenge.Contest, now, now.AddDays(14), now.AddDays(15), now.AddDays(22), now.AddDays(24)), "usr_admin");
        Add($"contest/{Contest}:phase:1", null, new ContestPhaseChanged(Contest, "Submissions"));
        Later();
        Add($"contest/{Contest}:entered:{Lamp}", Lamp, new ContestEntered(Contest, Ada, "abc"));
        Add($"contest/{Contest}:entered:{Mug}", Mug, new ContestEntered(Contest, Bob, "abd"));
        Add($"design/{Lamp}:stage:3", Lamp, new StageEntered(DesignStage.InContest, Party.Community, "votes", now.AddDays(22), "The ballots are counted.", Contest));
        Later();
        Add($"contest/{Contest}:phase:2", null, new ContestPhaseChanged(Contest, "Voting"));
        Later();
        Add($"contest/{Contest}:tallied", null, new ContestTallied(Contest, "h1", 5, [new(1, Mug, Bob, 3, 4.5, "more"), new(2, Lamp, Ada, 2, 4.25, "fewer")]));
        Later();
        Add($"contest/{Contest}:decided-tally", null, new ContestTallied(Contest, "h2", 3, [new(1, Lamp, Ada, 2, 4.25, "after the hold"), new(2, Mug, Bob, 1, 3.1, "voided")]));
        Add($"contest/{Contest}:decided", null, new ContestDecided(Contest, Lamp));
        Add($"contest/{Contest}:badge", Lamp, new BadgeAwarded(Ada, "Winner", Contest));
        Add($"design/{Lamp}:spotlight", Lamp, new SpotlightOpened(Contest));
        Add($"design/{Lamp}:stage:4", Lamp, new StageEntered(DesignStage.Won, Party.None, null, null, null, Contest));
        Later();
    }

    private void BidsAreTaken()
    {
        const string round = $"bidding/{Lamp}";
        Add($"{round}:opened", Lamp, new BiddingOpened(now.AddDays(7), now.AddDays(12), 500));
        Add($"design/{Lamp}:stage:5", Lamp, new StageEntered(DesignStage.OpenToBids, Party.Seller, "sealed bids", now.AddDays(7), "The bids are opened.", round));
        Later();
        Add($"{round}:lodged:bid_0", Lamp, new BidLodged("bid_0", Seller, "r0"), Seller);
        Later();
        Add($"{round}:lodged:bid_1", Lamp, new BidLodged("bid_1", Seller, "r1"), Seller);
        Add($"{round}:lodged:bid_2", Lamp, new BidLodged("bid_2", Other, "r2"), Other);
        Add($"{round}:lodged:bid_3", Lamp, new BidLodged("bid_3", Third, "r3"), Third);
        Add($"{round}:lodged:bid_4", Lamp, new BidLodged("bid_4", "usr_fourth", "r4"), "usr_fourth");
        Later();
        Add($"{round}:withdrawn:bid_4", Lamp, new BidWithdrawn("bid_4"), "usr_fourth");
        Later();
        Add($"{round}:revealed", Lamp, new BidsRevealed(
        [
            new("bid_1", Seller, now.AddDays(-1), 1, Terms(1_000)), new("bid_2", Other, now.AddDays(-1), 2, Terms(900)), new("bid_3", Third, now.AddDays(-1), 3, Terms(800)),
        ]));
        Later();
        Add($"{round}:accepted", Lamp, new BidAccepted("bid_1", Seller, Automatic: false), Ada);
        Later();
        Add($"bidding/{Mug}:opened", Mug, new BiddingOpened(now.AddDays(7), now.AddDays(12), 500));
        Later();
        Add($"bidding/{Mug}:lapsed", Mug, new BiddingLapsed("no bids"));
        Later();
    }

    private void LicencesAreSigned()
    {
        foreach (var (licence, bid, seller) in new[] { ("lic_1", "bid_1", Seller), (Licence, "bid_3", Third) })
        {
            Add($"licence/{licence}:drafted", Lamp, new LicenceDrafted(LicenceTerms(licence, seller), bid, "th"));
            Add($"licence/{licence}:sent", Lamp, new LicenceSent(licence, $"env-{licence}", now.AddDays(14)));
            Later();
            Add($"licence/{licence}:reminder:1", Lamp, new LicenceReminderSent(licence, 1));
            Add($"licence/{licence}:signed:{Ada}", Lamp, new LicencePartySigned(licence, Ada, now));
            Later();
            if (licence == "lic_1")
            {
                Add("licence/lic_1:declined", Lamp, new LicenceNotSigned("lic_1", "Declined", "too dear"));
                Add($"design/{Lamp}:standby:bid_2", Lamp, new StandbyOffered("bid_2", Other, now.AddDays(2)));
                Later();
                Add($"design/{Lamp}:standby:bid_2:answer", Lamp, new StandbyAnswered("bid_2", Other, Accepted: false, TimedOut: true));
                Later();
                Add($"design/{Lamp}:standby:bid_3", Lamp, new StandbyOffered("bid_3", Third, now.AddDays(2)));
                Later();
                Add($"design/{Lamp}:standby:bid_3:answer", Lamp, new StandbyAnswered("bid_3", Third, Accepted: true, TimedOut: false), Third);
                Later();
            }
        }

        Add($"licence/{Licence}:signed:{Third}", Lamp, new LicencePartySigned(Licence, Third, now), Third);
        Add($"licence/{Licence}:in-force", Lamp, new LicenceInForce(Licence, now, now.AddYears(2), "files/sealed", "sealed-hash"));
        Add($"design/{Lamp}:stage:6", Lamp, new StageEntered(DesignStage.Licensed, Party.Seller, "suppliers to be invited", null, null, Licence));
        Later();
    }

    private void QuotesAreTaken()
    {
        const string sourcing = $"sourcing/{Licence}";
        Add($"{sourcing}:rfq", Lamp, new RfqOpened(Rfq, Licence, Third, 500, "brass, 40 cm"), Third);
        foreach (var supplier in new[] { Supplier(1), Supplier(2), Supplier(3) })
        {
            Add($"{sourcing}:invited:{supplier.SupplierId}", Lamp, new SupplierInvited(Rfq, supplier, now.AddDays(2), supplier.Channel is SupplierChannel.AlibabaHandOff ? "https://example.com/x" : null, Fallback: false));
        }

        Later();
        Add($"{sourcing}:seen:sup_1", Lamp, new SupplierInvitationChanged(Rfq, "sup_1", InvitationState.Seen, null, null));
        Later();
        foreach (var n in new[] { 1, 2 })
        {
            Add($"{sourcing}:quote:{n}", Lamp, new QuoteReceived(Rfq, new($"qte_{n}", $"sup_{n}", [new(100, Usd(420)), new(500, Usd(380 + n))], 100, Usd(25_000), 30, "FOB", now.AddDays(15))));
            Later();
        }

        Add($"{sourcing}:declined:sup_3", Lamp, new SupplierInvitationChanged(Rfq, "sup_3", InvitationState.Declined, null, "no capacity"));
        Add($"{sourcing}:told", Lamp, new CreatorToldOfDelay(Rfq, "Two of three have answered."));
        Later();
        Add($"{sourcing}:stale:qte_2", Lamp, new QuoteStale(Rfq, "qte_2"));
        Later();
        Add("sourcing/lic_9:opened", Mug, new RfqOpened("rfq_9", "lic_9", Third, 50, "clay"), Third);
        Add("sourcing/lic_9:closed", Mug, new RfqClosed("rfq_9", "no supplier would"), Third);
        Add($"{sourcing}:approved", Lamp, new QuoteApproved(Rfq, "qte_1", "sup_1", 500, Usd(381), Usd(215_500)), Third);
        Later();
    }

    private void UnitsAreMade()
    {
        const string production = $"production/{Order}";
        Add($"{production}:placed", Lamp, new OrderPlaced(Order, Rfq, "qte_1", Supplier(1), 500, Usd(381), Usd(215_500), Usd(64_650), "net-1"));
        Later();
        Add($"{production}:deposit", Lamp, new OrderPaymentConfirmed(Order, "Deposit", Usd(64_650)), Third);
        foreach (var milestone in new[] { Milestone.DepositReceived, Milestone.SampleApproved, Milestone.InProduction, Milestone.ReadyForInspection })
        {
            Later();
            Add($"{production}:milestone:{milestone}", Lamp, new MilestoneReached(Order, milestone, now, null));
        }

        Later();
        Add($"{production}:inspection:1", Lamp, new InspectionRecorded(Order, 1, new(500, 50, 0, 4, 2), new(50, 0, 3, 5), Passed: false), Third);
        Later();
        Add($"{production}:milestone:ready-again", Lamp, new MilestoneReached(Order, Milestone.ReadyForInspection, now, "reworked"));
        Later();
        Add($"{production}:inspection:2", Lamp, new InspectionRecorded(Order, 2, new(500, 50, 0, 2, 2), new(50, 0, 3, 5), Passed: true), Third);
        Later();
        Add($"{production}:balance", Lamp, new OrderPaymentConfirmed(Order, "Balance", Usd(150_850)), Third);
        Later();
        Add($"{production}:milestone:shipped", Lamp, new MilestoneReached(Order, Milestone.Shipped, now, null));
        Later();
        Add($"{production}:received", Lamp, new GoodsReceived(Order, new(500, 498, 3)), Third);
        Add($"{production}:closed", Lamp, new OrderClosed(Order));
        Add("production/po_9:placed", Mug, new OrderPlaced("po_9", "rfq_9", "qte_9", Supplier(2), 50, Usd(100), Usd(5_000), Usd(1_500), null));
        Add("production/po_9:canceled", Mug, new OrderCanceled("po_9", "The order was canceled."));
        Later();
    }

    private void UnitsAreListed()
    {
        const string listing = $"listing/{Listing}";
        Add($"{listing}:opened", Lamp, new ListingOpened(Listing, Licence, Third, "sac_1", "CCN-LAMP", "ATVPDKIKX0DER"));
        Later();
        Add($"{listing}:submitted", Lamp, new ListingSubmitted(Listing, "Lamp by Ada", Usd(2_000), 495, "sub-1"), Third);
        Add($"{listing}:issues", Lamp, new ListingIssuesFound(Listing, [new("8541", "ERROR", "Conflicting product")]));
        Later();
        Add($"{listing}:submitted:2", Lamp, new ListingSubmitted(Listing, "Lamp by Ada", Usd(2_000), 495, "sub-2"), Third);
        Later();
        Add($"{listing}:buyable", Lamp, new ListingBuyable(Listing, "B0CCNLAMP1"));
        Add($"{listing}:price:1", Lamp, new ListingPriceChanged(Listing, Usd(2_100)), Third);
        Later();
        Add($"{listing}:price:2", Lamp, new ListingPriceChanged(Listing, Usd(1_950)), Third);
        Add($"{listing}:stock:1", Lamp, new ListingStockChanged(Listing, 400), Third);
        Add($"{listing}:parked", Lamp, new NeedsAttentionRaised(listing, "Listings.Read", FailureTypes.ProviderContract, "unreadable"));
        Later();
        Add($"{listing}:resolved", Lamp, new NeedsAttentionResolved(listing, "Listings.Read", "Retry", "provider fixed it"), "usr_ops");
        Later();
    }

    private void RoyaltiesAreStated()
    {
        const string loop = $"royalties/{Licence}";
        Add($"{loop}:1:drafted", Lamp, new StatementDrafted(Statement, Licence, 1, now.AddMonths(-1), now, now.AddDays(5), Usd(60_100), Usd(6_010), Usd(54_090)));
        Add($"{loop}:1:queried", Lamp, new StatementLineQueried(Statement, 1, "qry_1", "Why 300?"), Ada);
        Later();
        Add($"{loop}:1:answered", Lamp, new StatementQueryAnswered(Statement, "qry_1", "One order was canceled."), Finance);
        Later();
        Add($"{loop}:1:final", Lamp, new StatementFinalized(Statement, Licence, "s1", Usd(60_000), Usd(6_000), Usd(54_000)));
        Add($"{loop}:1:declined", Lamp, new RoyaltyCollectionFailed(Statement, "card_declined", Usd(60_000)));
        Later();
        Add($"{loop}:1:collected", Lamp, new RoyaltyCollected(Statement, "pi_1", Usd(60_000)));
        Later();
        Add($"{loop}:2:drafted", Lamp, new StatementDrafted("stm_2", Licence, 2, now, now.AddMonths(1), now.AddDays(35), Usd(-400), Usd(-40), Usd(-360)));
        Add($"{loop}:2:queried", Lamp, new StatementLineQueried("stm_2", 1, "qry_2", "Why?"), Ada);
        Later();
    }

    private void MoneyIsPaid()
    {
        const string payee = $"payee/{Ada}";
        Add($"{payee}:1:held", null, new PayoutHeld(Ada, "no payout method", Usd(54_000)));
        Later();
        Add($"{payee}:released", null, new PayoutReleased(Ada, "method set"), Finance);
        Later();
        Add($"{payee}:2:held", null, new PayoutHeld(Ada, "a look by finance", Usd(54_000)), Finance);
        Later();
        Add($"{payee}:method:1", null, new PayoutMethodChanged(Ada, "paypal"), Ada);
        Later();
        Add($"{payee}:1:prepared", null, new PayoutPrepared(Payout, Ada, Usd(54_000), "ph", [Statement]));
        Later();
        Add($"{payee}:1:approved-first", null, new PayoutApprovedByFirst(Payout, "ph"), "usr_fin_other");
        Later();
        Add($"{payee}:1:approved", null, new PayoutApproved(Payout, "ph"), Finance);
        Add($"{payee}:1:refused", null, new PayoutRefused(Payout, 1, "RECEIVER_UNREGISTERED"));
        Later();
        Add($"{payee}:1:sent", null, new PayoutSent(Payout, 2, "PP-1"));
        Later();
        Add($"{payee}:1:unclaimed", null, new PayoutUnclaimed(Payout));
        Later();
        Add($"{payee}:1:confirmed", null, new PayoutConfirmed(Payout, Usd(25), now));
        Later();
        Add($"{payee}:1:returned", null, new PayoutReturned(Payout, "account closed"));
        Later();
    }

    private void Ends()
    {
        Add($"listing/{Listing}:ended", Lamp, new ListingEnded(Listing, "licence ended"));
        Add($"licence/{Licence}:ended", Lamp, new LicenceEnded(Licence, "term over"));
        Add($"design/{Lamp}:ended", Lamp, new LifecycleEnded(DesignStage.Ended, "term over"));
        Add($"design/{Mug}:withdrawn", Mug, new DesignWithdrawn("the creator's wish"), Bob);
        Add($"design/{Mug}:ended", Mug, new LifecycleEnded(DesignStage.Withdrawn, "withdrawn"));
    }

    private static Money Usd(long minor) => new(minor, "USD");

    private static BidTerms Terms(int rate) => new(RoyaltyMode.Percent, rate, null, Usd(2_000), 500, Exclusive: true, 24, "note");

    private static LicenceTerms LicenceTerms(string licenceId, string sellerId) => new(licenceId, 1, Lamp, "Desk lamp", "abc", Ada, sellerId, RoyaltyMode.Percent, RoyaltyBase.Gross, 1_000, null, "USD",
        Exclusive: true, "US", 24, "America/Los_Angeles", 1_000, 0, 60, 0, [new(Ada, 10_000)]);

    private static Supplier Supplier(int n) => new($"sup_{n}", $"Supplier {n}", n == 1 ? SupplierChannel.Network : SupplierChannel.AlibabaHandOff, "CN", "CN", "Asia/Shanghai");
}
