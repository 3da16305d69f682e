namespace Ccn.Journeys.Tests;

/// <summary>One machine for the tests that do not need one of their own: starting it takes seconds.</summary>
public sealed class MachineFixture : IAsyncLifetime
{
    public TestMachine Machine { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Machine = await TestMachine.StartAsync();

    public ValueTask DisposeAsync() => Machine?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Tests on one machine share its clock, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class MachineTests : ICollectionFixture<MachineFixture>
{
    public const string Name = "one machine";
}
