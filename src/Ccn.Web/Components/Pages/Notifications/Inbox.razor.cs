using System.Globalization;
using Ccn.Api.Accounts;
using Ccn.Api.Notifications;
using Ccn.Api.Requests;
using Ccn.Data.Notifications;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Notifications;

public sealed partial class Inbox
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private NoticeQueries Queries { get; set; } = null!;
    [Inject] private NoticeCommands Commands { get; set; } = null!;
    [Inject] private CurrentUser Reader { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private bool New { get; set; }
    [SupplyParameterFromQuery] private string? Cursor { get; set; }
    [SupplyParameterFromForm] private ReadForm Model { get; set; } = null!;

    private Page<NoticeView> Notices { get; set; } = null!;
    private int Unread { get; set; }

    // The newest that the reader has seen: what comes while they read stays new.
    private string Newest => (Notices.Items is [var first, ..] ? first.At : DateTimeOffset.MinValue).ToString("O", CultureInfo.InvariantCulture);

    protected override async Task LoadAsync()
    {
        Model ??= new();
        Notices = await Queries.ListAsync(New, Cursor, Http.RequestAborted);
        Unread = await Queries.UnreadAsync(Http.RequestAborted);
    }

    private async Task ReadAllAsync()
    {
        if (await Attempt.DoAsync(() => Commands.MarkReadAsync(Model.UpTo, null, Http.RequestAborted))) { Navigation.NavigateTo("/notifications"); }
    }

    private async Task OpenAsync(NoticeView notice)
    {
        if (await Attempt.DoAsync(() => Commands.MarkReadAsync(default, notice.EventId, Http.RequestAborted))) { Navigation.NavigateTo(NoticeLink.Of(notice.Type, notice.DesignId)); }
    }

    private string Earlier(string cursor) => $"/notifications?cursor={Uri.EscapeDataString(cursor)}" + (New ? "&new=true" : "");

    internal sealed class ReadForm
    {
        public DateTimeOffset UpTo { get; set; }
    }
}
