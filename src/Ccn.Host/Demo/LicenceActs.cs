using Ccn.Api.Licences;
using Ccn.Data.Licences;
using Ccn.Workflows.Licences;

namespace Ccn.Host.Demo;

/// <summary>Two signatures through the e-sign provider's own pages.</summary>
internal static class LicenceActs
{
    public static async Task<LicenceSummary> LicenceSentAsync(this Story story, Actor party, string designId) => (await story.UntilAsync("the licence to be sent for signature",
        () => FindAsync(story, party, designId), licence => licence is { State: not LicenceState.Drafted }, TimeSpan.FromDays(2)))!;

    public static Task SignAsync(this Story story, Actor party, string licenceId, string step) => story.DoAsync(step, party.Name, "signs the licence on the provider's page", async () =>
    {
        var page = await party.PostAsync<SigningPage>($"/v1/licences/{licenceId}/signing", new SigningBody($"{story.World.SiteUrl}/?signed={licenceId}"), story.Key(step), story.Cancel);
        await story.World.Outside.SignAsync(page.Url, story.Cancel);
        return "signed";
    });

    public static Task<LicenceDetail> InForceAsync(this Story story, Actor party, string licenceId) => story.UntilAsync("the licence to be in force",
        () => party.GetAsync<LicenceDetail>($"/v1/licences/{licenceId}", story.Cancel), detail => detail.Licence.State is LicenceState.InForce, TimeSpan.FromDays(2));

    private static async Task<LicenceSummary?> FindAsync(Story story, Actor party, string designId) =>
        (await party.GetAsync<IReadOnlyList<LicenceSummary>>("/v1/licences", story.Cancel)).FirstOrDefault(licence => licence.DesignId == designId);
}
