using Ccn.Domain.Sourcing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Sourcing;

/// <summary>A supplier of the directory (<c>sup_…</c>).</summary>
public sealed class SupplierProfile
{
    public required string Id { get; init; }
    public required string Name { get; set; }
    public required SupplierChannel Channel { get; set; }

    /// <summary>ISO 3166 country.</summary>
    public required string Country { get; set; }

    /// <summary>Business calendar, such as <c>CN</c>, or <c>24x7</c>.</summary>
    public required string Calendar { get; set; }

    /// <summary>IANA zone.</summary>
    public required string Zone { get; set; }

    /// <summary>The supplier's id at the network, or its page at the hand-off platform.</summary>
    public string? ProviderReference { get; set; }

    public string[] Categories { get; set; } = [];
    public string[] Certifications { get; set; } = [];

    /// <summary>0 to 5, from orders placed through CCN; null before the first.</summary>
    public decimal? Rating { get; set; }
    public int RatingCount { get; set; }
    public int MinimumOrderQuantity { get; set; }
    public int LeadTimeDays { get; set; }
    public long? PriceFromMinor { get; set; }
    public long? PriceToMinor { get; set; }
    public string? Currency { get; set; }

    /// <summary>Checked by CCN: only these are a fallback.</summary>
    public bool Vetted { get; set; }
    public bool Active { get; set; } = true;

    public Supplier ToSupplier() => new(Id, Name, Channel, Country, Calendar, Zone);
}

internal sealed class SupplierProfileConfiguration : IEntityTypeConfiguration<SupplierProfile>
{
    public void Configure(EntityTypeBuilder<SupplierProfile> supplier)
    {
        supplier.ToTable("suppliers");
        supplier.Property(s => s.Rating).HasPrecision(3, 2);
        supplier.HasIndex(s => s.Categories).HasMethod("gin");
    }
}
