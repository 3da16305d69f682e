using Ccn.Api.Accounts;
using Ccn.Api.Designs;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Designs;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Ccn.Api.Desk;

/// <param name="New">Designs that came into the list since it was last looked at.</param>
/// <param name="Tell">Whether the reader gets a notice of each.</param>
public sealed record SavedSearchSummary(string SearchId, string Name, SellerList List, string? Words, string? Category, int New, bool Tell);

/// <summary>Lists of designs that a seller keeps under names. Each reader has and sees only their own.</summary>
public sealed class SavedSearches(CcnDbContext db, DesignQueries designs, CurrentUser user, TimeProvider clock)
{
    /// <summary>Of one person.</summary>
    public const int Most = 20;

    /// <summary>One page of a list.</summary>
    public Task<Page<DesignSummary>> ListAsync(SellerList list, string? words, string? category, string? cursor, CancellationToken cancel) => designs.ListAsync(SellerLists.FilterOf(list, words, category, cursor), cancel);

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<SavedSearchSummary>> MineAsync(CancellationToken cancel)
    {
        var reader = user.Id;
        var mine = await db.SavedSearches.AsNoTracking().Where(search => search.OwnerId == reader).OrderBy(search => search.Name).ToListAsync(cancel);
        var summaries = new List<SavedSearchSummary>();
        foreach (var search in mine)
        {
            summaries.Add(new(search.Id, search.Name, search.List, search.Words, search.Category, await SellerLists.Since(db, search, search.LookedAt).CountAsync(cancel), search.Tell));
        }

        return summaries;
    }

    /// <summary>Keeps a list. The same id again changes nothing.</summary>
    /// <param name="tell">Whether its owner gets a notice of a design that comes in.</param>
    public async Task SaveAsync(string searchId, string? name, SellerList list, string? words, string? category, bool tell, CancellationToken cancel)
    {
        Check.Id(searchId, Ids.SavedSearch, "searchId");
        Validate(name, words, category);
        var (owner, now) = (user.Id, clock.GetUtcNow());
        if (await db.SavedSearches.AnyAsync(search => search.Id == searchId && search.OwnerId == owner, cancel)) { return; }
        if (await db.SavedSearches.CountAsync(search => search.OwnerId == owner, cancel) >= Most) { throw new ProblemException(ProblemCode.StateConflict, $"You have {Most} saved searches. Delete one first."); }

        db.SavedSearches.Add(new() { Id = searchId, OwnerId = owner, Name = name!.Trim(), List = list, Words = NullIfBlank(words), Category = NullIfBlank(category), SavedAt = now, LookedAt = now, Tell = tell });
        await StoreAsync(name, cancel);
    }

    /// <summary>Another name, or notices from now on, or none any more.</summary>
    public async Task ChangeAsync(string searchId, string? name, bool tell, CancellationToken cancel)
    {
        Validate(name, null, null);
        var search = await MineAsync(searchId, cancel);
        (search.Name, search.Tell) = (name!.Trim(), tell);
        await StoreAsync(name, cancel);
    }

    public async Task DeleteAsync(string searchId, CancellationToken cancel)
    {
        var owner = user.Id;
        await db.SavedSearches.Where(search => search.Id == searchId && search.OwnerId == owner).ExecuteDeleteAsync(cancel);
    }

    /// <summary>The reader looks at the list now: nothing in it is new any more.</summary>
    public async Task<SavedSearchSummary> LookAsync(string searchId, CancellationToken cancel)
    {
        var search = await MineAsync(searchId, cancel);
        search.LookedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancel);
        return new(search.Id, search.Name, search.List, search.Words, search.Category, New: 0, search.Tell);
    }

    private static void Validate(string? name, string? words, string? category)
    {
        var errors = new FieldErrors();
        errors.Text(name, "name", 80);
        errors.Add(words?.Length > 200, "q", "has at most 200 characters");
        errors.Add(category?.Length > 60, "category", "has at most 60 characters");
        errors.Throw();
    }

    // Another person's is not told apart from one that does not exist.
    private async Task<SavedSearch> MineAsync(string searchId, CancellationToken cancel)
    {
        var owner = user.Id;
        return await db.SavedSearches.SingleOrDefaultAsync(search => search.Id == searchId && search.OwnerId == owner, cancel) ?? throw ProblemException.NotFound("saved search");
    }

    private async Task StoreAsync(string? name, CancellationToken cancel)
    {
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemCode.StateConflict, $"You have a saved search named {name?.Trim()} already. Choose another name.");
        }
    }

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
