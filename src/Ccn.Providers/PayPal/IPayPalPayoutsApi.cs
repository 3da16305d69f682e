using Refit;

namespace Ccn.Providers.PayPal;

/// <summary>PayPal Payouts API v1. A batch's SUCCESS says nothing about its items: read each item.</summary>
public interface IPayPalPayoutsApi
{
    /// <summary>Sends a batch of payouts.</summary>
    /// <param name="batch">At most 15,000 items. PayPal refuses a <c>sender_batch_id</c> it has seen within 30 days and links the original.</param>
    /// <param name="requestId">Idempotency key, remembered for 30 days; use the batch's own id.</param>
    /// <param name="cancel">Ends the wait, not the payout.</param>
    [Post("/v1/payments/payouts")]
    Task<IApiResponse<PayoutBatch>> CreateBatchAsync([Body] CreatePayoutBatch batch, [Header("PayPal-Request-Id")] string requestId, CancellationToken cancel);

    /// <summary>Reads a batch with one page of its items; pages count from 1 and hold at most 1,000 items.</summary>
    [Get("/v1/payments/payouts/{batchId}")]
    Task<IApiResponse<PayoutBatch>> GetBatchAsync(
        string batchId, [AliasAs("page")] int page, [AliasAs("page_size")] int pageSize, [AliasAs("total_required")] bool totalRequired, CancellationToken cancel);

    /// <summary>Reads one item.</summary>
    [Get("/v1/payments/payouts-item/{itemId}")]
    Task<IApiResponse<PayoutItem>> GetItemAsync(string itemId, CancellationToken cancel);

    /// <summary>Takes back an item that nobody has claimed; its state becomes RETURNED.</summary>
    [Post("/v1/payments/payouts-item/{itemId}/cancel")]
    Task<IApiResponse<PayoutItem>> CancelItemAsync(string itemId, CancellationToken cancel);
}
