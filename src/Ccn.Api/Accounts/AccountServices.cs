using Ccn.Data;
using Ccn.Data.Accounts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;

namespace Ccn.Api.Accounts;

internal static class AccountServices
{
    // Pages sign in by cookie, programs by bearer token; one scheme picks by what the request carries.
    private const string Scheme = "ccn";

    private const string SignInPath = "/sign-in";

    public static void AddCcnAccounts(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddHttpContextAccessor();
        services.AddScoped<CurrentUser>();
        services.AddIdentityCore<CcnUser>(identity =>
            {
                identity.User.RequireUniqueEmail = true;

                // The user name is the e-mail address, which may hold more than letters and digits.
                identity.User.AllowedUserNameCharacters = "";
                identity.Password.RequiredLength = 12;
                identity.Password.RequireDigit = identity.Password.RequireLowercase = identity.Password.RequireUppercase = identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = 10;
                identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3;
            })
            .AddRoles<CcnRole>().AddEntityFrameworkStores<CcnDbContext>().AddSignInManager().AddDefaultTokenProviders();
        services.AddAuthentication(Scheme)
            .AddPolicyScheme(Scheme, null, policy => policy.ForwardDefaultSelector = http =>
                http.Request.Headers.ContainsKey("Authorization") ? IdentityConstants.BearerScheme : IdentityConstants.ApplicationScheme)
            .AddBearerToken(IdentityConstants.BearerScheme)
            .AddIdentityCookies();
        services.Configure<SecurityStampValidatorOptions>(stamp => stamp.TimeProvider = TimeProvider.System);
        services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.Name = CcnApi.SignedInCookie;
            cookie.Cookie.SameSite = SameSiteMode.Lax;

            // A cookie lives in the browser's time, also where the product's own clock is elsewhere.
            cookie.TimeProvider = TimeProvider.System;

            // Programs get a status, people a page to sign in on.
            cookie.LoginPath = SignInPath;
            cookie.ReturnUrlParameter = "returnUrl";
            cookie.Events.OnRedirectToLogin = context =>
            {
                if (!Requests.PageRequests.IsForPeople(context.Request)) { return Answer(context, StatusCodes.Status401Unauthorized); }

                context.Response.Redirect(context.RedirectUri);
                return Task.CompletedTask;
            };
            cookie.Events.OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden);
        });
        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var role in Roles.All) { authorization.AddPolicy(role, policy => policy.RequireRole(role)); }

        services.AddCcnDataProtection(configuration);
    }

    private static Task Answer(Microsoft.AspNetCore.Authentication.RedirectContext<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
