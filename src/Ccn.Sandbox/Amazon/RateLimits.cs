namespace Ccn.Sandbox.Amazon;

/// <summary>Published rate (requests a second) and burst of an operation.</summary>
internal sealed record RateLimit(double Rate, double Burst);

/// <summary>
/// Token buckets of the usage plans, one for each operation and seller. They live in memory only: after a restart everybody has a full
/// bucket, as after a quiet hour. Source of the figures: usage-plan tables of the SP-API models, 2026-08.
/// </summary>
internal sealed class RateLimits
{
    private static readonly Dictionary<string, RateLimit> Published = new(StringComparer.Ordinal)
    {
        ["searchOrders"] = new(0.0056, 20),
        ["getOrder"] = new(0.5, 30),
        ["confirmShipment"] = new(2, 10),
        ["getListingsItem"] = new(5, 10),
        ["putListingsItem"] = new(5, 10),
        ["patchListingsItem"] = new(5, 5),
        ["deleteListingsItem"] = new(5, 5),
        ["getListingsRestrictions"] = new(5, 10),
        ["listTransactions"] = new(0.5, 10),
        ["getMyFeesEstimateForASIN"] = new(1, 2),
        ["getMyFeesEstimateForSKU"] = new(1, 2),
        ["getMyFeesEstimates"] = new(0.5, 1),
        ["getInventorySummaries"] = new(2, 2),
    };

    private readonly Dictionary<(string Operation, string Seller), (double Tokens, DateTimeOffset At)> buckets = [];

    public static RateLimit? Of(string operation) => Published.GetValueOrDefault(operation);

    /// <summary>Takes one token; called under the state's lock.</summary>
    public bool TryTake(string operation, string seller, DateTimeOffset now)
    {
        if (Of(operation) is not { } limit) { return true; }
        var (tokens, at) = buckets.GetValueOrDefault((operation, seller), (limit.Burst, now));
        tokens = Math.Min(limit.Burst, tokens + ((now - at).TotalSeconds * limit.Rate));
        var allowed = tokens >= 1;
        buckets[(operation, seller)] = (allowed ? tokens - 1 : tokens, now);
        return allowed;
    }
}
