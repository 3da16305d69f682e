using Ccn.Activities.Ledger;
using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Royalties;
using Ccn.Domain;
using Ccn.Domain.Ledger;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Ccn.Workflows.Royalties;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Royalties;

/// <inheritdoc cref="IRoyaltyActivities"/>
internal sealed partial class RoyaltyActivities(StatementSource source, RoyaltyCollection collection, CcnDbContext db, TimeProvider time, ILogger<RoyaltyActivities> logger) : IRoyaltyActivities
{
    public Task<StatementTotals> DraftAsync(DraftStatementInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LedgerPosting.LockAsync(db, input.StatementId, cancel);
        if (await FinalAsync(input.StatementId, cancel) is var (final, _)) { return final.Totals(); }

        var computed = await ComputeAsync(input.StatementId, input.Terms, input.Period, input.From, input.To, null, cancel);
        await WriteLinesAsync(computed, cancel);
        await transaction.CommitAsync(cancel);
        LogDrafted(computed.StatementId, computed.Lines.Count, computed.Gross, computed.Net);
        return computed.Totals();
    });

    public Task<FinalStatement> FinalizeAsync(FinalizeStatementInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        // Lines, document and journal in one transaction: a statement is final as a whole or not at all.
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await LedgerPosting.LockAsync(db, input.StatementId, cancel);
        if (await FinalAsync(input.StatementId, cancel) is var (known, knownHash)) { return new FinalStatement(known.Totals(), knownHash, known.Shares); }

        var previous = await source.PreviousHashAsync(input.Terms.LicenceId, input.Period, cancel);
        var file = await ComputeAsync(input.StatementId, input.Terms, input.Period, input.From, input.To, previous, cancel);
        await WriteLinesAsync(file, cancel);
        var (content, now) = (file.ToBytes(), time.GetUtcNow().ToUniversalTime());
        var sha256 = StatementFile.HashOf(content);
        db.StatementDocuments.Add(new()
        {
            StatementId = file.StatementId, LicenceId = file.LicenceId, Period = file.Period, Content = content, Sha256 = sha256, PreviousSha256 = previous, FinalizedAt = now,
        });
        await db.SaveChangesAsync(cancel);
        await LedgerPosting.PostOnceAsync(db, JournalKeys.Finalized(file.StatementId), now, Postings(file), cancel);
        await transaction.CommitAsync(cancel);
        LogFinalized(file.StatementId, sha256, file.Gross, file.Net);
        return new FinalStatement(file.Totals(), sha256, file.Shares);
    });

    public Task<CollectionResult> CollectAsync(CollectInput input) => ActivityFailures.TranslatedAsync(cancel => collection.CollectAsync(input, cancel));

    /// <summary>What was accrued becomes owed: fee to CCN, reserve held or released, what is payable to the payees, and a loss to the licence's clawback. The same equation as the statement's net, so it balances.</summary>
    private static IEnumerable<JournalLine> Postings(StatementFile file)
    {
        yield return JournalLine.Debit(ChartOfAccounts.RoyaltiesAccrued, file.LicenceId, file.Gross);
        yield return JournalLine.Credit(ChartOfAccounts.Commission, null, file.Fee);
        yield return JournalLine.Credit(ChartOfAccounts.ReturnsReserve, file.LicenceId, file.ReserveHeld);
        yield return JournalLine.Debit(ChartOfAccounts.ReturnsReserve, file.LicenceId, file.ReserveReleased);
        yield return JournalLine.Credit(ChartOfAccounts.ClawbackReceivable, file.LicenceId, -file.Carry);
        yield return JournalLine.Debit(ChartOfAccounts.ClawbackReceivable, file.LicenceId, -file.Closing);
        foreach (var share in file.Shares) { yield return JournalLine.Credit(ChartOfAccounts.RoyaltiesPayable, share.PayeeId, share.Amount); }
    }

    private async Task<StatementFile> ComputeAsync(string statementId, LicenceTerms terms, int period, DateTimeOffset from, DateTimeOffset to, string? previous, CancellationToken cancel)
    {
        var input = await source.ReadAsync(statementId, terms, period, from, to, cancel);
        try { return StatementFile.Of(statementId, period, from, to, input, RoyaltyEngine.Compute(input), previous); }
        catch (InvalidOperationException e) { throw ActivityFailures.Conflict($"The statement {statementId} cannot be computed: {e.Message}"); }
    }

    private async Task<(StatementFile File, string Sha256)?> FinalAsync(string statementId, CancellationToken cancel) =>
        await db.StatementDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.StatementId == statementId, cancel) is { } document
            ? (StatementFile.Read(document.Content), document.Sha256)
            : null;

    private async Task WriteLinesAsync(StatementFile file, CancellationToken cancel)
    {
        await db.StatementLines.Where(l => l.StatementId == file.StatementId).ExecuteDeleteAsync(cancel);
        var saleIds = file.Lines.Where(l => l.SaleLineId is not null).Select(l => l.SaleLineId!).ToList();
        var prices = await db.SaleLines.AsNoTracking().Where(l => saleIds.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => (l.ItemPriceMinor, l.Quantity), StringComparer.Ordinal, cancel);
        db.StatementLines.AddRange(file.Lines.Select(line => new StatementLineRow
        {
            StatementId = file.StatementId, Line = line.Number, Kind = line.Kind, Units = line.Units, BaseMinor = line.Base.MinorUnits, AmountMinor = line.Amount.MinorUnits,
            Currency = line.Amount.Currency, Formula = line.Formula, OrderId = line.OrderId, SaleLineId = line.SaleLineId, RefundLineId = line.RefundLineId, TermsVersion = line.TermsVersion,
            UnitPriceMinor = line.SaleLineId is { } id && prices.GetValueOrDefault(id) is ({ } price, > 0 and var units) && price % units == 0 ? price / units : null,
        }));
        await db.SaveChangesAsync(cancel);
        db.ChangeTracker.Clear();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Statement {StatementId} drafted: {Lines} lines, gross {Gross}, net {Net}.")]
    private partial void LogDrafted(string statementId, int lines, Money gross, Money net);

    [LoggerMessage(Level = LogLevel.Information, Message = "Statement {StatementId} is final, SHA-256 {Sha256}: gross {Gross}, net {Net}.")]
    private partial void LogFinalized(string statementId, string sha256, Money gross, Money net);
}
