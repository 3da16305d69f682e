using Ccn.Host;
using Ccn.Host.Demo;
using Spectre.Console;

namespace Ccn.Web.Tests.Journeys;

/// <summary>The product without any past on skipped time, and a browser for each person who comes.</summary>
public sealed class JourneyStage : IAsyncLifetime
{
    private readonly DirectoryInfo home = Directory.CreateTempSubdirectory("ccn-clicked-");
    private readonly Dictionary<string, Person> people = new(StringComparer.Ordinal);
    private AllInOne machine = null!;
    private DemoStage stage = null!;
    private Browsers browsers = null!;
    private SkippedTime time = null!;

    /// <summary>Those who are there when the story begins. The creator and one of the sellers of the story join in it.</summary>
    private static IReadOnlyList<DemoPerson> Residents { get; } = [.. DemoPeople.All.Where(person => person.Handle is not ("mara" or "northlight"))];

    internal World World => stage.World;

    internal DateTimeOffset Now => time.Now;

    /// <summary>Files that the product has stored.</summary>
    internal int StoredFiles => Directory.Exists(FileStore) ? Directory.GetFiles(FileStore, "*", SearchOption.AllDirectories).Length : 0;

    private string FileStore => Path.Combine(home.FullName, "files");

    public async ValueTask InitializeAsync()
    {
        var silent = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(TextWriter.Null) });
        machine = await AllInOne.StartAsync(new() { Home = home.FullName, Url = "http://127.0.0.1:0", ThrowAwayWorkflows = true }, new Steps(silent), CancellationToken.None);
        time = new(machine.Clock!);
        stage = await DemoStage.OpenAsync(machine, Residents, time, "clicked", CancellationToken.None);
        browsers = await Browsers.StartAsync(machine.Url);
    }

    /// <summary>A person in a browser of their own, the same one whenever asked for; signed in when they have an account.</summary>
    internal async Task<Person> PersonAsync(string handle)
    {
        if (!people.TryGetValue(handle, out var person)) { people[handle] = person = await AnotherBrowserAsync(handle, Residents.Any(resident => resident.Handle == handle)); }

        return person;
    }

    /// <summary>One more browser, of somebody who may have one already.</summary>
    internal async Task<Person> AnotherBrowserAsync(string name, bool signedIn, bool script = true) => new(name, await browsers.VisitAsync(signedIn ? name : null, script: script));

    /// <summary>A thread of events by the API, for what is only the ground that a test stands on.</summary>
    internal Story Tell(string name) => new(name, World, StoryJournal.InMemory(), new Transcript(), TestContext.Current.CancellationToken);

    /// <summary>Lets time go by. Everything that falls due meanwhile happens.</summary>
    internal Task PassAsync(TimeSpan duration) => time.PassAsync(duration, TestContext.Current.CancellationToken);

    /// <summary>Goes on right after an instant.</summary>
    internal Task PassUntilAsync(DateTimeOffset instant) => PassAsync(instant - Now + TimeSpan.FromMinutes(1));

    /// <summary>Lets time go by in steps until a person sees something; looks again by reloading the page, as people do who come back later.</summary>
    internal async Task PassUntilSeenAsync(Person person, string path, Func<Task<bool>> seen, TimeSpan step, TimeSpan limit)
    {
        var end = Now + limit;
        await person.GoesToAsync(path);
        while (!await seen())
        {
            Assert.True(Now < end, $"{path} did not show it within {limit}:\n{await person.Page.Locator("main").InnerTextAsync()}");
            await PassAsync(step);
            await person.GoesToAsync(path);
        }
    }

    /// <summary>Operations let orders be read once a day: where a month passes in a second, every quarter of an hour would be thousands of times.</summary>
    internal Task ReadOrdersDailyAsync(string seller) => World.Cast.SetIntakeAsync(World.Cast[seller], TimeSpan.FromDays(1), TestContext.Current.CancellationToken);

    /// <summary>With CCN_SCREENSHOTS naming a folder, leaves a picture of what everybody sees.</summary>
    internal async Task PicturesAsync(string step)
    {
        foreach (var person in people.Values) { await person.PictureAsync(step); }
    }

    /// <summary>Nothing went wrong in any browser: no error of script, console or network.</summary>
    internal void IsFaultless()
    {
        foreach (var person in people.Values) { person.IsFaultless(); }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in people.Values) { await person.DisposeAsync(); }

        if (browsers is not null) { await browsers.DisposeAsync(); }

        stage?.Dispose();
        if (machine is not null) { await machine.DisposeAsync(); }

        home.Delete(recursive: true);
    }
}

[CollectionDefinition(Name)]
public sealed class JourneyTests : ICollectionFixture<JourneyStage>
{
    public const string Name = "journeys";
}
