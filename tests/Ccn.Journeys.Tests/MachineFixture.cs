using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

/// <summary>One machine for the tests that do not need one of their own: starting it takes seconds.</summary>
public sealed class MachineFixture : IAsyncLifetime
{
    private Task<JourneyResult>? reference;

    public TestMachine Machine { get; private set; } = null!;

    /// <summary>Every webhook that this process's sandboxes have sent.</summary>
    internal SentWebhooks Webhooks { get; } = new();

    public async ValueTask InitializeAsync() => Machine = await TestMachine.StartAsync();

    /// <summary>What has been told of the reference journey.</summary>
    internal Transcript Transcript { get; } = new();

    /// <summary>The reference journey, lived once on this machine by whichever test asks first.</summary>
    internal Task<JourneyResult> ReferenceAsync() => reference ??= new ReferenceJourney(Machine.Tell("reference", StoryJournal.InMemory(), Transcript), JourneyPlan.Published).RunAsync();

    public async ValueTask DisposeAsync()
    {
        Webhooks.Dispose();
        if (Machine is not null) { await Machine.DisposeAsync(); }
    }
}

/// <summary>Tests on one machine share its clock, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MachineTests : ICollectionFixture<MachineFixture>
{
    public const string Name = "one machine";
}
