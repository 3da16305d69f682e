using System.Text.RegularExpressions;
using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Accounts;
using Ccn.Domain;
using Ccn.Domain.Listings;
using Ccn.Workflows;
using Ccn.Workflows.Listings;
using Microsoft.EntityFrameworkCore;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace Ccn.Api.Listings;

/// <summary>Amazon's own estimates of its fees, for sellers' plans. Amazon is asked when the seller says so and never by a look; what it said is kept.</summary>
public sealed partial class FeeEstimates(ITemporalClient temporal, CcnDbContext db, CurrentUser user)
{
    /// <summary>Whatever happens to the workers, nobody waits longer.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Asks in the name of the seller's account. The same question twice at once is one.</summary>
    public async Task<AmazonFeeEstimate> AskAsync(string? asin, Money price, bool fulfilledByAmazon)
    {
        user.Require(Roles.Seller);
        var (product, errors) = (Normal(asin), new FieldErrors());
        errors.Add(!Asin().IsMatch(product), "asin", "is the ten letters and digits of an offer's page at Amazon");
        errors.Add(price.MinorUnits is <= 0 or >= AmazonFees.UnitLimit || !Currencies.IsKnown(price.Currency ?? ""), "price", "is more than zero and less than a million, in a known currency");
        errors.Throw();
        var account = await AccountAsync(CancellationToken.None) ?? throw NotConnected();
        var input = new FeeEstimateInput(account.Id, account.Marketplace, product, price, fulfilledByAmazon);
        var label = FeeEstimateWorkflow.LabelFor(input);
        var result = await temporal.ExecuteWorkflowAsync((FeeEstimateWorkflow wf) => wf.RunAsync(input), new(FeeEstimateWorkflow.IdFor(input), TaskQueues.Lifecycle)
        {
            IdReusePolicy = WorkflowIdReusePolicy.AllowDuplicate, IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting, ExecutionTimeout = Longest, StaticSummary = label.Summary, StaticDetails = label.Details,
        });
        return result.Estimate ?? throw Refused(product, result);
    }

    /// <summary>What Amazon said last of this product at exactly this price and fulfilment; null when it was never asked.</summary>
    public async Task<AmazonFeeEstimate?> FindAsync(string? asin, Money price, bool fulfilledByAmazon, CancellationToken cancel)
    {
        var product = Normal(asin);
        if (!Asin().IsMatch(product) || await AccountAsync(cancel) is not { } account) { return null; }

        var newest = await db.FeeEstimates.AsNoTracking().Where(row => row.SellerAccountId == account.Id && row.Asin == product && row.Marketplace == account.Marketplace
            && row.Currency == price.Currency && row.PriceMinor == price.MinorUnits && row.FulfilledByAmazon == fulfilledByAmazon).OrderByDescending(row => row.AskedAt).FirstOrDefaultAsync(cancel);
        return newest?.ToEstimate();
    }

    private Task<SellerAccount?> AccountAsync(CancellationToken cancel)
    {
        var seller = user.Id;
        return db.SellerAccounts.AsNoTracking().SingleOrDefaultAsync(account => account.SellerId == seller, cancel);
    }

    private static ProblemException Refused(string asin, FeeEstimateResult result) => result.Refusal switch
    {
        FeeRefusal.NotConnected => NotConnected(),
        FeeRefusal.AsinUnknown => Unknown($"Amazon gives no estimate for {asin}: {result.Reason ?? "it does not say why"}"),
        FeeRefusal.Refused => new(ProblemCode.ProviderRejected, $"Amazon refused to say: {result.Reason}"),
        _ => new(ProblemCode.ProviderUnavailable, "Amazon does not answer at the moment. Ask again a little later."),
    };

    private static ProblemException NotConnected() => new(ProblemCode.SellerAccountNotConnected, "Connect your Amazon account first: Amazon is asked in its name.");

    private static ProblemException Unknown(string why) => new(ProblemCode.AsinUnknown, why, new Dictionary<string, string[]>(StringComparer.Ordinal) { ["asin"] = [why] });

    private static string Normal(string? asin) => (asin ?? "").Trim().ToUpperInvariant();

    [GeneratedRegex("^[A-Z0-9]{10}$", RegexOptions.None, matchTimeoutMilliseconds: 100)]
    private static partial Regex Asin();
}
