using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data.Accounts;
using Microsoft.AspNetCore.Identity;

namespace Ccn.Api.Accounts;

/// <param name="Bio">Shown on the profile; may be empty.</param>
public sealed record ProfileBody(string? DisplayName, string? Bio);
public sealed record PasswordBody(string? CurrentPassword, string? NewPassword);
public sealed record AccountProfile(string DisplayName, string Handle, string Email, string? Bio);

/// <summary>What people change about their own account.</summary>
public sealed class AccountSettings(UserManager<CcnUser> users, SignInManager<CcnUser> signIn, CurrentUser current)
{
    public async Task<AccountProfile> GetAsync()
    {
        var user = await MeAsync();
        return new(user.DisplayName, user.Handle, user.Email ?? "", user.Bio);
    }

    public async Task ChangeProfileAsync(ProfileBody body)
    {
        var errors = new FieldErrors();
        errors.Text(body.DisplayName, "displayName", 120);
        errors.Add(body.Bio?.Length > 1_000, "bio", "has at most 1,000 characters");
        errors.Add(body.Bio?.Contains('\0', StringComparison.Ordinal) is true, "bio", "has no zero characters");
        errors.Throw();
        var user = await MeAsync();
        (user.DisplayName, user.Bio) = (body.DisplayName!.Trim(), string.IsNullOrWhiteSpace(body.Bio) ? null : body.Bio.Trim());
        await users.UpdateAsync(user);
    }

    /// <summary>Other devices have to sign in again; this one stays signed in.</summary>
    public async Task ChangePasswordAsync(PasswordBody body)
    {
        var user = await MeAsync();
        var result = await users.ChangePasswordAsync(user, body.CurrentPassword ?? "", body.NewPassword ?? "");
        if (!result.Succeeded)
        {
            throw ProblemException.Invalid(result.Errors.GroupBy(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? "currentPassword" : "newPassword", StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.Select(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch) ? "is not the one in use." : error.Description).ToArray(), StringComparer.Ordinal));
        }

        await signIn.RefreshSignInAsync(user);
    }

    private async Task<CcnUser> MeAsync() => await users.FindByIdAsync(current.Id) ?? throw ProblemException.NotFound("account");
}
