using System.Globalization;
using System.Net;
using System.Text;
using Ccn.Sandbox.Core;

namespace Ccn.Sandbox.Control;

/// <summary>What the providers know, for a person to read.</summary>
internal static class IndexPage
{
    private const int Rows = 100;

    public static string Render(SandboxState state, DateTimeOffset now)
    {
        var page = new StringBuilder();
        page.Append(CultureInfo.InvariantCulture, $$"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>CCN sandbox</title>
            <style>body{font:15px/1.5 system-ui;margin:2rem auto;max-width:75rem;padding:0 1rem}table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}
            code{font-size:.85em}.none{color:#666}</style></head><body><h1>Provider sandbox</h1>
            <p>It is {{now.Iso()}} here. Everything below lives in this process only; no real provider was called. <a href="/_control/log">Log of everything with money or legal effect</a> · <a href="/_control/webhooks">Webhooks</a> · <a href="/mail">Mailbox</a></p>
            """);
        Table(page, "Envelopes (DocuSign)", ["Envelope", "Subject", "Status", "Signers"], state.DocuSign.Envelopes.Values.OrderByDescending(e => e.ChangedAt).Select(e => new[]
        {
            Code(e.Id), Text(e.Subject), Text(e.Status + (e.VoidedReason is null ? "" : ": " + e.VoidedReason)),
            string.Join("<br>", e.Signers.Select(s => Text($"{s.Name}: {s.Status}") + (s.Status is "sent" or "delivered" && e.Status is "sent" or "delivered"
                ? $" <a href=\"/docusign/Signing/email/{e.Id}/{Uri.EscapeDataString(s.Id)}\">open as signer</a>" : ""))),
        }));
        Table(page, "Listings (Amazon)", ["SKU", "Seller", "ASIN", "State", "Stock"], state.Amazon.Listings.Values.OrderByDescending(l => l.ChangedAt).Select(l => new[]
        {
            Code(l.Sku), Text(l.SellerId), Code(l.Asin ?? ""), Text(l.Published ? "published" : l.Issues.Count > 0 ? "issues: " + string.Join(", ", l.Issues.Select(i => i.Code)) : "in processing"),
            l.StockStated ? $"{l.Stock}" : "not stated",
        }));
        Table(page, "Orders (Amazon)", ["Order", "SKU", "Units", "Unit price", "Status", "Refunded"], state.Amazon.Orders.Values.OrderByDescending(o => o.ChangedAt).Select(o => new[]
        {
            Code(o.Id), Code(o.Sku), $"{o.Quantity}", Text($"{MoneyText.Format(o.UnitPrice, o.Currency)} {o.Currency}"),
            Text(o.ReleasedAt is not null ? "released" : o.DeliveredAt is not null ? "delivered" : o.Status), $"{o.RefundedQuantity}",
        }));
        Table(page, "Payouts (PayPal)", ["Item", "Batch", "Receiver", "Amount", "Status"], state.PayPal.Items.Values.Reverse().Select(i => new[]
        {
            Code(i.Id), Text(state.PayPal.Batches[i.BatchId].SenderBatchId), Text(i.Receiver), Text($"{MoneyText.Format(i.Amount, i.Currency)} {i.Currency}"), Text(i.Status),
        }));
        Table(page, "Payments (Stripe)", ["Intent", "Amount (minor units)", "Status"], state.Stripe.Objects.Values.Where(o => o.Text("object") == "payment_intent").Reverse().Select(o => new[]
        {
            Code(o.Text("id")!), Text($"{o.Text("amount")} {o.Text("currency")}"), Text(o.Text("status")!),
        }));
        Table(page, "Manufacturing orders (network)", ["Order", "Supplier", "Units", "Status"], state.Network.Orders.Values.Reverse().Select(o => new[]
        {
            Code(o.OrderId), Text(o.SupplierId), $"{o.Quantity}", Text(o.Status),
        }));
        Table(page, "Requests for quotation (network)", ["RFQ", "Supplier", "Units", "Status"], state.Network.Rfqs.Values.Reverse().Select(r => new[]
        {
            Code(r.RfqId), Text(r.SupplierId), $"{r.Quantity}", Text(r.Status),
        }));
        Table(page, "Faults", ["Provider", "Operation", "Kind", "Left"], state.Faults.Select(f => new[]
        {
            Text(f.Provider), Text(f.Operation ?? "any"), Text(f.Kind), f.Left is null ? "until deleted" : $"{f.Left}",
        }));
        return page.Append("</body></html>").ToString();
    }

    private static void Table(StringBuilder page, string title, string[] heads, IEnumerable<string[]> rows)
    {
        var all = rows.Take(Rows + 1).ToList();
        page.Append("<h2>").Append(Text(title)).Append("</h2>");
        if (all.Count == 0)
        {
            page.Append("<p class=\"none\">None.</p>");
            return;
        }

        page.Append("<table><tr>").AppendJoin("", heads.Select(h => $"<th>{Text(h)}</th>")).Append("</tr>");
        foreach (var row in all.Take(Rows)) { page.Append("<tr>").AppendJoin("", row.Select(c => $"<td>{c}</td>")).Append("</tr>"); }
        page.Append("</table>");
        if (all.Count > Rows) { page.Append("<p class=\"none\">Older ones are not shown.</p>"); }
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Code(string text) => $"<code>{WebUtility.HtmlEncode(text)}</code>";
}
