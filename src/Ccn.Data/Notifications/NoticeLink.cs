namespace Ccn.Data.Notifications;

/// <summary>Where a notice leads, on the site and from outside alike.</summary>
public static class NoticeLink
{
    public static string Of(string type, string? designId) => (type, designId) switch
    {
        (_, null) => "/my/earnings",
        (SearchNotices.Type, _) => $"/desk/designs/{designId}",
        _ => $"/designs/{designId}",
    };
}
