using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Domain.Production;
using Ccn.Workflows.Production;
using Temporalio.Client;

namespace Ccn.Api.Production;

/// <summary>The seller's part of a purchase order.</summary>
public sealed class ProductionCommands(ITemporalClient temporal, ProductionQueries orders, CurrentUser user)
{
    public async Task ConfirmPaymentAsync(string orderId, OrderPayment payment, string? key) =>
        await (await MineAsync(orderId)).ExecuteUpdateAsync(wf => wf.ConfirmPaymentAsync(new(user.Id, payment)), new(IdempotencyKey.For(key, user.Id)));

    public async Task<InspectionVerdict> InspectAsync(string orderId, InspectionFindings findings, string? key)
    {
        var errors = new FieldErrors();
        errors.Add(findings.LotSize < 1, "lotSize", "is 1 or more");
        errors.Add(findings.SampleSize < 1 || findings.SampleSize > findings.LotSize, "sampleSize", "is between 1 and the lot size");
        errors.Add(findings.Critical < 0 || findings.Major < 0 || findings.Minor < 0, "critical", ", major and minor are zero or more");
        errors.Throw();
        return await (await MineAsync(orderId)).ExecuteUpdateAsync(wf => wf.RecordInspectionAsync(new(user.Id, findings)), new(IdempotencyKey.For(key, user.Id)));
    }

    public async Task<Receipt> ReceiveAsync(string orderId, ReceiptBody body, string? key)
    {
        var errors = new FieldErrors();
        errors.Add(body.Received < 0, "received", "is zero or more");
        errors.Add(body.Damaged < 0 || body.Damaged > body.Received, "damaged", "is between zero and what was received");
        errors.Throw();
        return await (await MineAsync(orderId)).ExecuteUpdateAsync(wf => wf.RecordReceiptAsync(new(user.Id, body.Received, body.Damaged)), new(IdempotencyKey.For(key, user.Id)));
    }

    private async Task<WorkflowHandle<ProductionWorkflow>> MineAsync(string orderId)
    {
        // Another person's order is not told apart from one that does not exist.
        var order = await orders.GetAsync(orderId, CancellationToken.None);
        return order.SellerId == user.Id ? temporal.GetWorkflowHandle<ProductionWorkflow>(ProductionWorkflow.IdFor(orderId)) : throw ProblemException.NotFound("order");
    }
}
