using System.Reflection;
using Ccn.Data.Files;
using Ccn.Domain;

namespace Ccn.Api.Problems;

/// <summary>A reason for a refusal. The list is closed and part of the API: clients branch on the code, so none is ever renamed.</summary>
/// <param name="Code">Stable, dotted.</param>
/// <param name="Status">The HTTP status that it always comes with.</param>
/// <param name="Meaning">When it is answered, for the reference.</param>
public sealed record ProblemCode(string Code, int Status, string Meaning)
{
    public static readonly ProblemCode
        RequestInvalid = Of(400, FailureTypes.RequestInvalid, "The request cannot be taken as it is; `errors` names the fields."),
        KeyMissing = Of(400, "idempotency_key.missing", "The header is missing."),
        KeyTooLong = Of(400, "idempotency_key.too_long", "The header is longer than 128 characters."),
        CursorInvalid = Of(400, "cursor.invalid", "The cursor is not one that this list gave."),
        TemplateUnknown = Of(400, "template.unknown", "There is no such life-cycle template."),
        FileUnknown = Of(400, "file.unknown", "The caller has uploaded no such file."),
        FileEmpty = Of(400, FileRefusals.Empty, "The file has no bytes."),
        FileNotAnImage = Of(400, FileRefusals.NotAnImage, "It is no picture."),
        FileTypeMismatch = Of(400, FileRefusals.TypeMismatch, "The bytes are of another type than the media type or the name says."),
        ImageFormat = Of(400, FileRefusals.FormatNotSupported, "A picture in a format that is not taken; a browser may convert it."),
        ImagePixels = Of(400, FileRefusals.TooManyPixels, "Too many pixels, however small the file."),
        ImageTooSmall = Of(400, FileRefusals.TooSmall, "A side is too short."),
        ImageAnimated = Of(400, FileRefusals.Animated, "More than one frame."),
        ImageCmyk = Of(400, FileRefusals.Cmyk, "Colours for print; send RGB."),
        ImageUnreadable = Of(400, FileRefusals.Unreadable, "Damaged or cut short."),
        ModelUnreadable = Of(400, FileRefusals.ModelUnreadable, "The 3D model is damaged, cut short or empty."),
        ModelFormat = Of(400, FileRefusals.ModelFormat, "The 3D model is of a version or packing that is not shown."),
        ModelExternal = Of(400, FileRefusals.ModelExternal, "The 3D model refers to other files or addresses."),
        ModelTooComplex = Of(400, FileRefusals.ModelTooComplex, "The 3D model has too many corners."),
        BallotScore = Of(400, "ballot.score", "A score is 1 to 5."),
        ReturnUrlForeign = Of(400, "return_url.foreign", "The page to come back to is not of this site."),
        SupplierUnknown = Of(400, "supplier.unknown", "A supplier is not in the directory."),
        AsinUnknown = Of(400, "asin.unknown", "Amazon has no such product, or gives no estimate for it."),
        QuoteExpired = Of(400, "quote.expired", "The offer's last day is past."),
        WebhookSignature = Of(400, "webhook.signature", "The signature does not match; nothing was looked at."),
        WebhookUnreadable = Of(400, "webhook.unreadable", "Signed, and not a message that is known here."),
        Unauthenticated = Of(401, "unauthenticated", "Nobody is signed in."),
        Credentials = Of(401, "account.credentials", "E-mail address or password is wrong."),
        RefreshToken = Of(401, "account.refresh_token", "The token has ended or was never given: sign in again."),
        Forbidden = Of(403, "forbidden", "The account's roles do not allow this."),
        SellerNotVerified = Of(403, "seller.not_verified", "Only sellers whose Amazon account is verified bid."),
        NotFound = Of(404, "not_found", "It does not exist, or is another person's: the two are not told apart."),
        LinkInvalid = Of(404, "link.invalid", "The link is not valid, or no longer."),
        MethodNotAllowed = Of(405, "method_not_allowed", "The address does not take this method."),
        StateConflict = Of(409, FailureTypes.StateConflict, "Not possible in the state that the thing is in; `detail` says which."),
        RequestDuplicate = Of(409, FailureTypes.RequestDuplicate, "The same id or key was used for another request."),
        HandleTaken = Of(409, "account.handle_taken", "The handle is another account's."),
        AccountTaken = Of(409, "account.taken", "The address or handle was taken in the same instant."),
        SellerAccountTaken = Of(409, "seller_account.taken", "The Amazon account is connected to another seller."),
        SellerAccountNotConnected = Of(409, "seller_account.not_connected", "The seller's account is not connected to Amazon, or not any more."),
        EntryRefused = Of(409, "contest.entry_refused", "The contest did not take the entry: not open, full, or not there."),
        NotDecided = Of(409, "contest.not_decided", "Ballots are shown once the contest is decided."),
        BallotAlreadyCast = Of(409, "ballot.already_cast", "The member has given this entry this score already."),
        BallotClosed = Of(409, "ballot.closed", "Voting is not open."),
        BallotOwnDesign = Of(409, "ballot.own_design", "Nobody votes on their own design."),
        StatementNotFinal = Of(409, "statement.not_final", "The statement is still a draft."),
        TooLarge = Of(413, "request.too_large", "The body is too large."),
        FileTooLarge = Of(413, FileRefusals.TooLarge, "The file is too large."),
        MediaTypeUnsupported = Of(415, "media_type.unsupported", "The address takes another media type."),
        AccountLocked = Of(429, "account.locked", "Too many wrong passwords; try again in five minutes."),
        Internal = Of(500, "internal", "A fault of ours. It was recorded."),
        LedgerUnbalanced = Of(500, FailureTypes.LedgerUnbalanced, "A posting that would not balance. Nothing was booked, and somebody is paged."),
        ProviderRejected = Of(502, FailureTypes.ProviderRejected, "The provider definitely refused."),
        ProviderContract = Of(502, FailureTypes.ProviderContract, "The provider's answer could not be understood."),
        ProviderUnavailable = Of(503, FailureTypes.ProviderUnavailable, "A provider, or the workflow server, does not answer. The command may still take effect: repeat it with the same key.");

    /// <summary>All of them, in the order of their statuses.</summary>
    public static IReadOnlyList<ProblemCode> All { get; } = [.. typeof(ProblemCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (ProblemCode)field.GetValue(null)!)];

    /// <summary>Null for a code that is not of this list.</summary>
    internal static ProblemCode? Named(string? code) => All.FirstOrDefault(known => known.Code == code);

    /// <summary>For a refusal that the framework makes by itself (no sign-in, no role, no such address).</summary>
    internal static ProblemCode ForStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Unauthenticated,
        StatusCodes.Status403Forbidden => Forbidden,
        StatusCodes.Status404NotFound => NotFound,
        StatusCodes.Status405MethodNotAllowed => MethodNotAllowed,
        StatusCodes.Status413PayloadTooLarge => TooLarge,
        StatusCodes.Status415UnsupportedMediaType => MediaTypeUnsupported,
        >= StatusCodes.Status500InternalServerError => Internal,
        _ => RequestInvalid,
    };

    private static ProblemCode Of(int status, string code, string meaning) => new(code, status, meaning);
}
