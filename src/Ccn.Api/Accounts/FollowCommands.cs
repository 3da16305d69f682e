using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Accounts;

/// <param name="Mine">Whether the reader follows; false for visitors.</param>
public sealed record Following(int Followers, bool Mine);

/// <summary>Who follows a creator hears of new designs.</summary>
public sealed class FollowCommands(CcnDbContext db, CurrentUser user, TimeProvider clock)
{
    /// <summary>How many follow a creator, and whether the reader does.</summary>
    public async Task<Following> OfAsync(string creatorId, CancellationToken cancel)
    {
        var reader = user.IsSignedIn ? user.Id : null;
        return new(await db.Follows.CountAsync(follow => follow.CreatorId == creatorId, cancel), await db.Follows.AnyAsync(follow => follow.CreatorId == creatorId && follow.FollowerId == reader, cancel));
    }

    /// <summary>Follows, or no longer follows. Either may be repeated.</summary>
    public async Task SetAsync(string creatorId, bool follow, CancellationToken cancel)
    {
        var (follower, now) = (user.Id, clock.GetUtcNow());
        if (creatorId == follower) { throw new ProblemException(ProblemCode.StateConflict, "Nobody follows themselves."); }

        if (!await db.Users.AnyAsync(person => person.Id == creatorId, cancel)) { throw ProblemException.NotFound("creator"); }

        if (follow) { await db.Database.ExecuteSqlAsync($"insert into follows (follower_id, creator_id, followed_at) values ({follower}, {creatorId}, {now}) on conflict do nothing", cancel); }
        else { await db.Follows.Where(row => row.FollowerId == follower && row.CreatorId == creatorId).ExecuteDeleteAsync(cancel); }
    }
}
