using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Payouts;

/// <param name="PayeeName">As the payee is called on the site.</param>
public sealed record PayoutRow(string PayoutId, string PayeeId, string PayeeName, Money Amount, PayoutStatus State, string? Reason, DateTimeOffset? PreparedAt, string? ApprovedBy, DateTimeOffset? At);

/// <summary>All payouts of one state and currency.</summary>
public sealed record PayoutTotal(PayoutStatus State, int Payouts, Money Amount);

/// <summary>What became of the payouts prepared in one month of UTC.</summary>
public sealed record PayoutMonth(DateOnly Month, Money Arrived, Money UnderWay, Money Returned);

/// <summary>Everything that finance looks at before it decides about a payout.</summary>
/// <param name="Method">Where the money goes, as far as people may see it; null when the payee has set none.</param>
/// <param name="MethodBlocked">Why nothing is sent there.</param>
/// <param name="HeldByFinance">The hold on the payee's payouts; null when there is none.</param>
/// <param name="WhyNotApprove">Why the reader cannot approve it now; null when they can.</param>
public sealed record PayoutFile(PayoutSummary Payout, string PayeeName, string? Method, string? MethodBlocked, FinanceHold? HeldByFinance, string? WhyNotApprove, IReadOnlyList<PaidStatement> Statements, IReadOnlyList<PayoutStep> History);
public sealed record PaidStatement(string StatementId, string DesignId, string DesignTitle, int Period, DateTimeOffset? From, DateTimeOffset? To, Money Net);

/// <summary>The finance desk's view of payouts.</summary>
public sealed class PayoutDeskQueries(CcnDbContext db, PayoutQueries payouts, PayeeDeskQueries payees, CurrentUser user)
{
    /// <summary>Newest first; of one state, or all.</summary>
    public async Task<IReadOnlyList<PayoutRow>> ListAsync(PayoutStatus? state, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var rows = await (from payout in Known()
                          where state == null || payout.State == state
                          join payee in db.Users.AsNoTracking() on payout.PayeeId equals payee.Id
                          orderby payout.PreparedAt descending, payout.Id
                          select new { Payout = payout, payee.DisplayName }).Take(500).ToListAsync(cancel);
        return [.. rows.Select(row => new PayoutRow(row.Payout.Id, row.Payout.PayeeId, row.DisplayName, row.Payout.Amount, row.Payout.State, row.Payout.Reason, row.Payout.PreparedAt, row.Payout.ApprovedBy,
            row.Payout.ReturnedAt ?? row.Payout.ConfirmedAt ?? row.Payout.SentAt ?? row.Payout.ApprovedAt))];
    }

    public async Task<IReadOnlyList<PayoutTotal>> TotalsAsync(CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var sums = await Known().GroupBy(payout => new { payout.State, payout.Currency }).Select(group => new { group.Key, Count = group.Count(), Sum = group.Sum(payout => payout.AmountMinor) }).ToListAsync(cancel);
        return [.. sums.OrderBy(sum => sum.Key.State).ThenBy(sum => sum.Key.Currency, StringComparer.Ordinal).Select(sum => new PayoutTotal(sum.Key.State, sum.Count, new(sum.Sum, sum.Key.Currency)))];
    }

    /// <summary>The last twelve months with payouts in the currency, oldest first.</summary>
    public async Task<IReadOnlyList<PayoutMonth>> MonthsAsync(string currency, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var rows = await Known().Where(payout => payout.Currency == currency).Select(payout => new { payout.PreparedAt, payout.State, payout.AmountMinor }).ToListAsync(cancel);
        return [.. rows.GroupBy(row => new DateOnly(row.PreparedAt!.Value.Year, row.PreparedAt.Value.Month, 1)).OrderBy(month => month.Key).TakeLast(12).Select(month => new PayoutMonth(month.Key,
            Sum(month.Where(row => row.State is PayoutStatus.Confirmed).Select(row => row.AmountMinor)),
            Sum(month.Where(row => row.State is not (PayoutStatus.Confirmed or PayoutStatus.Returned)).Select(row => row.AmountMinor)),
            Sum(month.Where(row => row.State is PayoutStatus.Returned).Select(row => row.AmountMinor))))];

        Money Sum(IEnumerable<long> amounts) => new(amounts.Sum(), currency);
    }

    public async Task<PayoutFile> GetAsync(string payoutId, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var payout = await payouts.GetAsync(payoutId, cancel);
        var payee = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == payout.PayeeId, cancel) ?? throw ProblemException.NotFound("payout");
        var method = await db.PayoutMethods.AsNoTracking().SingleOrDefaultAsync(row => row.PayeeId == payout.PayeeId, cancel);
        var statements = await (from statement in db.Statements.AsNoTracking()
                                where payout.StatementIds.Contains(statement.Id)
                                join design in db.Designs.AsNoTracking() on statement.DesignId equals design.Id
                                orderby statement.From, statement.Id
                                select new { Statement = statement, design.Title }).ToListAsync(cancel);
        var history = await payees.HistoryAsync(payout.PayeeId, cancel);
        var hold = PayeeHistory.HoldOf(history);
        return new(payout, payee.DisplayName, PayeeDeskQueries.Shown(method), method?.BlockedReason, hold, WhyNotApprove(payout, hold),
            [.. statements.Select(row => new PaidStatement(row.Statement.Id, row.Statement.DesignId, row.Title, row.Statement.Period, row.Statement.From, row.Statement.To, row.Statement.Net))],
            [.. history.Where(step => step.PayoutId == payout.PayoutId)]);
    }

    // What the workflow's validator would answer.
    private string? WhyNotApprove(PayoutSummary payout, FinanceHold? hold) => payout.State switch
    {
        not (PayoutStatus.Prepared or PayoutStatus.PartlyApproved) => "It does not wait for an approval.",
        _ when payout.PayeeId == user.Id => "Nobody approves a payout to themselves.",
        PayoutStatus.PartlyApproved when payout.ApprovedBy == user.Id => "You gave the first approval. The second is another person's.",
        _ when hold is not null => "The payee's payouts are held. Release them first.",
        _ => null,
    };

    // A row without its preparation was made by an event that overtook it.
    private IQueryable<PayoutView> Known() => db.Payouts.AsNoTracking().Where(payout => payout.PreparedAt != null);
}
