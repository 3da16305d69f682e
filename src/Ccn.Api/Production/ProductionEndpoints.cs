using Ccn.Api.Accounts;
using Ccn.Api.Requests;
using Ccn.Domain.Production;
using Ccn.Workflows.Production;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Production;

internal static class ProductionEndpoints
{
    public static void MapProduction(this IEndpointRouteBuilder app)
    {
        var orders = app.MapGroup("/v1/orders").WithTags("Production");
        orders.MapGet("/", ListAsync).RequireAuthorization().WithName("ListOrders");
        orders.MapGet("/{orderId}", GetAsync).RequireAuthorization().WithName("GetOrder");
        orders.MapPost("/{orderId}/payments", PayAsync).RequireAuthorization(Roles.Seller).WithName("ConfirmOrderPayment").AnswersOncePerKey();
        orders.MapPost("/{orderId}/inspections", InspectAsync).RequireAuthorization(Roles.Seller).WithName("RecordInspection").AnswersOncePerKey();
        orders.MapPost("/{orderId}/receipt", ReceiveAsync).RequireAuthorization(Roles.Seller).WithName("RecordReceipt").AnswersOncePerKey();
    }

    /// <summary>The seller's purchase orders.</summary>
    /// <remarks>Staff see all.</remarks>
    internal static async Task<Ok<IReadOnlyList<OrderSummary>>> ListAsync(ProductionQueries orders, CancellationToken cancel) => TypedResults.Ok(await orders.ListAsync(cancel));

    /// <summary>An order with its milestones, inspections and sampling plan.</summary>
    /// <remarks>For its seller and staff.</remarks>
    internal static async Task<Ok<OrderDetail>> GetAsync(string orderId, ProductionQueries orders, CancellationToken cancel) => TypedResults.Ok(await orders.GetAsync(orderId, cancel));

    /// <summary>The seller says that the deposit or the balance is paid.</summary>
    /// <remarks>The money itself goes from the seller to the supplier; it is not moved here.</remarks>
    internal static async Task<NoContent> PayAsync(string orderId, PaymentBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders)
    {
        await orders.ConfirmPaymentAsync(orderId, body.Payment, key);
        return TypedResults.NoContent();
    }

    /// <summary>Records an inspection's findings and answers the verdict.</summary>
    /// <remarks>By the AQL plan of the order's quantity. After a failed inspection the supplier works it over and is inspected again.</remarks>
    internal static async Task<Ok<InspectionVerdict>> InspectAsync(string orderId, InspectionFindings body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders) =>
        TypedResults.Ok(await orders.InspectAsync(orderId, body, key));

    /// <summary>Counts what arrived, which ends production.</summary>
    /// <remarks>What is undamaged may be offered.</remarks>
    internal static async Task<Ok<Receipt>> ReceiveAsync(string orderId, ReceiptBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders) =>
        TypedResults.Ok(await orders.ReceiveAsync(orderId, body, key));
}

public sealed record PaymentBody(OrderPayment Payment);
public sealed record ReceiptBody(int Received, int Damaged);
