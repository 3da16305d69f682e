namespace Ccn.Web.Tests.Journeys;

/// <summary>The whole life of one design by clicking, each person in a browser of their own.</summary>
[Collection(JourneyTests.Name)]
public sealed class ReferenceJourneyTests(JourneyStage stage)
{
    [Fact]
    public async Task A_design_goes_from_its_upload_to_a_paid_royalty_and_the_correction_of_the_month_after()
    {
        try { await LiveAsync(); }
        finally { await stage.PicturesAsync("last"); }
    }

    private async Task LiveAsync()
    {
        var winning = new Winning(stage);
        await winning.EverybodyJoinsAsync();
        var design = await winning.UploadAsync("mara", "Midnight Garden", "A night garden of peonies and fern, drawn in ink and coloured by hand.", "floral, botanical, night", "art-00-a.webp");
        var rival = await winning.UploadAsync("aiko", "Tile Study", "A study after old floor tiles.", "geometric", "art-12-a.webp");
        var contest = await winning.OpenContestAsync();
        await winning.EnterAsync("mara", design);
        await winning.EnterAsync("aiko", rival);
        await winning.VoteAsync(contest, design, rival);
        await winning.WinAsync(contest, design);

        var licensing = new Licensing(stage, design);
        await licensing.BidAsync();
        await licensing.AcceptAsync();
        await licensing.SignAsync();

        var making = new Making(stage);
        await making.AskSuppliersAsync();
        await making.HearFromSuppliersAsync();
        await making.OrderAsync();
        await making.ProduceAsync();

        var selling = new Selling(stage);
        await selling.ListAsync();
        await selling.SellAsync();
        await selling.PayAsync();
        await selling.TakeReturnsAsync();
        stage.IsFaultless();
    }
}
