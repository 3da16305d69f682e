using Ccn.Api.Accounts;
using Ccn.Api.Problems;
using Ccn.Api.Requests;
using Ccn.Data;
using Ccn.Data.Sourcing;
using Ccn.Domain;
using Ccn.Workflows.Sourcing;
using Microsoft.EntityFrameworkCore;
using Temporalio.Client;

namespace Ccn.Api.Sourcing;

/// <summary>What the seller does while looking for a manufacturer, and the admin's supplier directory.</summary>
public sealed class SourcingCommands(ITemporalClient temporal, CcnDbContext db, CurrentUser user)
{
    public async Task<RfqReceipt> InviteAsync(string rfqId, InviteBody body)
    {
        Check.Id(rfqId, Ids.Rfq, "rfqId");
        var errors = new FieldErrors();
        errors.Add(body.Quantity is < 1 or > 10_000_000, "quantity", "is between 1 and 10,000,000");
        errors.Text(body.Specification, "specification", 8_000);
        errors.Add(body.SupplierIds is not { Count: > 0 } || body.SupplierIds.Distinct(StringComparer.Ordinal).Count() != body.SupplierIds.Count, "supplierIds", "names each supplier once");
        errors.Throw();

        var licence = await db.Licences.AsNoTracking().SingleOrDefaultAsync(row => row.Id == body.LicenceId);
        if (licence is null || licence.SellerId != user.Id) { throw ProblemException.NotFound("licence"); }

        var known = await db.Suppliers.CountAsync(supplier => supplier.Active && body.SupplierIds.Contains(supplier.Id));
        if (known != body.SupplierIds.Count) { throw new ProblemException(ProblemCode.SupplierUnknown, "A supplier is not in the directory."); }

        return await Sourcing(body.LicenceId).ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new(rfqId, user.Id, body.Quantity, body.Specification, body.SupplierIds)), new(RequestHash.UpdateId(rfqId, body)));
    }

    /// <summary>Judged by the instant it reaches the workflow: an offer that ended before is refused.</summary>
    public async Task<ApprovedQuote> ApproveAsync(string rfqId, string quoteId, int quantity, string? key)
    {
        var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == rfqId);
        if (rfq is null || rfq.SellerId != user.Id) { throw ProblemException.NotFound("RFQ"); }

        return await Sourcing(rfq.LicenceId).ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new(quoteId, user.Id, quantity)), new(IdempotencyKey.For(key, user.Id)));
    }

    /// <summary>Closes a request without an order; the licence goes on and another request may follow.</summary>
    public async Task GiveUpAsync(string rfqId, string reason, string? key)
    {
        var errors = new FieldErrors();
        errors.Text(reason, "reason", 2_000);
        errors.Throw();
        var rfq = await db.Rfqs.AsNoTracking().SingleOrDefaultAsync(row => row.Id == rfqId);
        if (rfq is null || rfq.SellerId != user.Id) { throw ProblemException.NotFound("RFQ"); }

        await Sourcing(rfq.LicenceId).ExecuteUpdateAsync(wf => wf.GiveUpAsync(new(user.Id, reason)), new(IdempotencyKey.For(key, user.Id)));
    }

    /// <summary>Adds a supplier to the directory, or corrects its entry.</summary>
    public async Task RegisterAsync(string supplierId, SupplierBody body, CancellationToken cancel)
    {
        Check.Id(supplierId, Ids.Supplier, "supplierId");
        var errors = new FieldErrors();
        errors.Text(body.Name, "name", 120);
        errors.Add(!TimeZoneInfo.TryFindSystemTimeZoneById(body.Zone ?? "", out _), "zone", "is an IANA time zone");
        errors.Text(body.Calendar, "calendar", 20);
        errors.Add(body.Country is not { Length: 2 }, "country", "is a two-letter country code");
        errors.Throw();

        var supplier = await db.Suppliers.SingleOrDefaultAsync(row => row.Id == supplierId, cancel);
        if (supplier is null)
        {
            supplier = new SupplierProfile { Id = supplierId, Name = body.Name, Channel = body.Channel, Country = body.Country!, Calendar = body.Calendar, Zone = body.Zone! };
            db.Suppliers.Add(supplier);
        }

        (supplier.Name, supplier.Channel, supplier.Country, supplier.Calendar, supplier.Zone) = (body.Name, body.Channel, body.Country!, body.Calendar, body.Zone!);
        (supplier.ProviderReference, supplier.Categories, supplier.Rating, supplier.RatingCount) = (body.ProviderReference, [.. body.Categories ?? []], body.Rating, body.RatingCount);
        (supplier.MinimumOrderQuantity, supplier.LeadTimeDays, supplier.Vetted) = (body.MinimumOrderQuantity, body.LeadTimeDays, body.Vetted);
        (supplier.PriceFromMinor, supplier.PriceToMinor, supplier.Currency) = (body.PriceFrom?.MinorUnits, body.PriceTo?.MinorUnits, body.PriceFrom?.Currency);
        await db.SaveChangesAsync(cancel);
    }

    private WorkflowHandle<SourcingWorkflow> Sourcing(string licenceId) => temporal.GetWorkflowHandle<SourcingWorkflow>(SourcingWorkflow.IdFor(licenceId));
}
