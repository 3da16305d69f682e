using Ccn.Api.Sourcing;
using Ccn.Domain;
using Ccn.Domain.Sourcing;

namespace Ccn.Host.Demo;

/// <summary>A manufacturer of the demo. Those of the network live in the provider sandbox and act by themselves; those behind Alibaba act by their links.</summary>
/// <param name="Reference">The supplier's id at its provider.</param>
internal sealed record DemoSupplier(string Id, string Name, SupplierChannel Channel, string Country, string Calendar, string Zone, string Reference, decimal Rating, int MinimumOrder, int LeadTimeDays)
{
    private static readonly string[] Categories = ["apparel", "t-shirts", "home", "accessories"];

    /// <summary>Answers on the next business morning and delivers on time.</summary>
    public static DemoSupplier Tiruppur { get; } = Network(1, "Tiruppur Knit House", "IN", "Asia/Kolkata", "sup_tiruppur_apparel", 4.7m, 100, 24);

    /// <summary>Answers after five days and takes half as long again.</summary>
    public static DemoSupplier Dhaka { get; } = Network(2, "Dhaka Cotton Mills", "BD", "Asia/Dhaka", "sup_dhaka_apparel", 4.3m, 500, 40);

    /// <summary>Small orders, quick.</summary>
    public static DemoSupplier EchoPark { get; } = Network(3, "Echo Park Screen & Stitch", "US", "America/Los_Angeles", "sup_la_apparel", 4.9m, 25, 10);

    public static DemoSupplier Guangzhou { get; } = HandOff(4, "Guangzhou Sunrise Garments", "Asia/Shanghai", 4.6m);
    public static DemoSupplier Ningbo { get; } = HandOff(5, "Ningbo Harbour Textile", "Asia/Shanghai", 4.4m);
    public static DemoSupplier Hangzhou { get; } = HandOff(6, "Hangzhou Silk & Print", "Asia/Shanghai", 4.5m);

    public static IReadOnlyList<DemoSupplier> All { get; } = [Tiruppur, Dhaka, EchoPark, Guangzhou, Ningbo, Hangzhou];

    /// <summary>The admin enters every supplier into the directory.</summary>
    /// <param name="everyHourCounts">For rehearsals in real time: a wait of seconds must not become one until the supplier's next morning.</param>
    public static async Task RegisterAllAsync(Actor admin, bool everyHourCounts, CancellationToken cancel)
    {
        foreach (var supplier in All) { await admin.PutAsync($"/v1/suppliers/{supplier.Id}", supplier.Entry(everyHourCounts ? "24x7" : supplier.Calendar), cancel); }
    }

    private SupplierBody Entry(string calendar) => new(Name, Channel, Country, calendar, Zone, Reference, Categories, Rating, 100, MinimumOrder, LeadTimeDays, Expect.Dollars(3.20m), Expect.Dollars(6.40m), Channel is SupplierChannel.Network);

    private static DemoSupplier Network(int number, string name, string country, string zone, string reference, decimal rating, int minimum, int days) =>
        new(IdOf(number), name, SupplierChannel.Network, country, country == "US" ? "US" : "24x7", zone, reference, rating, minimum, days);

    private static DemoSupplier HandOff(int number, string name, string zone, decimal rating) =>
        new(IdOf(number), name, SupplierChannel.AlibabaHandOff, "CN", "CN", zone, FormattableString.Invariant($"28{number}004512"), rating, 100, 20);

    private static string IdOf(int number) => FormattableString.Invariant($"{Ids.Supplier}_0000000000008000800000000000000{number}");
}
