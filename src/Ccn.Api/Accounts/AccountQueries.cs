using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Accounts;

public sealed record Me(string UserId, string DisplayName, string Handle, string Email, IReadOnlyList<string> Roles);
public sealed record SellerAccountSummary(string SellerAccountId, string? AmazonSellerId, string Marketplace, bool Verified, DateTimeOffset? ConnectedAt);
public sealed record CreatorProfile(string CreatorId, string DisplayName, string Handle, string? Bio, int Designs, IReadOnlyList<BadgeSummary> Badges);
public sealed record BadgeSummary(string Badge, string ContestId, string? DesignId, DateTimeOffset AwardedAt);

/// <summary>What others see of a person.</summary>
public sealed record PersonName(string UserId, string DisplayName, string Handle)
{
    /// <summary>Somebody whose account is gone.</summary>
    public static PersonName Unknown { get; } = new("", "Somebody", "");
}

public sealed class AccountQueries(CcnDbContext db, UserManager<CcnUser> users, CurrentUser current)
{
    public async Task<Me> MeAsync(CancellationToken cancel)
    {
        var user = await db.Users.SingleOrDefaultAsync(row => row.Id == current.Id, cancel) ?? throw ProblemException.NotFound("account");
        return new(user.Id, user.DisplayName, user.Handle, user.Email ?? "", [.. (await users.GetRolesAsync(user)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>Names of people by their ids; unknown ids are left out.</summary>
    public async Task<IReadOnlyDictionary<string, PersonName>> NamesAsync(IEnumerable<string> userIds, CancellationToken cancel)
    {
        var ids = userIds.Distinct(StringComparer.Ordinal).ToArray();
        return ids.Length == 0 ? new Dictionary<string, PersonName>(StringComparer.Ordinal)
            : await db.Users.AsNoTracking().Where(user => ids.Contains(user.Id)).Select(user => new PersonName(user.Id, user.DisplayName, user.Handle)).ToDictionaryAsync(name => name.UserId, StringComparer.Ordinal, cancel);
    }

    public async Task<SellerAccountSummary> SellerAccountAsync(CancellationToken cancel) => await FindSellerAccountAsync(cancel) ?? throw ProblemException.NotFound("seller account");

    /// <summary>The reader's seller account; null while none is connected.</summary>
    public async Task<SellerAccountSummary?> FindSellerAccountAsync(CancellationToken cancel)
    {
        var seller = current.Id;
        return await db.SellerAccounts.AsNoTracking().SingleOrDefaultAsync(row => row.SellerId == seller, cancel) is { } account ? Summary(account) : null;
    }

    /// <param name="creator">The id, or the handle.</param>
    public async Task<CreatorProfile> CreatorAsync(string creator, CancellationToken cancel)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(user => user.Id == creator || user.Handle == creator, cancel) ?? throw ProblemException.NotFound("creator");
        var creatorId = person.Id;
        var designs = await db.Designs.CountAsync(design => design.CreatorId == creatorId && design.PublishedAt != null, cancel);
        var badges = await db.Badges.AsNoTracking().Where(badge => badge.CreatorId == creatorId).OrderByDescending(badge => badge.AwardedAt)
            .Select(badge => new BadgeSummary(badge.Badge, badge.ContestId, badge.DesignId, badge.AwardedAt)).ToListAsync(cancel);
        return new(creatorId, person.DisplayName, person.Handle, person.Bio, designs, badges);
    }

    internal static SellerAccountSummary Summary(SellerAccount account) => new(account.Id, account.AmazonSellerId, account.Marketplace, account.Verified, account.ConnectedAt);
}
