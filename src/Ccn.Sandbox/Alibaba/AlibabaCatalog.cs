namespace Ccn.Sandbox.Alibaba;

/// <summary>A product in one of the curated lists, with its supplier.</summary>
/// <param name="Id">Product id.</param>
/// <param name="Title">Title in English.</param>
/// <param name="Supplier">Company name.</param>
/// <param name="CompanyId">Encrypted company id (eCompanyId).</param>
/// <param name="CategoryId">Category id.</param>
/// <param name="Moq">Minimum order quantity.</param>
/// <param name="Ladder">Unit price in USD from a quantity on.</param>
/// <param name="Stock">Units that ship at once.</param>
/// <param name="CrossBorder">In the cross-border list; else in the list of goods stored in the US.</param>
internal sealed record AlibabaProduct(
    string Id, string Title, string Supplier, string CompanyId, string CategoryId, int Moq, (int From, decimal Price)[] Ladder, int Stock, bool CrossBorder);

/// <summary>The curated lists a buyer application can read; there is no free search in Alibaba's public API.</summary>
internal static class AlibabaCatalog
{
    public static readonly IReadOnlyList<AlibabaProduct> Products =
    [
        new("1600893421001", "Custom logo ceramic coffee mug 11 oz sublimation", "Zibo Huayang Ceramics Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Fag==", "152502", 100, [(100, 1.85m), (500, 1.42m), (2000, 1.18m)], 48_000, true),
        new("1600893421002", "Hand-painted porcelain mug with gift box", "Jingdezhen Yufeng Porcelain Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Fbg==", "152502", 200, [(200, 3.60m), (1000, 2.95m)], 9_500, true),
        new("1600893421003", "Heavyweight 100% cotton T-shirt custom print", "Guangzhou Lewin Garment Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Fcg==", "100003109", 50, [(50, 4.90m), (300, 3.95m), (1000, 3.40m)], 22_000, true),
        new("1600893421004", "Organic cotton hoodie private label", "Dongguan Humen Apparel Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Fdg==", "100003109", 100, [(100, 12.80m), (500, 10.90m)], 6_400, true),
        new("1600893421005", "LED bedside lamp bamboo wireless", "Zhongshan Oushi Lighting Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Feg==", "39050201", 100, [(100, 9.60m), (500, 8.20m), (3000, 7.35m)], 15_000, true),
        new("1600893421006", "Recycled plastic table lamp 3D printed style", "Shenzhen Guangming Lighting Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Ffg==", "39050201", 200, [(200, 11.40m), (1000, 9.70m)], 4_000, true),
        new("1600893421007", "Bent plywood dining chair flat pack", "Anji Xinmei Furniture Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Ggg==", "37032802", 50, [(50, 31.00m), (200, 27.50m)], 1_800, true),
        new("1600893421008", "Canvas tote bag custom print 12 oz", "Wenzhou Yiqi Bags Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Gkg==", "100002612", 100, [(100, 1.55m), (1000, 1.05m)], 60_000, true),
        new("1600893421009", "Vinyl collectible figure OEM", "Dongguan Wetop Toys Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Gog==", "100001625", 500, [(500, 3.90m), (3000, 2.75m)], 0, true),
        new("1600893421010", "Ceramic mug 15 oz blank, US warehouse", "Yiwu Sunrise Trading Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Gsg==", "152502", 24, [(24, 2.95m), (144, 2.40m)], 7_200, false),
        new("1600893421011", "Cotton T-shirt blank, US warehouse", "Ningbo Seduno Garment Co., Ltd.", "cVmhg7/xG8q3UQgcH/5Gwg==", "100003109", 12, [(12, 5.20m), (120, 4.40m)], 11_000, false),
        new("1600893421012", "Desk lamp with wireless charger, US warehouse", "Hangzhou Lanyu Electronics Co., Ltd.", "cVmhg7/xG8q3UQgcH/5G0g==", "39050201", 10, [(10, 18.90m), (100, 16.50m)], 900, false),
    ];
}
