using Ccn.Activities.Lifecycle;
using Ccn.Data;
using Ccn.Data.Listings;
using Ccn.Domain.Listings;
using Ccn.Providers;
using Ccn.Providers.Amazon;
using Ccn.Workflows.Listings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Ccn.Activities.Listings;

/// <inheritdoc cref="IFeeActivities"/>
internal sealed partial class FeeActivities(IProductFeesApi fees, AmazonSellers sellers, CcnDbContext db, ILogger<FeeActivities> logger) : IFeeActivities
{
    private const string Success = "Success", ClientError = "ClientError", ServiceError = "ServiceError";

    public Task<FeeEstimateResult> EstimateAsync(EstimateFeesInput input) => ActivityFailures.TranslatedAsync(async cancel =>
    {
        if (await FindAsync(input, cancel) is { } known) { return new FeeEstimateResult(known.ToEstimate()); }

        var seller = await sellers.FindAsync(input.SellerAccountId, cancel);
        var body = new FeesEstimateBody(new(input.Marketplace, new(FeeMoney.From(input.Price)), input.SellerAccountId, input.FulfilledByAmazon));
        var result = (await ProviderCall.Amazon.RequireAsync(fees.EstimateForAsinAsync(input.Asin, body, seller, cancel))).Payload.FeesEstimateResult;
        LogAnswered(input.Asin, result.Status);
        return result switch
        {
            { Status: Success, FeesEstimate: { TotalFeesEstimate: { } total } estimate } => new FeeEstimateResult(await StoreAsync(input, estimate, total, cancel)),
            { Status: ClientError } => new(null, FeeRefusal.AsinUnknown, result.Error?.Message),
            { Status: ServiceError } => throw new ProviderException(ProviderNames.Amazon, ProviderFailure.Unavailable, result.Error?.Code ?? ServiceError, result.Error?.Message ?? "No estimate at the moment."),
            _ => throw ActivityFailures.Contract(ProviderNames.Amazon, $"a fee estimate of status {result.Status} without its figures"),
        };
    });

    private async Task<AmazonFeeEstimate> StoreAsync(EstimateFeesInput input, FeesEstimate estimate, FeeMoney total, CancellationToken cancel)
    {
        var named = (estimate.FeeDetailList ?? []).Select(fee => new AmazonFee(fee.FeeType, fee.FinalFee.ToMoney())).ToList();
        var sum = total.ToMoney();
        if (named.Select(fee => fee.Amount).Append(sum).Any(amount => amount.Currency != input.Price.Currency || amount.MinorUnits is <= -AmazonFees.UnitLimit or >= AmazonFees.UnitLimit))
        {
            throw ActivityFailures.Contract(ProviderNames.Amazon, $"fees that are in another currency than {input.Price.Currency}, or beyond all measure");
        }

        var row = new FeeEstimateRow
        {
            SellerAccountId = input.SellerAccountId, Marketplace = input.Marketplace, Asin = input.Asin, PriceMinor = input.Price.MinorUnits, Currency = input.Price.Currency, FulfilledByAmazon = input.FulfilledByAmazon,
            AskedAt = input.AskedAt, TotalMinor = sum.MinorUnits, Fees = named, EstimatedAt = estimate.TimeOfFeesEstimation.ToUniversalTime(),
        };
        db.FeeEstimates.Add(row);
        await db.SaveChangesAsync(cancel);
        return row.ToEstimate();
    }

    private Task<FeeEstimateRow?> FindAsync(EstimateFeesInput input, CancellationToken cancel) => db.FeeEstimates.AsNoTracking().SingleOrDefaultAsync(row =>
        row.SellerAccountId == input.SellerAccountId && row.Asin == input.Asin && row.Marketplace == input.Marketplace && row.Currency == input.Price.Currency && row.PriceMinor == input.Price.MinorUnits
        && row.FulfilledByAmazon == input.FulfilledByAmazon && row.AskedAt == input.AskedAt, cancel);

    [LoggerMessage(Level = LogLevel.Information, Message = "Fees of {Asin}: {Status}.")]
    private partial void LogAnswered(string asin, string status);
}
