using Ccn.Data;
using Ccn.Data.Listings;
using Ccn.Data.Sales;
using Ccn.Domain.Licences;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Sales;

/// <summary>Finds the listing and the licence behind SKUs of one seller account.</summary>
internal sealed class LicenceMatcher(IReadOnlyList<ListingView> listings, IReadOnlyDictionary<string, LicenceTerms> licences)
{
    public static async Task<LicenceMatcher> LoadAsync(CcnDbContext db, string sellerAccountId, IReadOnlyCollection<string> skus, CancellationToken cancel)
    {
        var listings = await db.Listings.AsNoTracking().Where(l => l.SellerAccountId == sellerAccountId && skus.Contains(l.Sku)).ToListAsync(cancel);
        var ids = listings.Select(l => l.LicenceId).Distinct(StringComparer.Ordinal).ToList();
        var licences = await db.Licences.AsNoTracking().Where(l => ids.Contains(l.Id) && l.Terms != null).ToListAsync(cancel);
        return new(listings, licences.ToDictionary(l => l.Id, l => l.Terms!, StringComparer.Ordinal));
    }

    public LicenceTerms? Terms(string? licenceId) => licenceId is null ? null : licences.GetValueOrDefault(licenceId);

    public string? DesignOf(SaleLineRow row) => listings.FirstOrDefault(l => l.Id == row.ListingId)?.DesignId;

    /// <summary>Names the row's listing and licence, or why there is none.</summary>
    public void Match(SaleLineRow row)
    {
        // A SKU may have been listed again: the order belongs to the listing that was open when it was placed.
        var listing = listings.Where(l => l.Sku == row.Sku && l.Marketplace == row.Marketplace)
            .OrderByDescending(l => l.OpenedAt <= row.OrderedAt).ThenByDescending(l => l.OpenedAt).ThenBy(l => l.Id, StringComparer.Ordinal).FirstOrDefault();
        (row.ListingId, row.LicenceId, row.Break) = listing is null ? (null, null, "No listing has this SKU.")
            : Terms(listing.LicenceId) is null ? (null, null, $"The listing {listing.Id} has no licence with terms.")
            : (listing.Id, (string?)listing.LicenceId, (string?)null);
    }
}
