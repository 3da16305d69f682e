using Ccn.Domain.Events;
using Ccn.Domain.Lifecycle;
using Temporalio.Activities;

namespace Ccn.Workflows.Designs;

/// <summary>Input of <c>DesignLifecycle</c> (<c>design/{designId}</c>): the submission and the whole template.</summary>
/// <param name="RequestHash">SHA-256 of the canonical request: the same id with other content is refused.</param>
/// <param name="Rounds">Bidding rounds already behind it; set only when a published design that waits continues as new.</param>
/// <param name="MorePictures">Beside the first, in the order they are shown.</param>
/// <param name="Model">A 3D model; it was checked at upload and is shown as it is.</param>
/// <param name="Run">Counts the runs, so that event ids stay unique; only the first submits.</param>
public sealed record DesignLifecycleInput(string DesignId, string CreatorId, string Title, string Description, string Category, IReadOnlyList<string> Tags,
    DesignFile File, string TermsVersion, LifecycleTemplate Template, string RequestHash, DateTimeOffset SubmittedAt, int Rounds = 0, int Run = 1,
    IReadOnlyList<DesignFile>? MorePictures = null, DesignFile? Model = null);

/// <summary>The original as stored, byte for byte.</summary>
public sealed record DesignFile(string FileKey, string FileName, string ContentType, long Bytes, string Sha256);

/// <summary>Update <c>Submit</c> (sent with the start): answers when the submission is on record.</summary>
public sealed record SubmitDesign(string RequestHash);
public sealed record DesignReceipt(string DesignId, string Sha256, DateTimeOffset ReceivedAt, string TermsVersion);

/// <summary>Update <c>EnterContest</c> by the creator.</summary>
public sealed record EnterContest(string ContestId, string CreatorId);
/// <summary>Update <c>OpenBidding</c>: the creator takes a published, not selected or lapsed design to bids without a contest.</summary>
public sealed record OpenBidding(string CreatorId);
/// <summary>Update <c>Withdraw</c> by the creator, until a bid is accepted.</summary>
public sealed record WithdrawDesign(string CreatorId, string Reason);
/// <summary>Update <c>Moderate</c>: a moderator's decision on a held design.</summary>
public sealed record ModerateDesign(string ModeratorId, bool Publish, string Reason);
/// <summary>Update <c>AnswerStandby</c>: a standby bidder takes or leaves the licence.</summary>
public sealed record AnswerStandby(string SellerId, string BidId, bool Accept);

/// <summary>Signal <c>entryDecided</c> from the contest: whether the entry was taken.</summary>
public sealed record EntryDecided(string ContestId, bool Accepted, string? Reason);
/// <summary>Signal <c>contestDecided</c> from the contest.</summary>
public sealed record ContestOutcome(string ContestId, bool Won, int Rank);

/// <summary>Signal <c>sold</c> from the sales intake or a statement: units of the design were sold. Repeats change nothing.</summary>
public sealed record DesignSold(string Source);

public interface IDesignActivities
{
    /// <summary>Decodes the original, writes the variants, hashes it. Runs on the media queue. A file that is not what it says ends in a refusal, which is an answer.</summary>
    [Activity("Designs.ProcessMedia")]
    Task<MediaResult> ProcessMediaAsync(ProcessMediaInput input);

    /// <summary>Banned words and near copies: a design that matches waits for a moderator.</summary>
    [Activity("Designs.Screen")]
    Task<ScreeningResult> ScreenAsync(ScreenDesignInput input);
}

public sealed record ProcessMediaInput(string DesignId, DesignFile File);
public sealed record MediaResult(DesignMediaReady? Media, string? RefusalCode, string? RefusalReason);
public sealed record ScreenDesignInput(string DesignId, string CreatorId, string Title, string Description, IReadOnlyList<string> Tags, string? PerceptualHash, IReadOnlyList<string>? MoreHashes = null);
public sealed record ScreeningResult(bool Hold, string? Reason);
