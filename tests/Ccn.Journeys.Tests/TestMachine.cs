using Ccn.Host;
using Ccn.Host.Demo;
using Spectre.Console;

namespace Ccn.Journeys.Tests;

/// <summary>The whole product in this process, on a home and a PostgreSQL of its own that are gone afterwards.</summary>
public sealed class TestMachine : IAsyncDisposable
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ccn-journey-");

    private TestMachine()
    {
    }

    internal AllInOne Parts { get; private set; } = null!;

    internal DemoStage Stage { get; private set; } = null!;

    internal World World => Stage.World;

    /// <summary>Files that the product has stored.</summary>
    internal int StoredFiles => Directory.Exists(FileStore) ? Directory.GetFiles(FileStore, "*", SearchOption.AllDirectories).Length : 0;

    private string FileStore => Path.Combine(home.FullName, "files");

    /// <summary>What this machine's providers sign with.</summary>
    internal Task<HostSecrets> SecretsAsync() => HostSecrets.LoadAsync(home.FullName, CancellationToken.None);

    /// <param name="temporal">host:port of a real server; null for the embedded one on skipped time.</param>
    internal static async Task<TestMachine> StartAsync(string? temporal = null)
    {
        var machine = new TestMachine();
        try
        {
            var options = new AllInOneOptions
            {
                Home = machine.home.FullName, Url = "http://127.0.0.1:0", Temporal = temporal, ThrowAwayWorkflows = temporal is null,
                ProviderDelay = temporal is null ? null : TimeSpan.FromSeconds(1), PayoutTemplate = temporal is null ? null : "rehearsal",
            };
            var silent = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });
            machine.Parts = await AllInOne.StartAsync(options, new Steps(silent), CancellationToken.None);
            IStoryTime time = machine.Parts.Clock is { } clock ? new SkippedTime(clock) : new RealTime();
            machine.Stage = await DemoStage.OpenAsync(machine.Parts, DemoPeople.All, time, Guid.NewGuid().ToString("N"), CancellationToken.None);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    internal Story Tell(string name, StoryJournal journal, Transcript transcript) => new(name, World, journal, transcript, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Stage?.Dispose();
        if (Parts is not null) { await Parts.DisposeAsync(); }

        home.Delete(recursive: true);
    }
}
