using Ccn.Api.Accounts;
using Ccn.Data;
using Ccn.Data.Licences;
using Ccn.Domain.Licences;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Licences;

/// <summary>A licence as its parties read it.</summary>
/// <param name="Clauses">The text as it is signed, one paragraph each.</param>
/// <param name="Signers">In the order in which they sign.</param>
/// <param name="WhyNotSign">Why the reader cannot sign now; null when they can.</param>
public sealed record ReadableLicence(LicenceDetail Detail, string DesignTitle, IReadOnlyList<int> DesignWidths, string CreatorName, string SellerName, IReadOnlyList<string> Clauses, IReadOnlyList<Signer> Signers, string? WhyNotSign);

/// <param name="SignedAt">Null while the signature is missing.</param>
/// <param name="IsNext">Whose signature the licence waits for.</param>
public sealed record Signer(string UserId, string Name, string Role, DateTimeOffset? SignedAt, bool IsNext, bool IsReader);

public sealed class ReadableLicenceQueries(CcnDbContext db, LicenceQueries licences, CurrentUser user)
{
    public async Task<ReadableLicence> GetAsync(string licenceId, CancellationToken cancel)
    {
        var detail = await licences.GetAsync(licenceId, cancel);
        var licence = detail.Licence;
        var design = await db.Designs.AsNoTracking().Where(row => row.Id == licence.DesignId).Select(row => new { row.Title, row.Variants }).SingleAsync(cancel);
        var names = await db.Users.AsNoTracking().Where(row => row.Id == licence.CreatorId || row.Id == licence.SellerId).ToDictionaryAsync(row => row.Id, row => row.DisplayName, StringComparer.Ordinal, cancel);

        // Both may sign at the same time: everybody whose signature is missing is next.
        var open = licence.State is LicenceState.Sent or LicenceState.PartSigned;
        Signer Of(string userId, string role)
        {
            var at = detail.Signatures.TryGetValue(userId, out var signed) ? signed : (DateTimeOffset?)null;
            return new(userId, names.GetValueOrDefault(userId, userId), role, at, open && at is null, userId == user.Id);
        }

        Signer[] signers = [Of(licence.CreatorId, "Creator"), Of(licence.SellerId, "Seller")];
        return new(detail, design.Title, [.. design.Variants.Select(variant => variant.Width)], signers[0].Name, signers[1].Name,
            detail.Terms is null ? [] : LicenceText.Render(detail.Terms).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), signers, WhyNotSign(licence, signers.SingleOrDefault(signer => signer.IsReader)));
    }

    private static string? WhyNotSign(LicenceSummary licence, Signer? reader) => (licence.State, reader) switch
    {
        (_, null) => "Only its two parties sign it.",
        (_, { SignedAt: not null }) => "You have signed.",
        (LicenceState.Drafted, _) => "It is on its way to the e-sign provider.",
        (LicenceState.Sent or LicenceState.PartSigned, _) => null,
        _ => "It can no longer be signed.",
    };
}
