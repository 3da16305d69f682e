using Ccn.Api.Accounts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Accounts;

public sealed partial class SignIn
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private AccountCommands Accounts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private RunningParts Running { get; set; } = null!;

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }
    [SupplyParameterFromForm] private SignInForm Model { get; set; } = null!;

    private string Back => LocalUrl.Of(ReturnUrl);

    protected override void OnInitialized() => Model ??= new();

    private async Task SignInAsync()
    {
        if (await Attempt.DoAsync(() => Accounts.SignInAsync(new(Model.Email ?? "", Model.Password ?? "", Cookie: true)))) { Navigation.NavigateTo(Back); }
    }

    private sealed class SignInForm
    {
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
