using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Sourcing;

/// <param name="Invited">RFQs that it was asked in.</param>
/// <param name="Quoted">Quotes that it gave.</param>
public sealed record SupplierEntry(string SupplierId, SupplierBody Entry, int Invited, int Quoted);

/// <summary>The admin's supplier directory, with everything that an entry holds.</summary>
public sealed class SupplierDirectory(CcnDbContext db, CurrentUser user)
{
    public async Task<IReadOnlyList<SupplierEntry>> ListAsync(CancellationToken cancel)
    {
        user.Require(Roles.Admin);
        var rows = await db.Suppliers.AsNoTracking().Where(supplier => supplier.Active).OrderBy(supplier => supplier.Name).ThenBy(supplier => supplier.Id).Take(1_000)
            .Select(supplier => new { Supplier = supplier, Invited = db.Invitations.Count(row => row.SupplierId == supplier.Id), Quoted = db.Quotes.Count(row => row.SupplierId == supplier.Id) }).ToListAsync(cancel);
        return [.. rows.Select(row => new SupplierEntry(row.Supplier.Id, Entry(row.Supplier), row.Invited, row.Quoted))];
    }

    public async Task<SupplierBody> GetAsync(string supplierId, CancellationToken cancel)
    {
        user.Require(Roles.Admin);
        return Entry(await db.Suppliers.AsNoTracking().SingleOrDefaultAsync(supplier => supplier.Id == supplierId, cancel) ?? throw ProblemException.NotFound("supplier"));
    }

    private static SupplierBody Entry(SupplierProfile row) => new(row.Name, row.Channel, row.Country, row.Calendar, row.Zone, row.ProviderReference, row.Categories, row.Rating, row.RatingCount, row.MinimumOrderQuantity, row.LeadTimeDays,
        Price(row.PriceFromMinor, row.Currency), Price(row.PriceToMinor, row.Currency), row.Vetted);

    private static Money? Price(long? minor, string? currency) => minor is { } amount && currency is not null ? new(amount, currency) : null;
}
