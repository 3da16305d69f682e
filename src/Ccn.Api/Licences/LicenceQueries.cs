using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Data;
using Ccn.Data.Files;
using Ccn.Data.Licences;
using Ccn.Domain.Licences;
using Microsoft.EntityFrameworkCore;

namespace Ccn.Api.Licences;

public sealed record LicenceSummary(string LicenceId, string DesignId, string CreatorId, string SellerId, LicenceState State, DateTimeOffset? DraftedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? EffectiveAt, DateTimeOffset? EndsAt);

/// <param name="Text">The text as it is signed, rendered from the terms.</param>
/// <param name="Signatures">Who has signed and when, by user id.</param>
public sealed record LicenceDetail(LicenceSummary Licence, LicenceTerms? Terms, string? TermsHash, string? Text, IReadOnlyDictionary<string, DateTimeOffset> Signatures, string? SealedCopySha256, string? Outcome, string? Reason);

/// <summary>Public entry: which version of a design is licensed, by whom, and the hash of the signed copy. The price stays between the parties.</summary>
public sealed record RegistryEntry(string LicenceId, string DesignId, string DesignVersionHash, string SellerId, bool Exclusive, string Territory, DateTimeOffset EffectiveAt, DateTimeOffset? EndsAt, string? SealedCopySha256);

public sealed class LicenceQueries(CcnDbContext db, FileStore files, CurrentUser user)
{
    public async Task<IReadOnlyList<LicenceSummary>> MineAsync(CancellationToken cancel)
    {
        var (reader, staff) = (user.Id, user.IsStaff);
        var rows = await db.Licences.AsNoTracking().Where(licence => staff || licence.CreatorId == reader || licence.SellerId == reader).OrderByDescending(licence => licence.DraftedAt).ThenBy(licence => licence.Id).Take(500).ToListAsync(cancel);
        return [.. rows.Select(Summary)];
    }

    public async Task<LicenceDetail> GetAsync(string licenceId, CancellationToken cancel)
    {
        var licence = await MineAsync(licenceId, cancel);
        return new(Summary(licence), licence.Terms, licence.TermsHash, licence.Terms is null ? null : LicenceText.Render(licence.Terms), licence.Signatures, licence.SealedCopySha256, licence.NotSignedOutcome, licence.Reason);
    }

    public async Task<Stream> SealedCopyAsync(string licenceId, CancellationToken cancel) =>
        (await MineAsync(licenceId, cancel)).SealedCopyKey is { } key ? files.OpenRead(key) : throw ProblemException.NotFound("sealed copy");

    /// <summary>Licences that are or were in force, the newest first.</summary>
    /// <param name="designId">Only those of a design; null for all.</param>
    public async Task<IReadOnlyList<RegistryEntry>> RegistryAsync(CancellationToken cancel, string? designId = null)
    {
        var rows = await db.Licences.AsNoTracking().Where(licence => licence.EffectiveAt != null && (designId == null || licence.DesignId == designId)).OrderByDescending(licence => licence.EffectiveAt).ThenBy(licence => licence.Id).Take(500).ToListAsync(cancel);
        return [.. rows.Select(licence => new RegistryEntry(licence.Id, licence.DesignId, licence.Terms!.DesignVersionHash, licence.SellerId, licence.Terms.Exclusive, licence.Terms.Territory, licence.EffectiveAt!.Value, licence.EndsAt, licence.SealedCopySha256))];
    }

    private static LicenceSummary Summary(LicenceView licence) =>
        new(licence.Id, licence.DesignId, licence.CreatorId, licence.SellerId, licence.State, licence.DraftedAt, licence.ExpiresAt, licence.EffectiveAt, licence.EndsAt);

    private async Task<LicenceView> MineAsync(string licenceId, CancellationToken cancel)
    {
        var licence = await db.Licences.AsNoTracking().SingleOrDefaultAsync(row => row.Id == licenceId, cancel);
        return licence is not null && (licence.CreatorId == user.Id || licence.SellerId == user.Id || user.IsStaff) ? licence : throw ProblemException.NotFound("licence");
    }
}
