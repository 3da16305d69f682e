using Ccn.Api.Problems;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Ccn.Api.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder app)
    {
        var accounts = app.MapGroup("/v1").WithTags("Accounts");
        accounts.MapPost("/accounts", RegisterAsync).AllowAnonymous().WithName("Register").Refuses(ProblemCode.HandleTaken, ProblemCode.AccountTaken);
        accounts.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithName("SignIn").Produces<AccessTokenResponse>().Refuses(ProblemCode.Credentials, ProblemCode.AccountLocked);
        accounts.MapPost("/sign-in/refresh", RefreshAsync).AllowAnonymous().WithName("RefreshToken").Produces<AccessTokenResponse>().Refuses(ProblemCode.RefreshToken);
        accounts.MapPost("/sign-out", SignOutAsync).RequireAuthorization().WithName("SignOut");
        accounts.MapGet("/me", MeAsync).RequireAuthorization().WithName("GetMe");
        accounts.MapPut("/me/seller-account", ConnectSellerAsync).RequireAuthorization(Roles.Seller).WithName("ConnectSellerAccount").Refuses(ProblemCode.SellerAccountTaken);
        accounts.MapGet("/me/seller-account", SellerAccountAsync).RequireAuthorization(Roles.Seller).WithName("GetSellerAccount").Refuses(ProblemCode.NotFound);
        accounts.MapPost("/sellers/{sellerId}/verification", VerifySellerAsync).RequireAuthorization(Roles.Admin).WithName("VerifySeller");
        accounts.MapGet("/creators/{creatorId}", CreatorAsync).AllowAnonymous().WithName("GetCreator");
    }

    /// <summary>Makes an account.</summary>
    /// <remarks>Everybody can become member, creator or seller; other roles are given by whoever runs the system. Every account is a member too.</remarks>
    internal static async Task<Created<Me>> RegisterAsync(NewAccount body, AccountCommands accounts)
    {
        var me = await accounts.RegisterAsync(body);
        return TypedResults.Created("/v1/me", me);
    }

    // The sign-in result writes the tokens (or the cookie) itself.
    /// <summary>Signs in with e-mail address and password.</summary>
    /// <remarks>Answers an access token for the `Authorization: Bearer` header and a refresh token, or sets a cookie and answers nothing when `cookie` is true. Ten wrong passwords lock the account for five minutes.</remarks>
    internal static async Task<EmptyHttpResult> SignInAsync(Credentials body, AccountCommands accounts)
    {
        await accounts.SignInAsync(body);
        return TypedResults.Empty;
    }

    /// <summary>Trades a refresh token for new tokens.</summary>
    internal static async Task<SignInHttpResult> RefreshAsync(RefreshBody body, AccountCommands accounts) =>
        TypedResults.SignIn(await accounts.RefreshAsync(body.RefreshToken), authenticationScheme: Microsoft.AspNetCore.Identity.IdentityConstants.BearerScheme);

    /// <summary>Ends a cookie's session.</summary>
    /// <remarks>Access tokens end by themselves.</remarks>
    internal static async Task<NoContent> SignOutAsync(AccountCommands accounts)
    {
        await accounts.SignOutAsync();
        return TypedResults.NoContent();
    }

    /// <summary>Who is signed in, with which roles.</summary>
    internal static async Task<Ok<Me>> MeAsync(AccountQueries accounts, CancellationToken cancel) => TypedResults.Ok(await accounts.MeAsync(cancel));

    /// <summary>Connects the seller's Amazon account and payment method.</summary>
    /// <remarks>Sent again it replaces both. The account must be verified by an admin before it can bid. The Amazon token is encrypted and never shown again.</remarks>
    internal static async Task<Ok<SellerAccountSummary>> ConnectSellerAsync(SellerAccountBody body, AccountCommands accounts, CancellationToken cancel) => TypedResults.Ok(await accounts.ConnectSellerAsync(body, cancel));

    /// <summary>The seller's own Amazon account as it is connected.</summary>
    internal static async Task<Ok<SellerAccountSummary>> SellerAccountAsync(AccountQueries accounts, CancellationToken cancel) => TypedResults.Ok(await accounts.SellerAccountAsync(cancel));

    /// <summary>Confirms that a seller is who they say, so that they may bid.</summary>
    internal static async Task<NoContent> VerifySellerAsync(string sellerId, AccountCommands accounts, CancellationToken cancel)
    {
        await accounts.VerifySellerAsync(sellerId, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>A creator's public profile, with badges.</summary>
    internal static async Task<Ok<CreatorProfile>> CreatorAsync(string creatorId, AccountQueries accounts, CancellationToken cancel) => TypedResults.Ok(await accounts.CreatorAsync(creatorId, cancel));
}

/// <param name="Password">At least 12 characters.</param>
/// <param name="Role"><c>member</c>, <c>creator</c> or <c>seller</c>; other roles are given by an admin.</param>
public sealed record NewAccount(string Email, string Password, string DisplayName, string Handle, string Role);

/// <param name="Cookie">Sign in by cookie instead of tokens.</param>
public sealed record Credentials(string Email, string Password, bool Cookie = false);
public sealed record RefreshBody(string RefreshToken);

/// <param name="AmazonRefreshToken">From the seller's consent; kept encrypted, never shown again.</param>
/// <param name="StripePaymentMethod">How the royalties that the seller owes are collected.</param>
public sealed record SellerAccountBody(string AmazonSellerId, string AmazonRefreshToken, string Marketplace, string StripePaymentMethod);
