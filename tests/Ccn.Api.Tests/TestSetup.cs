using Ccn.Api.Tests;
using Ccn.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace Ccn.Api.Tests;

/// <summary>One API for all classes: they run one after the other, each with people and things of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ApiCollection : ICollectionFixture<ApiFixture>
{
    public const string Name = "API";
}
