using Microsoft.EntityFrameworkCore.Design;

namespace Ccn.Data;

/// <summary>Lets <c>dotnet ef</c> make migrations with neither a host nor a server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<CcnDbContext>
{
    public CcnDbContext CreateDbContext(string[] args) => new(CcnOptions.For("Host=127.0.0.1;Database=design_time"));
}
