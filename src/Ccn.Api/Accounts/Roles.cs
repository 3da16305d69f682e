namespace Ccn.Api.Accounts;

/// <summary>Roles; each is also the name of the authorization policy that asks for it. Everybody signed in is a member.</summary>
public static class Roles
{
    public const string Creator = "creator", Seller = "seller", Manufacturer = "manufacturer", Moderator = "moderator", Finance = "finance", Ops = "ops", Admin = "admin", Sponsor = "sponsor";

    public static IReadOnlyList<string> All { get; } = [Creator, Seller, Manufacturer, Moderator, Finance, Ops, Admin, Sponsor];
}
