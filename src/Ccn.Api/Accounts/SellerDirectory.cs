using Ccn.Data;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Accounts;

/// <summary>A seller's account as an admin sees it before verifying it.</summary>
/// <param name="AmazonSellerId">Null before the seller connected Amazon.</param>
/// <param name="HasPayment">Whether a payment method for royalties is set.</param>
public sealed record SellerEntry(string SellerId, string Name, string Email, DateTimeOffset RegisteredAt, string? AmazonSellerId, string? Marketplace, bool HasPayment, DateTimeOffset? ConnectedAt, bool Verified, int Bids);

/// <summary>The admin's list of sellers.</summary>
public sealed class SellerDirectory(CcnDbContext db, CurrentUser user)
{
    /// <summary>Those that wait for their verification first, by how long they wait; then the verified ones by name. Accounts that have connected nothing yet are last.</summary>
    public async Task<IReadOnlyList<SellerEntry>> ListAsync(CancellationToken cancel)
    {
        user.Require(Roles.Admin);
        var rows = await (from seller in db.Users.AsNoTracking()
                          where db.UserRoles.Any(link => link.UserId == seller.Id && db.Roles.Any(role => role.Id == link.RoleId && role.Name == Roles.Seller))
                          join connected in db.SellerAccounts.AsNoTracking() on seller.Id equals connected.SellerId into accounts
                          from account in accounts.DefaultIfEmpty()
                          select new
                          {
                              seller.Id, seller.DisplayName, seller.Email, seller.CreatedAt, Amazon = (string?)account.AmazonSellerId, Marketplace = (string?)account.Marketplace,
                              Payment = (string?)account.StripePaymentMethodId, Connected = (DateTimeOffset?)account.ConnectedAt, Verified = (bool?)account.Verified, Bids = db.Bids.Count(bid => bid.SellerId == seller.Id),
                          }).Take(1_000).ToListAsync(cancel);
        return [.. rows.Select(row => new SellerEntry(row.Id, row.DisplayName, row.Email ?? "", row.CreatedAt, row.Amazon, row.Marketplace, row.Payment is not null, row.Connected, row.Verified is true, row.Bids))
            .OrderBy(row => row.ConnectedAt is null ? 2 : row.Verified ? 1 : 0).ThenBy(row => row.Verified ? null : row.ConnectedAt).ThenBy(row => row.Name, StringComparer.Ordinal)];
    }
}
