namespace Ccn.Web.Forms;

/// <summary>Where a form returns to: a page of this site and nothing else.</summary>
internal static class LocalUrl
{
    /// <summary>The address when it is one of ours, else the front page: a link from outside must not lead people away once they have signed in.</summary>
    public static string Of(string? url) => (url is "/" or ['/', not ('/' or '\\'), ..]) && !url.Any(char.IsControl) ? url : "/";
}
