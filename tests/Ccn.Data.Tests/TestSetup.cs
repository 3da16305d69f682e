using Ccn.Testing;

[assembly: AssemblyFixture(typeof(PostgresServer))]
