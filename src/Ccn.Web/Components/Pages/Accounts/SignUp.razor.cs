using Ccn.Api.Accounts;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Accounts;

public sealed partial class SignUp
{
    private static readonly (string Role, string Title, string What)[] Choices =
    [
        ("member", "I vote", "Score entries, comment, follow creators."),
        (Roles.Creator, "I design", "Submit designs, enter contests, earn royalties."),
        (Roles.Seller, "I sell", "Bid for designs, have them made, list them at Amazon."),
    ];

    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private AccountCommands Accounts { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [SupplyParameterFromQuery] private string? ReturnUrl { get; set; }
    [SupplyParameterFromForm] private SignUpForm Model { get; set; } = null!;

    private string Back => LocalUrl.Of(ReturnUrl);

    protected override void OnInitialized() => Model ??= new();

    private async Task JoinAsync()
    {
        var (email, password) = (Model.Email ?? "", Model.Password ?? "");
        if (await Attempt.DoAsync(async () =>
            {
                await Accounts.RegisterAsync(new(email, password, Model.DisplayName ?? "", (Model.Handle ?? "").Trim(), Model.Role ?? ""));
                await Accounts.SignInAsync(new(email, password, Cookie: true));
            })) { Navigation.NavigateTo(Back); }
    }

    private string? Invalid(string field) => Attempt.Of(field) is null ? null : "true";

    private sealed class SignUpForm
    {
        public string? Role { get; set; } = "member";
        public string? DisplayName { get; set; }
        public string? Handle { get; set; }
        public string? Email { get; set; }
        public string? Password { get; set; }
    }
}
