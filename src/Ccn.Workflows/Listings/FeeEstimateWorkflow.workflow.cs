using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Workflows.Lifecycle;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Ccn.Workflows.Listings;

/// <summary>One question to Amazon for a seller's plan. While it is under way the same question is the same run; later it may be asked again.</summary>
[Workflow("FeeEstimate")]
public sealed class FeeEstimateWorkflow
{
    private readonly WorkflowProgress progress;

    [WorkflowInit]
    public FeeEstimateWorkflow(FeeEstimateInput input) => progress = new(null, "FeeEstimate", "Asking");

    [WorkflowQuery("status")]
    public WorkflowStatus Status => progress.Status;

    public static string IdFor(FeeEstimateInput input) =>
        FormattableString.Invariant($"fees/{input.SellerAccountId}/{input.Asin}/{input.Price.MinorUnits}-{input.Price.Currency}/{(input.FulfilledByAmazon ? "amazon" : "own")}");

    public static WorkflowLabel LabelFor(FeeEstimateInput input) => new("Amazon's fees for a plan", $"Seller account `{input.SellerAccountId}`, ASIN `{input.Asin}` at {input.Price}.");

    [WorkflowRun]
    public async Task<FeeEstimateResult> RunAsync(FeeEstimateInput input)
    {
        progress.Waiting("Asking", "Amazon's estimate", Party.Provider);
        var result = await AskAsync(input);
        progress.Working(result.Estimate is null ? "Refused" : "Estimated");
        return result;
    }

    private static async Task<FeeEstimateResult> AskAsync(FeeEstimateInput input)
    {
        var question = new EstimateFeesInput(input.SellerAccountId, input.Marketplace, input.Asin, input.Price, input.FulfilledByAmazon, WorkflowTime.Now);
        try
        {
            return await Workflow.ExecuteActivityAsync((IFeeActivities a) => a.EstimateAsync(question), ActivityPolicies.Interactive.Titled($"Ask Amazon for the fees of {input.Asin}"));
        }
        catch (ActivityFailureException e) when (RefusalOf(e.InnerException) is { } refusal) { return new(null, refusal, e.InnerException!.Message); }
    }

    // An answer that cannot be understood is no refusal: it fails the run, and a person looks.
    private static FeeRefusal? RefusalOf(Exception? failure) => failure switch
    {
        ApplicationFailureException { ErrorType: FailureTypes.StateConflict } => FeeRefusal.NotConnected,
        ApplicationFailureException { ErrorType: FailureTypes.ProviderRejected } => FeeRefusal.Refused,
        ApplicationFailureException { ErrorType: FailureTypes.ProviderUnavailable } or TimeoutFailureException => FeeRefusal.NotAnswering,
        _ => null,
    };
}
