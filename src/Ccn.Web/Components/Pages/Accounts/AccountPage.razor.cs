using Ccn.Api.Accounts;
using Ccn.Api.Notifications;
using Ccn.Data.Notifications;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Accounts;

public sealed partial class AccountPage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private AccountSettings Settings { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private NoticeChannels Channels { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "saved")] private string? What { get; set; }
    [SupplyParameterFromForm] private AccountForm Model { get; set; } = null!;

    private AccountProfile Profile { get; set; } = null!;
    private Me Me { get; set; } = null!;
    private NoticeSettingsView Notices { get; set; } = null!;
    private static IReadOnlyList<NoticeLevel> Levels { get; } = Enum.GetValues<NoticeLevel>();
    private string BrowserHint => Notices.Browsers switch { 0 => "None is subscribed yet.", 1 => "One is subscribed.", var many => $"{many} are subscribed." };
    private string? Saved => What switch { "profile" => "Your profile is saved.", "notices" => "Your choice of notices is saved.", "password" => "Your password is changed. Other devices have to sign in again.", _ => null };

    protected override async Task LoadAsync()
    {
        Model ??= new();
        Profile = await Settings.GetAsync();
        Me = await Accounts.MeAsync(Http.RequestAborted);
        Notices = await Channels.GetAsync(Http.RequestAborted);
    }

    private async Task ChangeProfileAsync()
    {
        // A field that was emptied is not one that was not sent.
        Model.Bio ??= "";
        if (await Attempt.DoAsync(() => Settings.ChangeProfileAsync(new(Model.DisplayName, Model.Bio)))) { Navigation.NavigateTo("/account?saved=profile"); }
    }

    private async Task ChangePasswordAsync()
    {
        if (await Attempt.DoAsync(() => Settings.ChangePasswordAsync(new(Model.CurrentPassword, Model.NewPassword)))) { Navigation.NavigateTo("/account?saved=password"); }
    }

    private async Task ChangeNoticesAsync()
    {
        if (await Attempt.DoAsync(() => Channels.ChangeAsync(new(Model.Email ?? Notices.Email, Model.Push ?? Notices.Push), Http.RequestAborted))) { Navigation.NavigateTo("/account?saved=notices"); }
    }

    private static string Words(NoticeLevel level) => level switch { NoticeLevel.None => "Nothing", NoticeLevel.Important => "What is important", _ => "Everything" };

    internal sealed class AccountForm
    {
        public NoticeLevel? Email { get; set; }
        public NoticeLevel? Push { get; set; }
        public string? DisplayName { get; set; }
        public string? Bio { get; set; }
        public string? CurrentPassword { get; set; }
        public string? NewPassword { get; set; }
    }
}
