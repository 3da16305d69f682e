using Ccn.Api.Accounts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Accounts;

public sealed partial class AccountPage
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private AccountSettings Settings { get; set; } = null!;
    [Inject] private AccountQueries Accounts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery(Name = "saved")] private string? What { get; set; }
    [SupplyParameterFromForm] private AccountForm Model { get; set; } = null!;

    private AccountProfile Profile { get; set; } = null!;
    private Me Me { get; set; } = null!;
    private string? Saved => What switch { "profile" => "Your profile is saved.", "password" => "Your password is changed. Other devices have to sign in again.", _ => null };

    protected override async Task LoadAsync()
    {
        Model ??= new();
        Profile = await Settings.GetAsync();
        Me = await Accounts.MeAsync(Http.RequestAborted);
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

    internal sealed class AccountForm
    {
        public string? DisplayName { get; set; }
        public string? Bio { get; set; }
        public string? CurrentPassword { get; set; }
        public string? NewPassword { get; set; }
    }
}
