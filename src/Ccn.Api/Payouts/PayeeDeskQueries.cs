using Ccn.Api.Accounts;
using Ccn.Api.Ledger;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Lifecycle;
using Ccn.Data.Payouts;
using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Ledger;
using Ccn.Workflows.Payouts;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Payouts;

/// <param name="Payable">Royalty of final statements that is not paid.</param>
/// <param name="UnderWay">Sent and not confirmed.</param>
/// <param name="HeldBecause">What holds the next payout: finance, a minimum, a missing method; null when nothing does.</param>
public sealed record PayeeRow(string PayeeId, string Name, Money Payable, Money UnderWay, string? Method, string? HeldBecause, DateTimeOffset? HeldSince);

/// <summary>A payee as finance sees them.</summary>
public sealed record PayeeFile(string PayeeId, string Name, string Handle, string? Method, string? MethodBlocked, string? HeldBecause, FinanceHold? HeldByFinance, IReadOnlyList<AccountBalance> Balances, IReadOnlyList<PayoutStep> History);

/// <summary>The finance desk's view of payees.</summary>
public sealed class PayeeDeskQueries(CcnDbContext db, LedgerQueries ledger, CurrentUser user)
{
    /// <summary>Everybody who is owed something or is held, by name; a row for each currency.</summary>
    public async Task<IReadOnlyList<PayeeRow>> ListAsync(CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var payable = await Data.Ledger.TrialBalance.ByOwnerAsync(db, ChartOfAccounts.RoyaltiesPayable, cancel: cancel);
        var transit = await Data.Ledger.TrialBalance.ByOwnerAsync(db, ChartOfAccounts.PayoutsInTransit, cancel: cancel);
        var payees = await db.Payees.AsNoTracking().ToDictionaryAsync(payee => payee.PayeeId, cancel);
        var keys = payable.Concat(transit).Where(row => row.Owner is not null).Select(row => (Payee: row.Owner!, row.Currency)).Concat(payees.Values.Where(payee => payee.HoldReason is not null).Select(payee => (Payee: payee.PayeeId, Currency: "USD"))).Distinct().ToList();
        var ids = keys.Select(key => key.Payee).Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel);
        return [.. keys.Select(key => (Key: key, Payee: payees.GetValueOrDefault(key.Payee))).Select(row => new PayeeRow(row.Key.Payee, names.GetValueOrDefault(row.Key.Payee, row.Key.Payee), Of(payable, row.Key), Of(transit, row.Key), row.Payee?.Method,
            row.Payee?.HoldReason, row.Payee?.HeldAt)).OrderBy(row => row.Name, StringComparer.Ordinal).ThenBy(row => row.Payable.Currency, StringComparer.Ordinal)];
    }

    public async Task<PayeeFile> GetAsync(string payeeId, CancellationToken cancel)
    {
        user.Require(Roles.Finance);
        var account = await db.Users.AsNoTracking().SingleOrDefaultAsync(row => row.Id == payeeId, cancel) ?? throw ProblemException.NotFound("payee");
        var payee = await db.Payees.AsNoTracking().SingleOrDefaultAsync(row => row.PayeeId == payeeId, cancel) ?? throw ProblemException.NotFound("payee");
        var method = await db.PayoutMethods.AsNoTracking().SingleOrDefaultAsync(row => row.PayeeId == payeeId, cancel);
        var history = await HistoryAsync(payeeId, cancel);
        return new(payeeId, account.DisplayName, account.Handle, Shown(method), method?.BlockedReason, payee.HoldReason, PayeeHistory.HoldOf(history), await ledger.OwnerAsync(payeeId, cancel), history);
    }

    /// <summary>Everything on record about the payee's money, oldest first: the payee's loop writes all of it, under its own workflow id.</summary>
    internal async Task<IReadOnlyList<PayoutStep>> HistoryAsync(string payeeId, CancellationToken cancel)
    {
        var prefix = PayeePayoutWorkflow.IdFor(payeeId) + "/";
        var events = await db.BusinessEvents.AsNoTracking().Where(row => row.EventId.StartsWith(prefix)).OrderBy(row => row.Sequence).ToListAsync(cancel);
        var actors = events.Select(row => row.ActorId).OfType<string>().Distinct().ToList();
        var names = await db.Users.AsNoTracking().Where(account => actors.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.DisplayName, cancel);
        return [.. events.Select(row => new PayoutStep(row.OccurredAt, row.Type, TimelineText.Of(row.Data), row.ActorId is { } actor ? names.GetValueOrDefault(actor, actor) : null, PayeeHistory.PayoutOf(row.Data), (row.Data as PayoutHeld)?.Reason))];
    }

    internal static string? Shown(PayoutMethod? method) => method is null ? null : $"{method.Provider}, {method.Display}";

    private static Money Of(IReadOnlyList<Data.Ledger.AccountBalance> balances, (string Payee, string Currency) key) =>
        balances.FirstOrDefault(row => row.Owner == key.Payee && row.Currency == key.Currency)?.Balance ?? Money.Zero(key.Currency);
}
