using Ccn.Api.Designs;
using Ccn.Api.Requests;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Ccn.Web.Tests;

/// <summary>Several pictures and a 3D model: shown, turned and sent.</summary>
[Collection(SiteTests.Name)]
public sealed class DesignMediaTests(SiteFixture site)
{
    [Fact]
    public async Task A_model_is_shown_when_it_comes_into_view_and_turns_with_the_keys()
    {
        await using var visit = await site.VisitAsync(null);
        await visit.GoAsync($"/designs/{await OnMugAsync()}");
        await visit.Page.Locator("ccn-model").ScrollIntoViewIfNeededAsync();
        await visit.Page.Locator("ccn-model[ready]").WaitForAsync(new() { Timeout = 120_000 });
        const string orbit = "document.querySelector('model-viewer').getCameraOrbit().toString()";
        var before = await visit.Page.EvaluateAsync<string>(orbit);
        await visit.Page.EvaluateAsync("document.querySelector('model-viewer').shadowRoot.querySelector('.userInput').focus()");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.WaitForFunctionAsync($"{orbit} !== '{before}'");
        Assert.Empty((await visit.Page.RunAxe()).Violations.Select(rule => rule.Id));
        visit.IsFaultless("the page of a design with a model");
    }

    [Fact]
    public async Task The_arrow_keys_go_through_the_pictures()
    {
        await using var visit = await site.VisitAsync(null);
        await visit.GoAsync($"/designs/{await OnMugAsync()}");
        await visit.Page.Locator("ccn-zoom > a").ClickAsync();
        var dialog = visit.Page.Locator("dialog.zoom");
        Assert.StartsWith("Picture 1 of ", await dialog.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        Assert.StartsWith("Picture 2 of ", await dialog.GetAttributeAsync("aria-label"), StringComparison.Ordinal);
        Assert.EndsWith("/4000/2", await dialog.Locator("img").GetAttributeAsync("src"), StringComparison.Ordinal);
        await visit.Page.Keyboard.PressAsync("Escape");
        await dialog.WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_form_of_several_files_gives_a_receipt_with_the_hash_of_each(bool script)
    {
        await using var visit = await site.VisitAsync("samir", script: script);
        await visit.GoAsync("/my/designs/new");
        var (pictures, mug) = (Host.Demo.DemoDesign.Pictures, Host.Demo.MugModel.Make(await Host.Demo.DemoDesign.ReadAsync(Host.Demo.DemoDesign.Pictures[0], CancellationToken.None)));
        var files = new List<FilePayload> { new() { Name = "mug.glb", MimeType = "model/gltf-binary", Buffer = mug } };
        foreach (var name in pictures.Take(2)) { files.Add(new() { Name = name, MimeType = "image/webp", Buffer = await Host.Demo.DemoDesign.ReadAsync(name, CancellationToken.None) }); }

        await visit.Page.Locator("#file").SetInputFilesAsync(files);
        if (script)
        {
            await visit.Page.Locator("input[name=Kept]").Nth(2).WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await visit.Page.GetByRole(AriaRole.Button, new() { Name = $"Earlier: {pictures[1]}" }).ClickAsync();
        }

        await visit.Page.GetByLabel("Title").FillAsync("Of several files");
        await visit.Page.GetByLabel("Description").FillAsync("Two pictures and a mug.");
        await visit.Page.GetByLabel("Category").FillAsync("mugs");
        await visit.Page.GetByLabel("I accept the terms").CheckAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Submit the design" }).ClickAsync();
        await visit.Page.WaitForURLAsync("**/my/designs/new?receipt=*");

        var listed = await visit.Page.Locator(".receipt .files strong").AllInnerTextsAsync();
        Assert.Equal(script ? [pictures[1], pictures[0], "mug.glb"] : [pictures[0], pictures[1], "mug.glb"], listed);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(mug)), await visit.Page.Locator(".receipt .files code").Nth(2).InnerTextAsync());
    }

    private async Task<string> OnMugAsync()
    {
        var mugs = await site.World.Cast.Finance.GetAsync<Page<DesignSummary>>("/v1/designs?category=mugs", CancellationToken.None);
        return mugs.Items[^1].DesignId;
    }
}
