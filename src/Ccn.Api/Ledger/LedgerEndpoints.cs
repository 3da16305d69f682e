using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ccn.Api.Ledger;

internal static class LedgerEndpoints
{
    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        var ledger = app.MapGroup("/v1/ledger").WithTags("Ledger").RequireAuthorization(Roles.Finance);
        ledger.MapGet("/trial-balance", TrialBalanceAsync).WithName("GetTrialBalance");
        ledger.MapGet("/entries", EntriesAsync).WithName("ListJournalEntries").Refuses(ProblemCode.CursorInvalid);
        app.MapGet("/v1/me/balance", BalanceAsync).RequireAuthorization(Roles.Creator).WithTags("Ledger").WithName("GetMyBalance");
    }

    /// <summary>The trial balance, by account and currency.</summary>
    internal static async Task<Ok<IReadOnlyList<TrialBalanceRow>>> TrialBalanceAsync(LedgerQueries ledger, CancellationToken cancel) => TypedResults.Ok(await ledger.TrialBalanceAsync(cancel));

    /// <summary>Journal entries, newest first.</summary>
    /// <param name="account">Only entries with a posting on this account, by its number.</param>
    /// <param name="owner">Only entries with a posting of this owner: a licence, a payee, a seller account.</param>
    internal static async Task<Ok<Page<EntryDetail>>> EntriesAsync(int? account, string? owner, int? limit, string? cursor, LedgerQueries ledger, CancellationToken cancel) =>
        TypedResults.Ok(await ledger.EntriesAsync(account, owner, limit, cursor, cancel));

    /// <summary>What is owed to the creator, by account.</summary>
    internal static async Task<Ok<IReadOnlyList<AccountBalance>>> BalanceAsync(LedgerQueries ledger, CurrentUser user, CancellationToken cancel) => TypedResults.Ok(await ledger.OwnerAsync(user.Id, cancel));
}
