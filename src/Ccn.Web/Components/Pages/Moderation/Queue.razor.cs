using Ccn.Api.Designs;
using Ccn.Api.Moderation;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Moderation;

public sealed partial class Queue
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private ModerationQueries Queries { get; set; } = null!;
    [Inject] private CommentQueries Comments { get; set; } = null!;
    [Inject] private CommentCommands Commands { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Done { get; set; }
    [SupplyParameterFromForm] private HideForm Model { get; set; } = null!;

    private IReadOnlyList<HeldDesign> Held { get; set; } = [];
    private IReadOnlyList<ModeratedDesign> Decided { get; set; } = [];
    private IReadOnlyList<ReportedComment> Reported { get; set; } = [];

    /// <summary>The comment whose form was refused.</summary>
    private string? RefusedComment { get; set; }

    protected override async Task LoadAsync()
    {
        Model ??= new();
        Held = await Queries.QueueAsync(Http.RequestAborted);
        Decided = await Queries.DecidedAsync(Http.RequestAborted);
        Reported = await Comments.ReportedAsync(Http.RequestAborted);
    }

    private async Task HideAsync(ReportedComment comment)
    {
        if (await Attempt.DoAsync(() => Commands.HideAsync(comment.CommentId, Model.Reason, Http.RequestAborted), LoadAsync)) { Navigation.NavigateTo("/moderation?done=hidden"); }
        else { RefusedComment = comment.CommentId; }
    }

    private async Task KeepAsync(ReportedComment comment)
    {
        if (await Attempt.DoAsync(() => Commands.KeepAsync(comment.CommentId, Http.RequestAborted), LoadAsync)) { Navigation.NavigateTo("/moderation?done=kept"); }
    }

    internal sealed class HideForm
    {
        public string? Reason { get; set; }
    }
}
