using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Providers.Amazon;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Activities.Listings;

/// <summary>Finds in whose name an Amazon call is made. The refresh token leaves the vault for the call alone.</summary>
internal sealed class AmazonSellers(CcnDbContext db, TokenVault vault)
{
    /// <exception cref="Temporalio.Exceptions.ApplicationFailureException"><c>state.conflict</c>: the account is not connected; an operator retries once it is.</exception>
    public async Task<AmazonSeller> FindAsync(string sellerAccountId, CancellationToken cancel)
    {
        var account = await db.SellerAccounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == sellerAccountId, cancel) ?? throw ActivityFailures.Conflict($"There is no seller account {sellerAccountId}.");
        if (account is not { AmazonSellerId: { } sellerId, RefreshTokenReference: { } reference }) { throw ActivityFailures.Conflict($"{sellerAccountId} is not connected to Amazon."); }

        try { return new(sellerId, await vault.ReadAsync(reference, cancel)); }
        catch (InvalidOperationException) { throw ActivityFailures.Conflict($"{sellerAccountId} must be connected to Amazon again: its authorization is gone."); }
    }
}
