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

    /// <summary>Makes the accounts where they are missing, signs everybody in and enters the suppliers.</summary>
    /// <param name="seed">Makes the ids of the stories this installation's own.</param>
    public static async Task<DemoStage> OpenAsync(AllInOne machine, string @namespace, IStoryTime time, string seed, CancellationToken cancel)
    {
        var stage = new DemoStage(machine.Url, machine.SandboxUrl);
        try
        {
            await DemoAccounts.EnsureAsync(stage.site, machine.Services, machine.Clock ?? TimeProvider.System, cancel);
            await stage.SetUpAsync(machine.Url, machine.TemporalAddress, @namespace, time, seed, cancel);
            return stage;
        }
        catch
        {
            stage.Dispose();
            throw;
        }
    }

    /// <summary>Opens the stage on a machine in another process, whose accounts exist.</summary>
    public static async Task<DemoStage> ConnectAsync(string siteUrl, string sandboxUrl, string temporalAddress, IStoryTime time, string seed, CancellationToken cancel)
    {
        var stage = new DemoStage(siteUrl, sandboxUrl);
        try
        {
            await stage.SetUpAsync(siteUrl, temporalAddress, "default", time, seed, cancel);
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

    private async Task SetUpAsync(string siteUrl, string temporalAddress, string @namespace, IStoryTime time, string seed, CancellationToken cancel)
    {
        var cast = await Cast.SignInAsync(site, time, cancel);
        await cast.SettleInAsync(cancel);
        await DemoSupplier.RegisterAllAsync(cast.Admin, !time.IsSkipped, cancel);
        World = new(siteUrl, seed, time, cast, new(sandbox, browser), new(temporalAddress, @namespace));
    }
}
