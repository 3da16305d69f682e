using System.Security.Cryptography;
using System.Text.Json;
using Ccn.Domain;
using Ccn.Domain.Licences;
using Ccn.Domain.Royalties;
using Ccn.Workflows.Royalties;

namespace Ccn.Activities.Royalties;

/// <summary>A final statement as it is hashed: everything that gave its amounts, so that anyone can compute it again without the product. Members are only added, with the schema's number raised.</summary>
/// <param name="Schema">Form of the file: <c>ccn.statement/1</c>.</param>
/// <param name="From">First instant of the period.</param>
/// <param name="To">End of the period, exclusive.</param>
/// <param name="Terms">The executable terms it was computed with.</param>
/// <param name="Sales">Item money of the sale lines.</param>
/// <param name="Gross">Royalty of sales less returns.</param>
/// <param name="ReleasedPeriods">Periods whose reserve this statement releases.</param>
/// <param name="Carry">Negative balance of the period before; zero otherwise.</param>
/// <param name="Closing">Negative balance that the next period carries; zero otherwise.</param>
/// <param name="PreviousSha256">SHA-256 of the licence's statement before; null for the first.</param>
internal sealed record StatementFile(
    string Schema, string StatementId, string LicenceId, int Period, DateTimeOffset From, DateTimeOffset To, LicenceTerms Terms, IReadOnlyList<StatementLine> Lines,
    int Units, int ReturnedUnits, Money Sales, Money Gross, Money Fee, Money ReserveHeld, Money ReserveReleased, IReadOnlyList<int> ReleasedPeriods,
    Money Carry, Money Net, Money Payable, Money Closing, IReadOnlyList<PayeeShare> Shares, string? PreviousSha256)
{
    private const string CurrentSchema = "ccn.statement/1";

    public static StatementFile Of(string statementId, int period, DateTimeOffset from, DateTimeOffset to, StatementInput input, Statement computed, string? previousSha256) => new(
        CurrentSchema, statementId, input.Terms.LicenceId, period, from.ToUniversalTime(), to.ToUniversalTime(), input.Terms, computed.Lines,
        computed.Units, computed.ReturnedUnits, computed.Sales, computed.Gross, computed.Fee, computed.ReserveHeld, computed.ReserveReleased, [.. input.DueReserves.Select(due => due.Period).Order()],
        computed.Carry, computed.Net, computed.Payable, computed.Closing,
        [.. input.Terms.Splits.Select((split, index) => new PayeeShare(split.PayeeId, computed.Shares[index]))], previousSha256);

    public static StatementFile Read(byte[] content) => JsonSerializer.Deserialize<StatementFile>(content, CcnJson.Options)!;

    /// <summary>The canonical bytes: UTF-8 JSON in the product's one form, members in the order of this record, no white space.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, CcnJson.Options);

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public StatementTotals Totals() => new(StatementId, Units, ReturnedUnits, Sales, Gross, Fee, ReserveHeld, ReserveReleased, Net);
}
