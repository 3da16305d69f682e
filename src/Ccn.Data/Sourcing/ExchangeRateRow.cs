using Ccn.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sourcing;

/// <summary>A rate against the US dollar, as finance entered it with its source. One per currency and day.</summary>
public sealed class ExchangeRateRow
{
    /// <summary>What rates are kept against.</summary>
    public const string Into = "USD";

    public required string Currency { get; init; }
    public required DateOnly Date { get; init; }
    public required decimal Rate { get; set; }
    public required string Source { get; set; }
    public required string EnteredBy { get; set; }
    public required DateTimeOffset EnteredAt { get; set; }

    public ExchangeRate ToRate() => new(Currency, Into, Rate, Date, Source);
}

internal sealed class ExchangeRateRowConfiguration : IEntityTypeConfiguration<ExchangeRateRow>
{
    public void Configure(EntityTypeBuilder<ExchangeRateRow> rate)
    {
        rate.ToTable("exchange_rates", t => t.HasCheckConstraint("ck_exchange_rates_positive", "rate > 0")).HasKey(r => new { r.Currency, r.Date });
        rate.Property(r => r.Currency).HasMaxLength(3).IsFixedLength();
        rate.Property(r => r.Rate).HasPrecision(18, 8);
        rate.Property(r => r.Source).HasMaxLength(200);
    }
}
