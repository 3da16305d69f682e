using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Tests;

/// <summary>A page of the site as its component declares it, so that no page is left out of a test.</summary>
/// <param name="Template">Its route.</param>
/// <param name="Role">The role that it is for; <c>member</c> for everybody who is signed in, null for visitors.</param>
public sealed record SitePage(string Template, string? Role)
{
    /// <summary>Every page.</summary>
    public static IReadOnlyList<SitePage> All { get; } =
    [
        .. from component in typeof(Site).Assembly.GetTypes()
           from route in component.GetCustomAttributes<RouteAttribute>()
           orderby route.Template
           select new SitePage(route.Template, RoleOf(component)),
    ];

    public override string ToString() => Template;

    private static string? RoleOf(Type component) => component.GetCustomAttributes<AllowAnonymousAttribute>().Any()
        ? null
        : component.GetCustomAttributes<AuthorizeAttribute>().Select(rule => rule.Roles?.Split(',')[0].Trim()).FirstOrDefault(role => role is not null) ?? "member";
}
