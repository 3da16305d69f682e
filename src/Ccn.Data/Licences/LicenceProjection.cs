using Ccn.Data.Lifecycle;
using Ccn.Domain.Events;

namespace Ccn.Data.Licences;

/// <summary>Licences from draft to end.</summary>
internal static class LicenceProjection
{
    public static async Task ApplyAsync(CcnDbContext db, StoredEvent e, CancellationToken cancel)
    {
        var licenceId = e.Data switch
        {
            LicenceDrafted drafted => drafted.Terms.LicenceId,
            LicenceSent sent => sent.LicenceId,
            LicenceReminderSent reminder => reminder.LicenceId,
            LicencePartySigned signed => signed.LicenceId,
            LicenceInForce inForce => inForce.LicenceId,
            LicenceNotSigned notSigned => notSigned.LicenceId,
            LicenceEnded ended => ended.LicenceId,
            _ => null,
        };
        if (licenceId is null) { return; }

        var licence = await db.Licences.RowAsync(() => new() { Id = licenceId }, cancel, licenceId);
        if (e.DesignId is not null) { licence.DesignId = e.DesignId; }

        Record(licence, e);
        licence.State = StateOf(licence);
    }

    private static void Record(LicenceView licence, StoredEvent e)
    {
        switch (e.Data)
        {
            case LicenceDrafted drafted when e.Stamp.Follows(licence.DraftStamp):
                (licence.DraftStamp, licence.DraftedAt, licence.BidId) = (e.Stamp, e.OccurredAt, drafted.BidId);
                (licence.Terms, licence.TermsHash) = (drafted.Terms, drafted.TermsHash);
                (licence.DesignId, licence.CreatorId, licence.SellerId) = (drafted.Terms.DesignId, drafted.Terms.CreatorId, drafted.Terms.SellerId);
                break;
            case LicenceSent sent when e.Stamp.Follows(licence.SentStamp):
                (licence.SentStamp, licence.SentAt, licence.EnvelopeId, licence.ExpiresAt) = (e.Stamp, e.OccurredAt, sent.EnvelopeId, sent.ExpiresAt.ToUniversalTime());
                break;
            case LicenceReminderSent reminder:
                licence.RemindersSent = Math.Max(licence.RemindersSent, reminder.Number);
                break;
            case LicencePartySigned signed when !licence.Signatures.TryGetValue(signed.UserId, out var known) || signed.SignedAt < known:
                licence.Signatures = new SortedDictionary<string, DateTimeOffset>(licence.Signatures.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal)
                {
                    [signed.UserId] = signed.SignedAt.ToUniversalTime(),
                };
                break;
            case LicenceInForce inForce:
                (licence.EffectiveAt, licence.EndsAt) = (inForce.EffectiveAt.ToUniversalTime(), inForce.EndsAt.ToUniversalTime());
                (licence.SealedCopyKey, licence.SealedCopySha256) = (inForce.SealedCopyKey, inForce.SealedCopySha256);
                break;
            case LicenceNotSigned notSigned:
                licence.NotSignedOutcome = notSigned.Outcome;
                if (licence.EndedAt is null) { licence.Reason = notSigned.Reason; }

                break;
            case LicenceEnded ended:
                (licence.EndedAt, licence.Reason) = (e.OccurredAt, ended.Reason);
                break;
        }
    }

    private static LicenceState StateOf(LicenceView licence) => licence switch
    {
        { EndedAt: not null } => LicenceState.Ended,
        { EffectiveAt: not null } => LicenceState.InForce,
        { NotSignedOutcome: nameof(LicenceState.Declined) } => LicenceState.Declined,
        { NotSignedOutcome: nameof(LicenceState.Expired) } => LicenceState.Expired,
        { NotSignedOutcome: not null } => LicenceState.Voided,
        { Signatures.Count: > 0 } => LicenceState.PartSigned,
        { SentAt: not null } => LicenceState.Sent,
        _ => LicenceState.Drafted,
    };
}
