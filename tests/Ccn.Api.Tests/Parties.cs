using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Production;
using Ccn.Domain.Royalties;
using Ccn.Domain.Sourcing;

namespace Ccn.Api.Tests;

/// <summary>A creator and a seller with everything they have together on record: licence, RFQ, quote, order, listing, statement, payout.</summary>
internal sealed record Parties(Person Creator, Person Seller, string DesignId, string LicenceId, string RfqId, string QuoteId, string OrderId, string ListingId, string StatementId, string PayoutId) : IDisposable
{
    public const string SupplierId = "sup_01920000000070008000000000000001";

    public string EnvelopeId => "env-" + LicenceId;

    public void Dispose()
    {
        Creator.Dispose();
        Seller.Dispose();
    }

    public static async Task<Parties> MakeAsync(ApiFixture api)
    {
        string New(string prefix) => Ids.New(prefix, api.Now);
        var made = new Parties(await api.SignUpAsync("creator"), await api.SignUpAsync("seller"), New(Ids.Design), New(Ids.Licence), New(Ids.Rfq), New(Ids.Quote), New(Ids.Order), New(Ids.Listing), New(Ids.Statement), New(Ids.Payout));
        await api.RecordAsync(made.Facts(api.Now));
        return made;
    }

    public LicenceTerms Terms() => new(LicenceId, 1, DesignId, "A lamp", "hash", Creator.Id, Seller.Id, RoyaltyMode.Percent, RoyaltyBase.Gross, 1_000, null, "USD", Exclusive: true, "US", 24, "America/Los_Angeles", 1_000, 0, 60, 0, [new(Creator.Id, 10_000)]);

    private static Money Usd(long minor) => new(minor, "USD");

    private List<BusinessEvent> Facts(DateTimeOffset at)
    {
        var facts = new List<BusinessEvent>();
        void Add(EventData data, string? designId = null) => facts.Add(new($"test/{DesignId}:{facts.Count}", designId, "test", at, null, data));
        var supplier = new Supplier(SupplierId, "Brass works", SupplierChannel.Network, "CN", "CN", "Asia/Shanghai");
        Add(new DesignSubmitted(Creator.Id, "A lamp", "Of brass.", "home", ["lamp"], "key", "lamp.png", "image/png", 1, "hash", "2026-11", "open-challenge", 1), DesignId);
        Add(new DesignPublished(), DesignId);
        Add(new LicenceDrafted(Terms(), "bid_1", "terms-hash"), DesignId);
        Add(new LicenceSent(LicenceId, EnvelopeId, at.AddDays(14)), DesignId);
        Add(new LicenceInForce(LicenceId, at, at.AddYears(2), "no-file", "sealed-hash"), DesignId);
        Add(new StageEntered(DesignStage.Licensed, Party.Seller, "suppliers", at.AddDays(10), "The creator is told.", LicenceId), DesignId);
        Add(new RfqOpened(RfqId, LicenceId, Seller.Id, 500, "brass, 40 cm"), DesignId);
        Add(new SupplierInvited(RfqId, supplier, at.AddDays(2), null, Fallback: false), DesignId);
        Add(new QuoteReceived(RfqId, new(QuoteId, SupplierId, [new(100, Usd(400))], 100, Usd(25_000), 30, "FOB", at.AddDays(15))), DesignId);
        Add(new OrderPlaced(OrderId, RfqId, QuoteId, supplier, 500, Usd(400), Usd(225_000), Usd(67_500), "net-1"), DesignId);
        Add(new MilestoneReached(OrderId, Milestone.DepositReceived, at, null), DesignId);
        Add(new InspectionRecorded(OrderId, 1, new(500, 50, 0, 2, 1), new(50, 0, 3, 5), Passed: true), DesignId);
        Add(new GoodsReceived(OrderId, new(500, 500, 0)), DesignId);
        Add(new ListingOpened(ListingId, LicenceId, Seller.Id, "sac_1", "SKU-" + ListingId, "ATVPDKIKX0DER"), DesignId);
        Add(new ListingSubmitted(ListingId, "A lamp", Usd(2_000), 500, "sub-1"), DesignId);
        Add(new StatementDrafted(StatementId, LicenceId, 1, at.AddMonths(-1), at, at.AddDays(5), Usd(60_000), Usd(6_000), Usd(54_000)), DesignId);
        Add(new StatementLineQueried(StatementId, 1, "qry_" + StatementId, "Why 300?"), DesignId);
        Add(new PayoutPrepared(PayoutId, Creator.Id, Usd(54_000), "payload-hash", [StatementId]));
        Add(new NeedsAttentionRaised("listing/" + ListingId, "Listings.Read", FailureTypes.ProviderContract, "unreadable"), DesignId);
        return facts;
    }
}
