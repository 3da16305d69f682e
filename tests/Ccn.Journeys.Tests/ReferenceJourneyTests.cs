using Ccn.Api.Designs;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Host.Demo;

namespace Ccn.Journeys.Tests;

[Collection(MachineTests.Name)]
public sealed class ReferenceJourneyTests(MachineFixture fixture)
{
    [Fact]
    public async Task A_design_goes_from_its_upload_to_a_paid_royalty_and_the_correction_of_the_month_after()
    {
        JourneyResult result;
        try { result = await fixture.ReferenceAsync(); }
        finally { TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, fixture.Transcript.Lines)); }

        Assert.Equal(new Money(60_000, "USD"), result.Gross);
        Assert.Equal(new Money(6_000, "USD"), result.Fee);
        Assert.Equal(new Money(54_000, "USD"), result.Payout);
        Assert.NotNull(result.CorrectionStatementId);

        var cast = fixture.Machine.World.Cast;
        var books = await cast.Finance.TrialBalanceAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(Environment.NewLine, books));
        Assert.All(books.OutOfBalance(), sum => Assert.Equal(0, sum.Value));
        Assert.Equal(ReferenceBooks.WithReturns, ReferenceBooks.Of(books));

        var timeline = await cast["mara"].GetAsync<IReadOnlyList<TimelineEntry>>($"/v1/designs/{result.DesignId}/timeline", TestContext.Current.CancellationToken);
        Assert.Equal(timeline.OrderBy(entry => entry.At), timeline);
        var detail = await cast["mara"].GetAsync<DesignDetail>($"/v1/designs/{result.DesignId}", TestContext.Current.CancellationToken);
        Assert.Equal(DesignStage.Selling, detail.Design.Stage);
    }
}
