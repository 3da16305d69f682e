using Ccn.Domain;
using Ccn.Domain.Events;
using Ccn.Domain.Sourcing;
using Ccn.Testing;
using Ccn.Workflows.Sourcing;
using Ccn.Workflows.Tests.Fakes;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace Ccn.Workflows.Tests.Sourcing;

public class SourcingWorkflowTests(TemporalFixture temporal) : IClassFixture<TemporalFixture>
{
    private static readonly string[] Three = ["sup_1", "sup_2", "sup_3"];

    [Fact]
    public async Task A_quote_is_approved_and_the_rest_are_told()
    {
        await using var world = World.Start(temporal.Environment);
        var sourcing = await OpenAsync(world);
        var validUntil = (await world.NowAsync()).AddDays(15);
        await QuoteAsync(sourcing, "sup_1", Samples.Quote("qte_1", "sup_1", validUntil));
        await QuoteAsync(sourcing, "sup_1", Samples.Quote("qte_1", "sup_1", validUntil));
        await sourcing.SignalAsync(wf => wf.SupplierDeclinedAsync(new("r2", "rfq_1", "sup_2", "no capacity")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<QuoteReceived>().Count == 1));

        await Refused.WithAsync(FailureTypes.RequestInvalid, () => sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_bob", 99))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_9", "usr_bob", 500))));
        await Refused.WithAsync(FailureTypes.StateConflict, () => sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_eve", 500))));
        var approved = await sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_bob", 500)));
        Assert.Equal(new Money(210_000, "USD"), approved.Total);

        Assert.Equal("qte_1", (await sourcing.GetResultAsync()).Approved?.QuoteId);
        Assert.Equal(["sup_1=approved", "sup_2=closed", "sup_3=closed"], world.Log.Of("outcome"));
        Assert.Single(world.Events.Of<QuoteReceived>());
    }

    [Fact]
    public async Task Silent_suppliers_are_reminded_then_others_are_asked_and_the_creator_is_told_on_the_tenth_day()
    {
        await using var world = World.Start(temporal.Environment);
        world.Suppliers.Network.AddRange(["net_1", "net_2", "net_3", "net_4"]);
        var sourcing = await OpenAsync(world);
        await world.PassAsync(TimeSpan.FromDays(25));

        Assert.Equal(Three, world.Log.Of("remind").Take(3).Order(StringComparer.Ordinal));
        Assert.Equal("sup_1,sup_2,sup_3", world.Log.Of("invite")[0]);
        Assert.Equal(["net_1", "net_2", "net_3"], world.Log.Of("invite").Skip(1).Take(3));   // one more for each silence, each asked once
        Assert.All(world.Calendar.Deadlines, deadline => Assert.Equal(("CN", "Asia/Shanghai", 16d), (deadline.Calendar, deadline.Zone, deadline.BusinessHours)));
        var opened = world.Events.All.Single(fact => fact.Data is RfqOpened).OccurredAt;
        Assert.Equal(10, (int)(world.Events.All.Single(fact => fact.Data is CreatorToldOfDelay).OccurredAt - opened).TotalDays);
        Assert.Contains(world.Events.Of<SupplierInvited>(), invited => invited.Fallback);
        Assert.Contains(world.Events.Of<SupplierInvitationChanged>(), change => change is { SupplierId: "sup_1", State: InvitationState.Silent });

        await sourcing.ExecuteUpdateAsync(wf => wf.GiveUpAsync(new("usr_bob", "too slow")));
        Assert.Null((await sourcing.GetResultAsync()).Approved);
        Assert.Equal("too slow", world.Events.One<RfqClosed>().Reason);
    }

    [Fact]
    public async Task A_quote_goes_stale_after_its_validity_and_cannot_be_approved_then()
    {
        await using var world = World.Start(temporal.Environment);
        var sourcing = await OpenAsync(world);
        await QuoteAsync(sourcing, "sup_1", Samples.Quote("qte_1", "sup_1", (await world.NowAsync()).AddDays(2)));
        await world.PassAsync(TimeSpan.FromDays(2) + TimeSpan.FromMinutes(1));
        Assert.Equal("qte_1", world.Events.One<QuoteStale>().QuoteId);
        await Refused.WithAsync(FailureTypes.StateConflict, () => sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_bob", 500))));

        await QuoteAsync(sourcing, "sup_1", Samples.Quote("qte_2", "sup_1", (await world.NowAsync()).AddDays(2)));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<QuoteReceived>().Count == 2));
        await sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_2", "usr_bob", 500)));
        Assert.Equal("qte_2", (await sourcing.GetResultAsync()).Approved?.QuoteId);
    }

    [Fact]
    public async Task Three_to_five_suppliers_are_asked_once_by_the_licensed_seller()
    {
        await using var world = World.Start(temporal.Environment);
        var sourcing = await StartAsync(world);
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => AskAsync(["sup_1", "sup_2"], "usr_bob"));
        await Refused.WithAsync(FailureTypes.RequestInvalid, () => AskAsync(["sup_1", "sup_1", "sup_2"], "usr_bob"));
        await Refused.WithAsync(FailureTypes.StateConflict, () => AskAsync(Three, "usr_eve"));
        var first = await AskAsync(Three, "usr_bob");
        Assert.Equal(first.Invitations, (await AskAsync(Three, "usr_bob")).Invitations);
        await Refused.WithAsync(FailureTypes.StateConflict, () => sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_2", "usr_bob", 500, "spec", Three))));

        Task<RfqReceipt> AskAsync(string[] suppliers, string sellerId) => sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_1", sellerId, 500, "spec", suppliers)));
    }

    [Fact(Timeout = 60_000)]   // a closing that breaks never answers
    public async Task An_invitation_under_way_when_the_seller_decides_is_followed_by_the_decision()
    {
        await using var world = World.Start(temporal.Environment);
        world.Suppliers.Network.Add("net_1");
        var invited = world.Log.Hold("invite", "net_1");
        var told = world.Log.Hold("outcome", "sup_1=approved");
        var sourcing = await QuotedAndWideningAsync(world, () => world.Log.Of("invite").Contains("net_1"));

        // The seller is answered at once; the invitation arrives while the suppliers are told.
        await sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_bob", 500)));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("outcome").Count == 1));
        invited.SetResult();
        await Eventually.AsyncTrue(() => Task.FromResult(world.Events.Of<SupplierInvited>().Any(fact => fact.Supplier.SupplierId == "net_1")));
        told.SetResult();
        Assert.Equal("qte_1", (await sourcing.GetResultAsync().WaitAsync(TestContext.Current.CancellationToken)).Approved?.QuoteId);
        Assert.Equal(["net_1=closed", "sup_1=approved", "sup_2=closed", "sup_3=closed"], world.Log.Of("outcome").Order(StringComparer.Ordinal));
    }

    [Fact(Timeout = 60_000)]   // a closing that breaks never answers
    public async Task The_last_word_goes_to_a_supplier_whose_invitation_arrives_after_all_others_were_told()
    {
        await using var world = World.Start(temporal.Environment);
        world.Suppliers.Network.Add("net_1");
        var invited = world.Log.Hold("invite", "net_1");
        var sourcing = await QuotedAndWideningAsync(world, () => world.Log.Of("invite").Contains("net_1"));
        await sourcing.ExecuteUpdateAsync(wf => wf.GiveUpAsync(new("usr_bob", "too dear")));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("outcome").Count == 3));
        invited.SetResult();
        Assert.Null((await sourcing.GetResultAsync().WaitAsync(TestContext.Current.CancellationToken)).Approved);
        Assert.Equal("net_1=closed", world.Log.Of("outcome")[^1]);
    }

    [Fact(Timeout = 60_000)]   // a closing that breaks never answers
    public async Task Nobody_is_invited_after_the_decision()
    {
        await using var world = World.Start(temporal.Environment);
        world.Suppliers.Network.Add("net_1");
        var found = world.Log.Hold("fallback", "1");
        var told = world.Log.Hold("outcome", "sup_1=approved");
        var sourcing = await QuotedAndWideningAsync(world, () => world.Log.Of("fallback").Count > 0);
        var approving = sourcing.ExecuteUpdateAsync(wf => wf.ApproveQuoteAsync(new("qte_1", "usr_bob", 500)));
        await Eventually.AsyncTrue(() => Task.FromResult(world.Log.Of("outcome").Count == 1));
        found.SetResult();
        await Eventually.AsyncTrue(async () => (await sourcing.FetchHistoryAsync()).Events.Count(HasFound) == world.Log.Of("fallback").Count);
        told.SetResult();
        await approving;
        await sourcing.GetResultAsync().WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["sup_1,sup_2,sup_3"], world.Log.Of("invite"));

        static bool HasFound(HistoryEvent entry) => entry.ActivityTaskCompletedEventAttributes?.Result?.Payloads_.SingleOrDefault()?.Data.ToStringUtf8() == "[\"net_1\"]";
    }

    private static Task<WorkflowHandle<SourcingWorkflow, SourcingResult>> StartAsync(World world) =>
        world.StartAsync((SourcingWorkflow wf) => wf.RunAsync(new("lic_1", "dsg_1", "usr_ada", "usr_bob", Samples.Template.Sourcing)), SourcingWorkflow.IdFor("lic_1"));

    private static async Task<WorkflowHandle<SourcingWorkflow, SourcingResult>> OpenAsync(World world)
    {
        var sourcing = await StartAsync(world);
        await sourcing.ExecuteUpdateAsync(wf => wf.InviteSuppliersAsync(new("rfq_1", "usr_bob", 500, "A mug, 350 ml", Three)));
        return sourcing;
    }

    /// <summary>One supplier has quoted, the silence of the others leads to asking the network.</summary>
    private static async Task<WorkflowHandle<SourcingWorkflow, SourcingResult>> QuotedAndWideningAsync(World world, Func<bool> widening)
    {
        var sourcing = await OpenAsync(world);
        await QuoteAsync(sourcing, "sup_1", Samples.Quote("qte_1", "sup_1", (await world.NowAsync()).AddDays(60)));
        await world.PassUntilHeldAsync(widening);
        return sourcing;
    }

    private static Task QuoteAsync(WorkflowHandle<SourcingWorkflow> sourcing, string supplierId, Quote quote) =>
        sourcing.SignalAsync(wf => wf.SupplierQuotedAsync(new($"reply-{supplierId}-{quote.QuoteId}", "rfq_1", quote)));
}
