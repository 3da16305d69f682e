using Ccn.Domain;
using Ccn.Domain.Bids;
using Ccn.Domain.Licences;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Designs;
using Ccn.Workflows.Sourcing;

namespace Ccn.Workflows.Tests;

/// <summary>Inputs of the reference journey.</summary>
internal static class Samples
{
    public static LifecycleTemplate Template => StandardTemplates.OpenChallenge;

    public static BidTerms Bid(int basisPoints) => new(RoyaltyMode.Percent, basisPoints, null, new(2_000, "USD"), 500, true, 12, "note");

    public static LicenceTerms Terms(string id = "lic_1") => new(id, 1, "dsg_1", "Mug", "hash", "usr_ada", "usr_bob", RoyaltyMode.Percent, RoyaltyBase.Gross, 1_000, null, "USD",
        true, "US", 12, "America/Los_Angeles", 1_000, 0, 60, 0, [new("usr_ada", 10_000)]);

    public static Quote Quote(string id, string supplierId, DateTimeOffset validUntil, long cents = 400) =>
        new(id, supplierId, [new(100, new(cents, "USD")), new(1_000, new(cents - 50, "USD"))], 100, new(10_000, "USD"), 25, "FOB", validUntil);

    public static ApprovedQuote Approved => new("rfq_1", "qte_1", new("sup_1", "Kiln", SupplierChannel.Network, "CN", "CN", "Asia/Shanghai"), 500, new(400, "USD"), new(10_000, "USD"), new(210_000, "USD"), 25);

    public static DesignLifecycleInput Design(LifecycleTemplate? template = null) => new("dsg_1", "usr_ada", "Mug", "A mug", "home", ["mug"],
        new("fil_1", "mug.png", "image/png", 1_000, "5ha256"), "2026-11", template ?? Template, "req-1", new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero));
}
