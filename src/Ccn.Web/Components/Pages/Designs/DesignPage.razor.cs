using System.Globalization;
using Ccn.Api.Accounts;
using Ccn.Api.Contests;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Domain;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Designs;

public sealed partial class DesignPage
{
    [Inject] private DesignQueries Designs { get; set; } = null!;
    [Inject] private DesignHistoryQueries History { get; set; } = null!;
    [Inject] private ContestQueries ContestReads { get; set; } = null!;
    [Inject] private ContestCommands Ballots { get; set; } = null!;
    [Inject] private CommentQueries CommentReads { get; set; } = null!;
    [Inject] private CommentCommands CommentWrites { get; set; } = null!;
    [Inject] private FollowCommands Follows { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private LicenceQueries Licences { get; set; } = null!;
    [Inject] private CurrentUser Reader { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [Parameter] public string DesignId { get; set; } = "";

    /// <summary>A past day whose end is shown, <c>2026-05-01</c>; today when it is left out or no date.</summary>
    [SupplyParameterFromQuery] private string? At { get; set; }
    [SupplyParameterFromForm] private DesignForm Model { get; set; } = null!;
    [SupplyParameterFromForm(Name = "Key")] private string? Key { get; set; }

    private DesignDetail Detail { get; set; } = null!;
    private PersonName Creator { get; set; } = PersonName.Unknown;
    private Following Following { get; set; } = null!;
    private IReadOnlyList<Participation> Contests { get; set; } = [];
    private IReadOnlyList<CommentView> Comments { get; set; } = [];
    private RegistryEntry? Licence { get; set; }
    private string SellerName { get; set; } = "";
    private LifeStory Story { get; set; } = null!;
    private DesignMoment Then { get; set; } = null!;
    private DateTimeOffset Now { get; set; }
    private DateTimeOffset Shown { get; set; }

    private DesignSummary Design => Detail.Design;
    private DateTimeOffset First => Design.SubmittedAt ?? Now;
    private bool IsPast => Shown.Date < Now.Date;
    private bool IsSignedIn => Reader.IsSignedIn;
    private bool IsMine => Reader.IsSignedIn && Reader.Id == Design.CreatorId;
    private bool IsSeller => Reader.Is(Roles.Seller);
    private string SignIn => $"/sign-in?returnUrl={Uri.EscapeDataString($"/designs/{DesignId}")}";

    protected override async Task LoadAsync()
    {
        var cancel = Http.RequestAborted;
        Model ??= new();
        Now = Clock.GetUtcNow();
        Detail = await Designs.GetAsync(DesignId, cancel);
        Licence = await Licences.RegistryAsync(cancel, DesignId) is [var newest, ..] ? newest : null;
        var names = await Accounts.NamesAsync(Licence is null ? [Design.CreatorId] : [Design.CreatorId, Licence.SellerId], cancel);
        Creator = names.GetValueOrDefault(Design.CreatorId, PersonName.Unknown);
        SellerName = names.GetValueOrDefault(Licence?.SellerId ?? "", PersonName.Unknown).DisplayName;
        Following = await Follows.OfAsync(Design.CreatorId, cancel);
        Contests = await ContestReads.OfDesignAsync(DesignId, cancel);
        Comments = await CommentReads.OfAsync(DesignId, cancel);

        // A day of the future, or before the submission, is the nearest one that can be shown.
        var asked = DateOnly.TryParseExact(At, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero) : Now;
        var earliest = new DateTimeOffset(DateOnly.FromDateTime(First.UtcDateTime).ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
        Shown = asked >= Now ? Now : asked < earliest ? (earliest < Now ? earliest : Now) : asked;
        Then = await History.AtAsync(DesignId, Shown, cancel);
        Story = new(await Designs.TimelineAsync(DesignId, cancel), await Designs.StagesAsync(DesignId, cancel), Shown, whole: IsMine || Reader.IsStaff || (IsSignedIn && Licence?.SellerId == Reader.Id));
    }

    private Task VoteAsync(string contestId) => DoAsync(() => Ballots.CastAsync(contestId, DesignId, Model.Score ?? 0, Http.RequestAborted), "");

    private Task FollowAsync() => DoAsync(() => Follows.SetAsync(Design.CreatorId, Model.Follow, Http.RequestAborted), "");

    private Task CommentAsync() => DoAsync(() => CommentWrites.PostAsync(DesignId, $"{Ids.Comment}_{Key}", Model.Text, Http.RequestAborted), "#comments");

    private Task ReportAsync(string commentId) => DoAsync(() => CommentWrites.ReportAsync(commentId, Model.Reason, Http.RequestAborted), "#comments");

    private async Task DoAsync(Func<Task> command, string place)
    {
        if (await Attempt.DoAsync(command, LoadAsync)) { Navigation.NavigateTo($"/designs/{DesignId}{place}"); }
    }

    private string Absolute(string path) => new Uri(new Uri(Navigation.BaseUri), path).ToString();

    private static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Summary(string text) => text.Length <= 160 ? text : text[..157] + "…";

    /// <summary>What the forms of the page send.</summary>
    internal sealed class DesignForm
    {
        public int? Score { get; set; }
        public bool Follow { get; set; }
        public string? Text { get; set; }
        public string? Reason { get; set; }
    }
}
