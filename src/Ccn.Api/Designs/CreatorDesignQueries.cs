using Ccn.Api.Accounts;
using Ccn.Api.Bids;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Bids;
using Ccn.Data.Licences;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Designs;

/// <summary>The creator's designs by whose turn it is.</summary>
public sealed record DesignBoard(IReadOnlyList<BoardCard> Yours, IReadOnlyList<BoardCard> Others, IReadOnlyList<BoardCard> Done);

/// <param name="Bids">Open bids of the running round; null when none runs.</param>
/// <param name="Earned">Net of its final statements, by currency; none before the first.</param>
public sealed record BoardCard(DesignSummary Design, int? Bids, IReadOnlyList<Money> Earned);

/// <summary>A design as its creator works with it.</summary>
/// <param name="Contests">That take entries now.</param>
/// <param name="WhyNotContest">Why it cannot enter one now; null when it can.</param>
/// <param name="Licences">Newest first.</param>
public sealed record CreatorDesign(DesignDetail Detail, IReadOnlyList<ContestChoice> Contests, string? WhyNotContest, string? WhyNotBids, string? WhyNotWithdraw,
    TimeSpan BidWindow, TimeSpan DecisionTime, BidRound? Round, IReadOnlyList<DesignLicence> Licences);

public sealed record ContestChoice(string ContestId, string Title, string Category, DateTimeOffset? ClosesAt);

/// <param name="WhyNotDecide">Why no bid can be taken or declined now; null when the creator may.</param>
public sealed record BidRound(BiddingState State, DateTimeOffset? ClosesAt, DateTimeOffset? DecideBy, int FloorBasisPoints, int Sealed, string? LapseReason, string? WhyNotDecide);

public sealed record DesignLicence(string LicenceId, LicenceState State, string SellerId, string SellerName);

/// <summary>What a creator sees of their own designs.</summary>
public sealed class CreatorDesignQueries(CcnDbContext db, DesignQueries designs, CurrentUser user, TimeProvider clock)
{
    /// <summary>Once submissions close, the contest takes no entry.</summary>
    private const string TakesEntries = "Submissions";

    private static readonly DesignStage[] Done = [DesignStage.Ended, DesignStage.Withdrawn, DesignStage.Refused];

    /// <summary>All of the reader's designs; in each column what is due first comes first.</summary>
    public async Task<DesignBoard> BoardAsync(CancellationToken cancel)
    {
        var mine = new List<DesignSummary>();
        string? cursor = null;
        do
        {
            var page = await designs.ListAsync(new(null, null, null, null, null, null, Mine: true, null, cursor), cancel);
            mine.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        var reader = user.Id;
        var bids = await db.Bids.AsNoTracking().Where(bid => (bid.State == Domain.Bids.BidState.Sealed || bid.State == Domain.Bids.BidState.Revealed) && db.Designs.Any(design => design.Id == bid.DesignId && design.CreatorId == reader))
            .GroupBy(bid => bid.DesignId).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, StringComparer.Ordinal, cancel);
        var earned = (await db.Statements.AsNoTracking().Where(statement => statement.State == StatementState.Final && db.Designs.Any(design => design.Id == statement.DesignId && design.CreatorId == reader))
            .GroupBy(statement => new { statement.DesignId, statement.Currency }).Select(group => new { group.Key, Net = group.Sum(statement => statement.NetMinor) }).ToListAsync(cancel))
            .ToLookup(sum => sum.Key.DesignId, sum => new Money(sum.Net, sum.Key.Currency), StringComparer.Ordinal);
        var cards = mine.OrderBy(design => design.Until ?? DateTimeOffset.MaxValue).Select(design => new BoardCard(design, design.Stage is DesignStage.OpenToBids ? bids.GetValueOrDefault(design.DesignId) : null, [.. earned[design.DesignId]])).ToList();
        return new([.. cards.Where(card => card.Design.Turn is Party.Creator && !Done.Contains(card.Design.Stage))], [.. cards.Where(card => card.Design.Turn is not Party.Creator && !Done.Contains(card.Design.Stage))],
            [.. cards.Where(card => Done.Contains(card.Design.Stage))]);
    }

    /// <summary>One of the reader's designs with what can be done about it now.</summary>
    /// <exception cref="ProblemException">It is another person's, or does not exist.</exception>
    public async Task<CreatorDesign> GetAsync(string designId, CancellationToken cancel)
    {
        var (reader, now) = (user.Id, clock.GetUtcNow());
        var row = await db.Designs.AsNoTracking().SingleOrDefaultAsync(design => design.Id == designId && design.CreatorId == reader, cancel) ?? throw ProblemException.NotFound("design");
        var detail = await designs.GetAsync(designId, cancel);
        var contests = await db.Contests.AsNoTracking().Where(contest => contest.Phase == TakesEntries && contest.DecidedAt == null && contest.SubmissionsCloseAt > now && !db.ContestEntries.Any(entry => entry.ContestId == contest.Id && entry.DesignId == designId))
            .OrderBy(contest => contest.SubmissionsCloseAt).Select(contest => new ContestChoice(contest.Id, contest.Title, contest.Category, contest.SubmissionsCloseAt)).ToListAsync(cancel);
        var whyNot = CreatorChoices.WhyNotChoose(row.Stage);
        var rules = Lifecycle.Templates.Get(row.TemplateId).Bidding;
        return new(detail, contests, whyNot ?? (contests.Count == 0 ? "No contest takes entries at the moment." : null), whyNot, CreatorChoices.WhyNotWithdraw(row.Stage),
            rules.Window, rules.Decision, await RoundAsync(designId, cancel), await LicencesAsync(designId, cancel));
    }

    private async Task<BidRound?> RoundAsync(string designId, CancellationToken cancel)
    {
        var round = await db.Biddings.AsNoTracking().Where(bidding => bidding.DesignId == designId).OrderByDescending(bidding => bidding.OpenedAt).FirstOrDefaultAsync(cancel);
        if (round is null) { return null; }

        var lodged = await db.Bids.CountAsync(bid => bid.DesignId == designId && bid.BiddingId == round.Id && bid.State == Domain.Bids.BidState.Sealed, cancel);
        return new(round.State, round.ClosesAt, round.DecideBy, round.FloorBasisPoints, lodged, round.LapseReason, round.State switch
        {
            BiddingState.Open => "The bids are sealed until the window closes.",
            BiddingState.Accepted => "A bid was accepted.",
            BiddingState.Lapsed => "The round has lapsed.",
            _ => null,
        });
    }

    private async Task<IReadOnlyList<DesignLicence>> LicencesAsync(string designId, CancellationToken cancel) => await (
        from licence in db.Licences.AsNoTracking()
        join seller in db.Users on licence.SellerId equals seller.Id
        where licence.DesignId == designId
        orderby licence.DraftedAt descending
        select new DesignLicence(licence.Id, licence.State, licence.SellerId, seller.DisplayName)).ToListAsync(cancel);
}
