using System.Security.Cryptography;
using System.Text;

namespace Ccn.Host.Demo;

/// <summary>The connections of a demo to a running machine: HTTP clients for the people inside and outside.</summary>
internal sealed class DemoStage : IDisposable
{
    // Uploads and updates that wait for a workflow may take a while on a busy machine.
    private static readonly TimeSpan RequestLimit = TimeSpan.FromMinutes(2);

    private readonly HttpClient site;
    private readonly HttpClient sandbox;
    private readonly HttpClient browser;

    private DemoStage(string siteUrl, string sandboxUrl)
    {
        site = new() { BaseAddress = new(siteUrl), Timeout = RequestLimit };
        sandbox = new() { BaseAddress = new(sandboxUrl), Timeout = RequestLimit };
        browser = new() { Timeout = RequestLimit };
    }

    public World World { get; private set; } = null!;

    /// <summary>Makes the accounts that are missing on a machine in this process, and opens the stage on it.</summary>
    /// <inheritdoc cref="ConnectAsync"/>
    public static async Task<DemoStage> OpenAsync(AllInOne machine, IReadOnlyList<DemoPerson> people, IStoryTime time, string seed, CancellationToken cancel)
    {
        await DemoAccounts.EnsureAsync(people, machine, cancel);
        return await ConnectAsync(machine.Url, machine.SandboxUrl, people, time, seed, cancel);
    }

    /// <summary>Opens the stage on a machine whose accounts exist: everybody settles in, and the suppliers are entered.</summary>
    /// <param name="people">Who is needed.</param>
    /// <param name="seed">Makes the ids of the stories this installation's own.</param>
    public static async Task<DemoStage> ConnectAsync(string siteUrl, string sandboxUrl, IReadOnlyList<DemoPerson> people, IStoryTime time, string seed, CancellationToken cancel)
    {
        var stage = new DemoStage(siteUrl, sandboxUrl);
        try
        {
            await stage.SetUpAsync(siteUrl, people, time, seed, cancel);
            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>A seed for this home: the same one at each start.</summary>
    public static string SeedOf(string home) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..16];

    public void Dispose()
    {
        World?.Cast.Dispose();
        site.Dispose();
        sandbox.Dispose();
        browser.Dispose();
    }

    private async Task SetUpAsync(string siteUrl, IReadOnlyList<DemoPerson> people, IStoryTime time, string seed, CancellationToken cancel)
    {
        var cast = new Cast(site, time);
        await cast.SettleInAsync(people, cancel);
        await DemoSupplier.RegisterAllAsync(cast.Admin, !time.IsSkipped, cancel);
        World = new(siteUrl, seed, time, cast, new(sandbox, browser));
    }
}
