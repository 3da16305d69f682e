using Ccn.Data.Accounts;
using Ccn.Domain;
using Ccn.Domain.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Ccn.Data.Listings;

/// <summary>What Amazon answered when a seller asked for its fees: one row each time, so it is known what a plan was counted with.</summary>
public sealed class FeeEstimateRow
{
    public required string SellerAccountId { get; init; }
    public required string Marketplace { get; init; }
    public required string Asin { get; init; }
    public required long PriceMinor { get; init; }
    public required string Currency { get; init; }
    public required bool FulfilledByAmazon { get; init; }

    /// <summary>When the seller asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>In <see cref="Currency"/>, like every fee.</summary>
    public required long TotalMinor { get; init; }
    public required IReadOnlyList<AmazonFee> Fees { get; init; }

    /// <summary>Amazon's own time of the estimation.</summary>
    public required DateTimeOffset EstimatedAt { get; init; }

    public AmazonFeeEstimate ToEstimate() => new(Asin, new(PriceMinor, Currency), FulfilledByAmazon, new(TotalMinor, Currency), Fees, EstimatedAt, AskedAt);
}

internal sealed class FeeEstimateRowConfiguration : IEntityTypeConfiguration<FeeEstimateRow>
{
    public void Configure(EntityTypeBuilder<FeeEstimateRow> estimate)
    {
        // In the order in which the newest for a price is looked for.
        estimate.ToTable("fee_estimates").HasKey(e => new { e.SellerAccountId, e.Asin, e.Marketplace, e.Currency, e.PriceMinor, e.FulfilledByAmazon, e.AskedAt });
        estimate.Property(e => e.Fees).IsJson();
        estimate.HasOne<SellerAccount>().WithMany().HasForeignKey(e => e.SellerAccountId).OnDelete(DeleteBehavior.Restrict);
    }
}
