using Ccn.Domain.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Ledger;

/// <summary>The chart of <see cref="ChartOfAccounts"/>, in the database so that no posting can name an account that is not in it.</summary>
public sealed class LedgerAccount
{
    public required int Number { get; init; }
    public required string Name { get; init; }
    public required AccountKind Kind { get; init; }
    public required bool PerOwner { get; init; }
}

internal sealed class LedgerAccountConfiguration : IEntityTypeConfiguration<LedgerAccount>
{
    public void Configure(EntityTypeBuilder<LedgerAccount> account)
    {
        account.ToTable("accounts", "ledger").HasKey(a => a.Number);
        account.Property(a => a.Number).ValueGeneratedNever();
        account.HasData(ChartOfAccounts.All.Select(a => new LedgerAccount { Number = a.Number, Name = a.Name, Kind = a.Kind, PerOwner = a.PerOwner }));
    }
}
