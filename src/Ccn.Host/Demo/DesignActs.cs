using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Ccn.Domain;
using Ccn.Domain.Lifecycle;

namespace Ccn.Host.Demo;

/// <summary>What creators do with their designs.</summary>
internal static class DesignActs
{
    /// <summary>Uploads the picture and submits the design under the story's own id.</summary>
    public static async Task<string> SubmitAsync(this Story story, Actor creator, DemoDesign design, string? templateId = null)
    {
        var designId = story.Id(Ids.Design, "design");
        await story.DoAsync("submit", creator.Name, $"uploads {design.FileName} and submits \"{design.Title}\"", async () =>
        {
            var file = await creator.UploadAsync(design.FileName, design.ContentType, await design.ReadAsync(story.Cancel), story.Cancel);
            var more = new List<NewDesignFile>();
            foreach (var name in design.MoreFileNames ?? [])
            {
                var picture = await creator.UploadAsync(name, DemoDesign.TypeOf(name), await DemoDesign.ReadAsync(name, story.Cancel), story.Cancel);
                more.Add(new(picture.FileKey, picture.FileName));
            }

            NewDesignFile? model = null;
            if (design.OnMug)
            {
                var mug = await creator.UploadAsync("mug.glb", "model/gltf-binary", MugModel.Make(await DemoDesign.ReadAsync(design.Pattern, story.Cancel)), story.Cancel);
                model = new(mug.FileKey, mug.FileName);
            }

            var body = new NewDesign(design.Title, design.Description, design.Category, design.Tags, file.FileKey, file.FileName, DesignCommands.CurrentTerms, templateId, more.Count == 0 ? null : more, model);
            await creator.PutAsync($"/v1/designs/{designId}", body, story.Cancel);
            return $"{file.Width} x {file.Height}, SHA-256 {file.Sha256[..12]}…";
        });
        return designId;
    }

    /// <summary>Waits for one of the stages. A story that is told again finds the design further on: that counts too.</summary>
    public static Task<DesignDetail> ReachesAsync(this Story story, Actor reader, string designId, TimeSpan limit, params DesignStage[] stages) => story.UntilAsync(
        $"the design to be {string.Join(" or ", stages)}",
        () => reader.GetAsync<DesignDetail>($"/v1/designs/{designId}", story.Cancel), detail => stages.Contains(detail.Design.Stage) || IsBeyond(detail.Design.Stage, stages.Min()), limit, detail => detail.Design.Until);

    // Stages are listed in the order of a life that goes well; those after the end are other ends.
    private static bool IsBeyond(DesignStage stage, DesignStage first) => first >= DesignStage.Published && stage > first && stage <= DesignStage.Ended;

    /// <summary>The spotlight as a seller sees it.</summary>
    public static async Task<bool> IsInSpotlightAsync(this Actor seller, string designId, CancellationToken cancel)
    {
        string? cursor = null;
        do
        {
            var page = await seller.GetAsync<Page<DesignSummary>>($"/v1/designs?spotlight=true&limit=100{(cursor is null ? "" : $"&cursor={cursor}")}", cancel);
            if (page.Items.Any(design => design.DesignId == designId)) { return true; }

            cursor = page.Next;
        }
        while (cursor is not null);

        return false;
    }

    /// <summary>Takes a published design to bids without a contest.</summary>
    public static async Task OpenBiddingAsync(this Story story, Actor creator, string designId, int round = 1)
    {
        var step = FormattableString.Invariant($"open-bidding-{round}");
        await story.DoAsync(step, creator, "opens the design to bids", () => creator.PostAsync($"/v1/designs/{designId}/bidding", null, story.Key(step), story.Cancel));
    }
}
