using System.Security.Claims;
using System.Text.RegularExpressions;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Domain;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Ccn.Api.Accounts;

public sealed partial class AccountCommands(UserManager<CcnUser> users, SignInManager<CcnUser> signIn, CcnDbContext db, TokenVault vault, CurrentUser current, IOptionsMonitor<BearerTokenOptions> tokens, TimeProvider clock)
{
    private static readonly string[] OpenRoles = ["member", Roles.Creator, Roles.Seller];

    public async Task<Me> RegisterAsync(NewAccount body)
    {
        var errors = new FieldErrors();
        errors.Add(body.Email is null || body.Email.Length > 254 || !System.Net.Mail.MailAddress.TryCreate(body.Email, out _), "email", "is an e-mail address");
        errors.Text(body.DisplayName, "displayName", 120);
        errors.Add(!Handle().IsMatch(body.Handle ?? ""), "handle", "has 3 to 40 lower-case letters, digits or hyphens");
        errors.Add(!OpenRoles.Contains(body.Role), "role", "is member, creator or seller");
        errors.Throw();

        var user = new CcnUser { Id = Ids.New(Ids.User, clock.GetUtcNow()), UserName = body.Email, Email = body.Email, DisplayName = body.DisplayName.Trim(), Handle = body.Handle!, CreatedAt = clock.GetUtcNow() };
        if (await users.Users.AnyAsync(other => other.Handle == user.Handle)) { throw new ProblemException(ProblemCode.HandleTaken, "This handle is taken."); }

        string[] roles = body.Role == "member" ? ["member"] : ["member", body.Role];
        try
        {
            // In one transaction: an account without its roles could neither work nor be registered again.
            await using var transaction = await db.Database.BeginTransactionAsync();
            Accept(await users.CreateAsync(user, body.Password ?? ""));
            Accept(await users.AddToRolesAsync(user, roles));
            await transaction.CommitAsync();
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemCode.AccountTaken, "This e-mail address or handle was taken in the same instant.");
        }

        return new(user.Id, user.DisplayName, user.Handle, user.Email!, roles);
    }

    /// <summary>Checks the password and writes the tokens, or the cookie, into the response.</summary>
    public async Task SignInAsync(Credentials body)
    {
        var user = await users.FindByEmailAsync(body.Email ?? "");
        var outcome = user is null ? SignInResult.Failed : await signIn.CheckPasswordSignInAsync(user, body.Password ?? "", lockoutOnFailure: true);
        if (outcome.IsLockedOut) { throw new ProblemException(ProblemCode.AccountLocked, "Too many wrong passwords. Try again in five minutes."); }

        // The same answer for an unknown address and a wrong password.
        if (user is null || !outcome.Succeeded) { throw new ProblemException(ProblemCode.Credentials, "E-mail address or password is wrong."); }

        signIn.AuthenticationScheme = body.Cookie ? IdentityConstants.ApplicationScheme : IdentityConstants.BearerScheme;
        await signIn.SignInAsync(user, isPersistent: body.Cookie);
    }

    public async Task<ClaimsPrincipal> RefreshAsync(string refreshToken)
    {
        var ticket = tokens.Get(IdentityConstants.BearerScheme).RefreshTokenProtector.Unprotect(refreshToken ?? "");
        return ticket?.Properties.ExpiresUtc is { } expires && clock.GetUtcNow() < expires && await signIn.ValidateSecurityStampAsync(ticket.Principal) is { } user
            ? await signIn.CreateUserPrincipalAsync(user)
            : throw new ProblemException(ProblemCode.RefreshToken, "Sign in again.");
    }

    public Task SignOutAsync() => signIn.Context.SignOutAsync(IdentityConstants.ApplicationScheme);

    /// <summary>Connects the seller's Amazon account and payment method. The refresh token goes to the vault.</summary>
    public async Task<SellerAccountSummary> ConnectSellerAsync(SellerAccountBody body, CancellationToken cancel)
    {
        var errors = new FieldErrors();
        errors.Text(body.AmazonSellerId, "amazonSellerId", 60);
        errors.Text(body.AmazonRefreshToken, "amazonRefreshToken", 2_000);
        errors.Text(body.Marketplace, "marketplace", 40);
        errors.Text(body.StripePaymentMethod, "stripePaymentMethod", 100);
        errors.Throw();

        var (seller, now) = (current.Id, clock.GetUtcNow());
        var account = await db.SellerAccounts.SingleOrDefaultAsync(row => row.SellerId == seller, cancel);
        if (account is null)
        {
            account = new SellerAccount { Id = Ids.New(Ids.SellerAccount, now), SellerId = seller, Marketplace = body.Marketplace, CreatedAt = now };
            db.SellerAccounts.Add(account);
        }

        // Another card is attached to the customer at the next charge.
        if (account.StripePaymentMethodId != body.StripePaymentMethod) { account.StripeCustomerId = null; }

        account.RefreshTokenReference = await vault.KeepAsync(body.AmazonRefreshToken, now, cancel);
        (account.AmazonSellerId, account.Marketplace, account.StripePaymentMethodId, account.ConnectedAt) = (body.AmazonSellerId, body.Marketplace, body.StripePaymentMethod, now);
        try { await db.SaveChangesAsync(cancel); }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            throw new ProblemException(ProblemCode.SellerAccountTaken, "This Amazon account is connected to another seller.");
        }

        return AccountQueries.Summary(account);
    }

    public async Task VerifySellerAsync(string sellerId, CancellationToken cancel)
    {
        var changed = await db.SellerAccounts.Where(account => account.SellerId == sellerId).ExecuteUpdateAsync(set => set.SetProperty(account => account.Verified, true), cancel);
        if (changed == 0) { throw ProblemException.NotFound("seller account"); }
    }

    private static void Accept(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw ProblemException.Invalid(result.Errors.GroupBy(error => error.Code.Contains("Password", StringComparison.Ordinal) ? "password" : "email")
                .ToDictionary(group => group.Key, group => group.Select(error => error.Description).ToArray(), StringComparer.Ordinal));
        }
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{1,38})[a-z0-9]$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Handle();
}
