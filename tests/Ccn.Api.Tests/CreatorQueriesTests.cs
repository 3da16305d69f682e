using System.Security.Claims;
using Ccn.Api.Bids;
using Ccn.Api.Designs;
using Ccn.Api.Licences;
using Ccn.Api.Problems;
using Ccn.Api.Royalties;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;
using Ccn.Domain.Royalties;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Ccn.Api.Tests;

/// <summary>What the creator's pages read: their own things with what can be done, and nobody else's.</summary>
[Collection(ApiCollection.Name)]
public sealed class CreatorQueriesTests(ApiFixture api)
{
    [Fact]
    public async Task A_licensed_design_waits_for_its_seller_and_says_why_nothing_can_be_chosen()
    {
        using var parties = await Parties.MakeAsync(api);
        await AsAsync(parties.Creator, async services =>
        {
            var board = await services.GetRequiredService<CreatorDesignQueries>().BoardAsync(CancellationToken.None);
            Assert.Equal(parties.DesignId, Assert.Single(board.Others).Design.DesignId);
            Assert.Empty(board.Yours.Concat(board.Done));
            var design = await services.GetRequiredService<CreatorDesignQueries>().GetAsync(parties.DesignId, CancellationToken.None);
            Assert.Equal((CreatorChoices.WhyNotChoose(DesignStage.Licensed), CreatorChoices.WhyNotWithdraw(DesignStage.Licensed)), (design.WhyNotBids, design.WhyNotWithdraw));
            Assert.Equal(parties.LicenceId, Assert.Single(design.Licences).LicenceId);
        });
    }

    [Fact]
    public async Task Another_creators_design_bids_and_licence_do_not_exist()
    {
        using var parties = await Parties.MakeAsync(api);
        using var stranger = await api.SignUpAsync("creator");
        await AsAsync(stranger, async services =>
        {
            Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => services.GetRequiredService<CreatorDesignQueries>().GetAsync(parties.DesignId, CancellationToken.None))).Code);
            Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => services.GetRequiredService<BidComparisonQueries>().ForDesignAsync(parties.DesignId, CancellationToken.None))).Code);
            Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => services.GetRequiredService<ReadableLicenceQueries>().GetAsync(parties.LicenceId, CancellationToken.None))).Code);
            Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() => services.GetRequiredService<StatementReportQueries>().GetAsync(parties.StatementId, CancellationToken.None))).Code);
        });
    }

    [Fact]
    public async Task A_draft_is_not_earned_yet_and_its_lines_are_the_creators_to_query()
    {
        using var parties = await Parties.MakeAsync(api);
        await AsAsync(parties.Creator, async services =>
        {
            var earnings = await services.GetRequiredService<EarningsQueries>().GetAsync(CancellationToken.None);
            var month = Assert.Single(earnings.Months);
            Assert.Equal((Money.Zero("USD"), new Money(54_000, "USD")), (month.Final, month.Draft));
            Assert.Equal((Money.Zero("USD"), Money.Zero("USD")), (earnings.Balances.Single().Cleared, earnings.Balances.Single().Paid));
            Assert.Equal((null, new Money(1_000, "USD")), (earnings.Payout.Display, earnings.Payout.Minimum));
            Assert.Null((await services.GetRequiredService<StatementReportQueries>().GetAsync(parties.StatementId, CancellationToken.None)).WhyNotQuery);
        });
        await AsAsync(parties.Seller, async services =>
            Assert.NotNull((await services.GetRequiredService<StatementReportQueries>().GetAsync(parties.StatementId, CancellationToken.None)).WhyNotQuery));
    }

    [Fact]
    public async Task Each_kind_of_line_rests_on_a_clause_of_the_text_that_is_signed()
    {
        using var parties = await Parties.MakeAsync(api);
        await AsAsync(parties.Seller, async services =>
        {
            var licence = await services.GetRequiredService<ReadableLicenceQueries>().GetAsync(parties.LicenceId, CancellationToken.None);
            foreach (var kind in Enum.GetValues<StatementLineKind>()) { Assert.Contains(StatementClauses.Of(parties.Terms(), kind), licence.Clauses); }
        });
    }

    private async Task AsAsync(Person person, Func<IServiceProvider, Task> act)
    {
        await using var scope = api.Services.CreateAsyncScope();
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, person.Id)], "test");
        scope.ServiceProvider.GetRequiredService<IHttpContextAccessor>().HttpContext = new DefaultHttpContext { User = new ClaimsPrincipal(identity), RequestServices = scope.ServiceProvider };
        await act(scope.ServiceProvider);
    }
}
