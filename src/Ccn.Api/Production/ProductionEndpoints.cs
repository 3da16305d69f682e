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

    private static async Task<Ok<IReadOnlyList<OrderSummary>>> ListAsync(ProductionQueries orders, CancellationToken cancel) => TypedResults.Ok(await orders.ListAsync(cancel));

    private static async Task<Ok<OrderDetail>> GetAsync(string orderId, ProductionQueries orders, CancellationToken cancel) => TypedResults.Ok(await orders.GetAsync(orderId, cancel));

    private static async Task<NoContent> PayAsync(string orderId, PaymentBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders)
    {
        await orders.ConfirmPaymentAsync(orderId, body.Payment, key);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<InspectionVerdict>> InspectAsync(string orderId, InspectionFindings body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders) =>
        TypedResults.Ok(await orders.InspectAsync(orderId, body, key));

    private static async Task<Ok<Receipt>> ReceiveAsync(string orderId, ReceiptBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, ProductionCommands orders) =>
        TypedResults.Ok(await orders.ReceiveAsync(orderId, body, key));
}

public sealed record PaymentBody(OrderPayment Payment);
public sealed record ReceiptBody(int Received, int Damaged);
