using Ccn.Api.Production;
using Ccn.Api.Sourcing;
using Ccn.Domain.Production;
using Ccn.Workflows.Production;

namespace Ccn.Host.Demo;

/// <summary>A purchase order from the deposit to the count on arrival.</summary>
internal static class ProductionActs
{
    private static readonly TimeSpan Production = TimeSpan.FromDays(150);

    public static async Task<string> OrderPlacedAsync(this Story story, Actor seller, string designId)
    {
        var orders = await story.UntilAsync("the order to be placed", () => seller.GetAsync<IReadOnlyList<OrderSummary>>("/v1/orders", story.Cancel),
            found => found.Any(order => order.DesignId == designId), TimeSpan.FromDays(2));
        return orders.First(order => order.DesignId == designId).OrderId;
    }

    /// <summary>The personal link for the order, which the seller hands over to a supplier outside the network.</summary>
    public static async Task<string> OrderLinkAsync(this Story story, Actor seller, string orderId) =>
        (await seller.GetAsync<OrderDetail>($"/v1/orders/{orderId}", story.Cancel)).SupplierLink ?? throw new JourneyFailedException("The order has no link to hand over.");

    public static Task PayAsync(this Story story, Actor seller, string orderId, OrderPayment payment) =>
        story.DoAsync($"pay-{payment}", seller, $"pays the {payment.ToString().ToLowerInvariant()}", () => seller.PostAsync($"/v1/orders/{orderId}/payments", new PaymentBody(payment), story.Key($"pay-{payment}"), story.Cancel));

    /// <summary>A supplier without an account of its own reports by its personal link, which the seller handed over with the order.</summary>
    public static Task ReportAsync(this Story story, DemoSupplier supplier, string link, Milestone milestone, int number = 1)
    {
        var step = FormattableString.Invariant($"report-{milestone}-{number}");
        return story.DoAsync(step, supplier.Name, $"reports {milestone}", async () =>
        {
            await story.World.Outside.UseLinkAsync(link, "milestones", new MilestoneBody(story.Key(step), milestone, null, null), story.Cancel);
            return "";
        });
    }

    /// <summary>Waits for a fact that the supplier reports.</summary>
    public static Task<OrderDetail> ReportedAsync(this Story story, Actor seller, string orderId, Milestone milestone, int times = 1) => story.UntilAsync($"{milestone} of the order",
        () => seller.GetAsync<OrderDetail>($"/v1/orders/{orderId}", story.Cancel), order => order.Milestones.Count(reached => reached.Milestone == milestone) >= times, Production);

    public static async Task InspectAsync(this Story story, Actor seller, string orderId, InspectionFindings findings, bool passes, int number = 1)
    {
        var step = FormattableString.Invariant($"inspect-{number}");
        await story.DoAsync(step, seller.Name, FormattableString.Invariant($"records the inspection: {findings.SampleSize} of {findings.LotSize} units, {findings.Critical} critical, {findings.Major} major, {findings.Minor} minor"), async () =>
        {
            var verdict = await seller.PostAsync<InspectionVerdict>($"/v1/orders/{orderId}/inspections", findings, story.Key(step), story.Cancel);
            Expect.Equal(passes, verdict.Passed, "Verdict of the inspection");
            return FormattableString.Invariant($"{(verdict.Passed ? "passed" : "refused")} (n = {verdict.Plan.SampleSize}, at most {verdict.Plan.AcceptMajor} major)");
        });
    }

    public static Task ReceiveAsync(this Story story, Actor seller, string orderId, int received, int damaged) =>
        story.DoAsync("receive", seller.Name, FormattableString.Invariant($"counts {received} units on arrival, {damaged} damaged"), async () =>
        {
            var receipt = await seller.PostAsync<Receipt>($"/v1/orders/{orderId}/receipt", new ReceiptBody(received, damaged), story.Key("receive"), story.Cancel);
            return FormattableString.Invariant($"{receipt.Sellable} sellable, {receipt.Short} short");
        });
}
