using System.Net.Http.Json;
using Ccn.Api.Accounts;
using Ccn.Data.Accounts;
using Ccn.Domain;
using Microsoft.AspNetCore.Identity;

namespace Ccn.Host.Demo;

/// <summary>
/// Makes the demo accounts that are missing. Creators, sellers and members sign up as anybody does. Staff cannot: no public door gives a
/// role that decides over others, so the installation makes those accounts itself, as it would its first administrator.
/// </summary>
internal static class DemoAccounts
{
    public static async Task EnsureAsync(IReadOnlyList<DemoPerson> people, AllInOne machine, CancellationToken cancel)
    {
        using var site = new HttpClient { BaseAddress = new(machine.Url) };
        var clock = machine.Clock ?? TimeProvider.System;
        await using var scope = machine.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<CcnUser>>();
        foreach (var person in people.Where(person => !person.IsStaff))
        {
            if (await users.FindByEmailAsync(person.Email) is null) { await SignUpAsync(site, person, cancel); }
        }

        foreach (var person in people.Where(person => person.IsStaff)) { await AppointAsync(users, person, clock); }
    }

    private static async Task SignUpAsync(HttpClient site, DemoPerson person, CancellationToken cancel)
    {
        var account = new NewAccount(person.Email, DemoPeople.Password, person.Name, person.Handle, person.Role);
        using var response = await site.PostAsJsonAsync("/v1/accounts", account, CcnJson.Options, cancel);
        if (!response.IsSuccessStatusCode) { throw await Problems.ReadAsync(response, $"{person.Name}: POST /v1/accounts", cancel); }
    }

    private static async Task AppointAsync(UserManager<CcnUser> users, DemoPerson person, TimeProvider clock)
    {
        var user = await users.FindByEmailAsync(person.Email);
        if (user is null)
        {
            user = new CcnUser { Id = Ids.New(Ids.User, clock.GetUtcNow()), UserName = person.Email, Email = person.Email, DisplayName = person.Name, Handle = person.Handle, CreatedAt = clock.GetUtcNow() };
            Require(await users.CreateAsync(user, DemoPeople.Password));
        }

        foreach (var role in new[] { "member", person.Role })
        {
            if (!await users.IsInRoleAsync(user, role)) { Require(await users.AddToRoleAsync(user, role)); }
        }
    }

    private static void Require(IdentityResult result)
    {
        if (!result.Succeeded) { throw new HostException($"A demo account cannot be made: {string.Join(" ", result.Errors.Select(error => error.Description))}"); }
    }
}
