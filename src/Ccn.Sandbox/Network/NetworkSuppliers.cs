using System.Globalization;
using System.Text.Json.Nodes;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Network;

/// <summary>How a supplier behaves; not visible in the API.</summary>
internal enum Persona
{
    /// <summary>Answers on the next business day.</summary>
    Prompt,

    /// <summary>Answers after five days, and takes half as long again to produce.</summary>
    Late,

    /// <summary>Never answers.</summary>
    Silent,
}

/// <summary>A vetted manufacturer. Prices are for one unit in <see cref="Currency"/>.</summary>
internal sealed record NetworkSupplier(
    string Id, string Name, string Country, string TimeZone, string[] Categories, decimal Rating, int Reviews, int Moq, decimal PriceMin, decimal PriceMax, string Currency,
    int LeadTimeDays, Persona Persona)
{
    /// <summary>Unit price for a quantity: the highest at the minimum order, the lowest from ten times that.</summary>
    public decimal UnitPrice(int quantity)
    {
        var share = Math.Clamp((quantity - Moq) / (decimal)(Moq * 9), 0m, 1m);
        return MoneyText.Round(PriceMax - ((PriceMax - PriceMin) * share), Currency);
    }

    /// <summary>Ten in the morning of the supplier's next working day.</summary>
    public DateTimeOffset NextBusinessMorning(DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
        var day = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime).AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday) { day = day.AddDays(1); }
        var local = day.ToDateTime(new TimeOnly(10, 0));
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    public JsonObject ToJson() => new()
    {
        ["supplierId"] = Id, ["name"] = Name, ["country"] = Country, ["timeZone"] = TimeZone, ["categories"] = Categories.ToJsonArray(),
        ["rating"] = Rating, ["reviews"] = Reviews, ["minimumOrderQuantity"] = Moq,
        ["priceRange"] = new JsonObject { ["min"] = MoneyText.Format(PriceMin, Currency), ["max"] = MoneyText.Format(PriceMax, Currency), ["currency"] = Currency },
        ["leadTimeDays"] = LeadTimeDays,
    };
}

/// <summary>The suppliers of the network.</summary>
internal static class NetworkSuppliers
{
    public static readonly IReadOnlyList<NetworkSupplier> All =
    [
        new("sup_jingdezhen_ceramics", "Jingdezhen Morning Kiln Co.", "CN", "Asia/Shanghai", ["ceramics", "mugs", "tableware"], 4.8m, 312, 200, 2.10m, 4.60m, "USD", 28, Persona.Prompt),
        new("sup_porto_ceramics", "Olaria do Porto", "PT", "Europe/Lisbon", ["ceramics", "tableware"], 4.6m, 87, 100, 3.90m, 6.80m, "EUR", 21, Persona.Prompt),
        new("sup_dehua_ceramics", "Dehua White Porcelain Works", "CN", "Asia/Shanghai", ["ceramics", "mugs", "figurines"], 4.2m, 154, 500, 1.60m, 3.20m, "USD", 35, Persona.Late),
        new("sup_tiruppur_apparel", "Tiruppur Knit House", "IN", "Asia/Kolkata", ["apparel", "t-shirts", "hoodies"], 4.7m, 441, 100, 3.20m, 6.40m, "USD", 24, Persona.Prompt),
        new("sup_dhaka_apparel", "Dhaka Cotton Mills", "BD", "Asia/Dhaka", ["apparel", "t-shirts"], 4.3m, 260, 500, 2.40m, 4.10m, "USD", 40, Persona.Late),
        new("sup_la_apparel", "Echo Park Screen & Stitch", "US", "America/Los_Angeles", ["apparel", "t-shirts", "hoodies", "tote bags"], 4.9m, 129, 25, 7.50m, 12.00m, "USD", 10, Persona.Prompt),
        new("sup_hanoi_furniture", "Hanoi Bent Wood", "VN", "Asia/Ho_Chi_Minh", ["furniture", "chairs", "home"], 4.5m, 98, 50, 34.00m, 58.00m, "USD", 45, Persona.Prompt),
        new("sup_krakow_furniture", "Kraków Meble", "PL", "Europe/Warsaw", ["furniture", "chairs", "shelves", "home"], 4.4m, 61, 20, 52.00m, 79.00m, "EUR", 30, Persona.Late),
        new("sup_shenzhen_lighting", "Shenzhen Bright Bay Lighting", "CN", "Asia/Shanghai", ["lighting", "lamps", "electronics", "home"], 4.6m, 377, 100, 9.80m, 17.50m, "USD", 32, Persona.Prompt),
        new("sup_guadalajara_lighting", "Luz de Jalisco", "MX", "America/Mexico_City", ["lighting", "lamps", "home"], 4.1m, 44, 50, 13.00m, 21.00m, "USD", 26, Persona.Silent),
        new("sup_yiwu_stationery", "Yiwu Paper & Gift", "CN", "Asia/Shanghai", ["stationery", "posters", "stickers", "toys"], 4.0m, 803, 1000, 0.35m, 1.10m, "USD", 18, Persona.Silent),
        new("sup_osaka_toys", "Osaka Kogei Toys", "JP", "Asia/Tokyo", ["toys", "figurines", "games"], 4.8m, 72, 100, 650m, 1200m, "JPY", 38, Persona.Prompt),
        new("sup_leicester_bags", "Leicester Canvas Works", "GB", "Europe/London", ["bags", "tote bags", "accessories"], 4.5m, 56, 50, 4.20m, 7.90m, "GBP", 16, Persona.Prompt),
        new("sup_istanbul_jewellery", "Grand Bazaar Silver", "TR", "Europe/Istanbul", ["jewellery", "accessories"], 4.3m, 118, 50, 8.00m, 19.00m, "USD", 20, Persona.Late),
        new("sup_chicago_general", "Lakeshore Contract Manufacturing", "US", "America/Chicago", ["general", "home", "ceramics", "toys", "apparel", "lighting", "furniture", "accessories"], 4.4m, 205, 50, 6.00m, 14.00m, "USD", 20, Persona.Prompt),
    ];

    public static NetworkSupplier? Find(string? id) => All.FirstOrDefault(s => s.Id == id);

    /// <summary>Suppliers that make a category, or whose name or category has the word; best rated first.</summary>
    public static IEnumerable<NetworkSupplier> Search(string? word, string? category, string? country, string? maxMoq)
    {
        var limit = int.TryParse(maxMoq, NumberStyles.None, CultureInfo.InvariantCulture, out var moq) ? moq : int.MaxValue;
        bool Has(string text, string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
        return All
            .Where(s => category is null || s.Categories.Contains(category, StringComparer.OrdinalIgnoreCase))
            .Where(s => country is null || string.Equals(s.Country, country, StringComparison.OrdinalIgnoreCase))
            .Where(s => s.Moq <= limit)
            .Where(s => word is null || word.Split(' ', StringSplitOptions.RemoveEmptyEntries).Any(w => Has(s.Name, w.TrimEnd('s')) || s.Categories.Any(c => Has(c, w.TrimEnd('s')))))
            .OrderByDescending(s => s.Rating).ThenBy(s => s.Id, StringComparer.Ordinal);
    }
}
