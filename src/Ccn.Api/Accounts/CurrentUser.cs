using System.Security.Claims;
using Ccn.Api.Problems;

namespace Ccn.Api.Accounts;

/// <summary>Who acts. Resolved from the signed-in principal, for pages and endpoints alike.</summary>
public sealed class CurrentUser(IHttpContextAccessor http)
{
    private ClaimsPrincipal? Principal => http.HttpContext?.User;

    public bool IsSignedIn => Principal?.Identity?.IsAuthenticated is true;

    /// <exception cref="ProblemException">Nobody is signed in.</exception>
    public string Id => Principal?.FindFirstValue(ClaimTypes.NameIdentifier) ?? throw new ProblemException(ProblemCode.Unauthenticated, "Sign in first.");

    public bool Is(string role) => Principal?.IsInRole(role) is true;

    /// <exception cref="ProblemException">The account does not have the role.</exception>
    public void Require(string role)
    {
        if (!Is(role)) { throw new ProblemException(ProblemCode.Forbidden, "The account's roles do not allow this."); }
    }

    /// <summary>Staff may read what belongs to others.</summary>
    public bool IsStaff => Is(Roles.Finance) || Is(Roles.Ops) || Is(Roles.Admin) || Is(Roles.Moderator);
}
