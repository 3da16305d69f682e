using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Domain.Production;
using Ccn.Domain.Sourcing;
using Ccn.Workflows.Sourcing;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Ccn.Api.Sourcing;

internal static class SourcingEndpoints
{
    public static void MapSourcing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/v1/suppliers", SuppliersAsync).RequireAuthorization(Roles.Seller).WithTags("Sourcing").WithName("ListSuppliers");
        app.MapPut("/v1/suppliers/{supplierId}", RegisterAsync).RequireAuthorization(Roles.Admin).WithTags("Sourcing").WithName("RegisterSupplier");
        var rfqs = app.MapGroup("/v1/rfqs").WithTags("Sourcing");
        rfqs.MapGet("/", ListAsync).RequireAuthorization().WithName("ListRfqs");
        rfqs.MapGet("/{rfqId}", GetAsync).RequireAuthorization().WithName("GetRfq");
        rfqs.MapPut("/{rfqId}", InviteAsync).RequireAuthorization(Roles.Seller).WithName("InviteSuppliers").AnswersOncePerAddress().Refuses(ProblemCode.SupplierUnknown);
        rfqs.MapPost("/{rfqId}/quotes/{quoteId}/approval", ApproveAsync).RequireAuthorization(Roles.Seller).WithName("ApproveQuote").AnswersOncePerKey();

        var rates = app.MapGroup("/v1/exchange-rates").WithTags("Sourcing");
        rates.MapGet("/", RatesAsync).RequireAuthorization().WithName("ListExchangeRates");
        rates.MapPut("/{currency}/{date}", SetRateAsync).RequireAuthorization(Roles.Finance).WithName("SetExchangeRate");

        // Suppliers have no account: the signed link is their authorization, checked before anything else is read.
        var links = app.MapGroup("/v1/supplier-links/{token}").WithTags("Supplier links").AllowAnonymous();
        links.MapGet("/", OpenLinkAsync).WithName("OpenSupplierLink").Refuses(ProblemCode.LinkInvalid);
        links.MapPost("/quote", QuoteAsync).WithName("SendQuote").AnswersOncePerContent().Refuses(ProblemCode.LinkInvalid, ProblemCode.QuoteExpired);
        links.MapPost("/decline", DeclineAsync).WithName("DeclineRfq").AnswersOncePerContent().Refuses(ProblemCode.LinkInvalid);
        links.MapPost("/milestones", ReportAsync).WithName("ReportMilestone").AnswersOncePerContent().Refuses(ProblemCode.LinkInvalid);
    }

    /// <summary>The supplier directory, best first.</summary>
    /// <param name="category">Only suppliers of this category.</param>
    /// <param name="quantity">Only suppliers whose minimum order is at most this.</param>
    internal static async Task<Ok<IReadOnlyList<SupplierSummary>>> SuppliersAsync(string? category, int? quantity, SourcingQueries sourcing, CancellationToken cancel) => TypedResults.Ok(await sourcing.SuppliersAsync(category, quantity, cancel));

    /// <summary>Adds a supplier to the directory, or corrects its entry.</summary>
    internal static async Task<NoContent> RegisterAsync(string supplierId, SupplierBody body, SourcingCommands sourcing, CancellationToken cancel)
    {
        await sourcing.RegisterAsync(supplierId, body, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>Rates by which quotes in other currencies are compared, the newest day first.</summary>
    /// <remarks>Nothing is paid or booked by them.</remarks>
    internal static async Task<Ok<IReadOnlyList<ExchangeRate>>> RatesAsync(ExchangeRates rates, CancellationToken cancel) => TypedResults.Ok(await rates.ListAsync(cancel));

    /// <summary>Enters the rate of a day, or corrects it.</summary>
    /// <param name="currency">ISO code of a currency other than the US dollar.</param>
    /// <param name="date">The day that the source gives it for; not in the future.</param>
    internal static async Task<NoContent> SetRateAsync(string currency, DateOnly date, RateBody body, ExchangeRates rates, CancellationToken cancel)
    {
        await rates.SetAsync(currency, date, body.Rate, body.Source, cancel);
        return TypedResults.NoContent();
    }

    /// <summary>The seller's requests for quotation.</summary>
    /// <remarks>Staff see all.</remarks>
    internal static async Task<Ok<IReadOnlyList<RfqSummary>>> ListAsync(SourcingQueries sourcing, CancellationToken cancel) => TypedResults.Ok(await sourcing.ListAsync(cancel));

    /// <summary>A request with its invitations and quotes.</summary>
    /// <remarks>For its seller and staff.</remarks>
    internal static async Task<Ok<RfqDetail>> GetAsync(string rfqId, SourcingQueries sourcing, CancellationToken cancel) => TypedResults.Ok(await sourcing.GetAsync(rfqId, cancel));

    /// <summary>Asks suppliers for quotes.</summary>
    /// <remarks>The licence's seller asks as many as the template allows. Each is reminded and, where silent, replaced by the network's next one.</remarks>
    internal static async Task<Ok<RfqReceipt>> InviteAsync(string rfqId, InviteBody body, SourcingCommands sourcing) => TypedResults.Ok(await sourcing.InviteAsync(rfqId, body));

    /// <summary>Takes a quote, which places the order.</summary>
    /// <remarks>Judged by the instant the command arrives: an offer whose validity has ended is refused.</remarks>
    internal static async Task<Ok<ApprovedQuote>> ApproveAsync(string rfqId, string quoteId, ApproveBody body, [FromHeader(Name = IdempotencyKey.Header)] string? key, SourcingCommands sourcing) =>
        TypedResults.Ok(await sourcing.ApproveAsync(rfqId, quoteId, body.Quantity, key));

    /// <summary>What a supplier is asked, by its personal link.</summary>
    /// <remarks>Opening it is noted. Nobody else's quote is shown.</remarks>
    internal static async Task<Ok<SupplierInvitation>> OpenLinkAsync(string token, SupplierLinks links, CancellationToken cancel) => TypedResults.Ok(await links.OpenAsync(token, cancel));

    /// <summary>A supplier's quote, by its personal link.</summary>
    /// <remarks>A later quote of the same supplier replaces it.</remarks>
    internal static async Task<Accepted> QuoteAsync(string token, QuoteBody body, SupplierLinks links, CancellationToken cancel)
    {
        await links.QuoteAsync(token, body, cancel);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>A supplier does not quote.</summary>
    internal static async Task<Accepted> DeclineAsync(string token, DeclineBody body, SupplierLinks links, CancellationToken cancel)
    {
        await links.DeclineAsync(token, body, cancel);
        return TypedResults.Accepted((string?)null);
    }

    /// <summary>A supplier reports how far an order is, by its personal link.</summary>
    internal static async Task<Accepted> ReportAsync(string token, MilestoneBody body, SupplierLinks links, CancellationToken cancel)
    {
        await links.ReportAsync(token, body, cancel);
        return TypedResults.Accepted((string?)null);
    }
}

public sealed record InviteBody(string LicenceId, int Quantity, string Specification, IReadOnlyList<string> SupplierIds);
public sealed record ApproveBody(int Quantity);

/// <summary>A supplier's offer.</summary>
/// <param name="ReplyId">The supplier's own id of this reply: a repeat is dropped.</param>
/// <param name="ValidUntil">Last day of the offer, in the supplier's zone.</param>
public sealed record QuoteBody(string ReplyId, IReadOnlyList<PriceBreak> Prices, int MinimumOrderQuantity, Money Tooling, int LeadTimeDays, string Incoterm, DateOnly ValidUntil);
public sealed record DeclineBody(string ReplyId, string Reason);

/// <param name="ReportId">The supplier's own id of this report: a repeat is dropped.</param>
public sealed record MilestoneBody(string ReportId, Milestone Milestone, DateTimeOffset? At, string? Note);

/// <summary>An entry of the supplier directory.</summary>
public sealed record SupplierBody(string Name, SupplierChannel Channel, string Country, string Calendar, string Zone, string? ProviderReference, IReadOnlyList<string>? Categories,
    decimal? Rating, int RatingCount, int MinimumOrderQuantity, int LeadTimeDays, Money? PriceFrom, Money? PriceTo, bool Vetted);

/// <param name="Rate">US dollars for one unit of the currency.</param>
/// <param name="Source">Who publishes it.</param>
public sealed record RateBody(decimal Rate, string Source);
