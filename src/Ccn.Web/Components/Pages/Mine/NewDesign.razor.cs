using Ccn.Api.Designs;
using Ccn.Domain;
using Ccn.Web.Forms;
using Microsoft.AspNetCore.Components;

namespace Ccn.Web.Components.Pages.Mine;

public sealed partial class NewDesign
{
    [Inject] internal Attempt Attempt { get; set; } = null!;
    [Inject] private DesignCommands Designs { get; set; } = null!;
    [Inject] private DesignQueries Queries { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;
    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    [SupplyParameterFromQuery] private string? Receipt { get; set; }
    [SupplyParameterFromForm] private NewDesignForm Model { get; set; } = null!;

    private static long MaxBytes => DesignCommands.MaxUploadBytes;

    private static string Terms => DesignCommands.CurrentTerms;

    /// <summary>Suggestions; any other word is taken too.</summary>
    private static IReadOnlyList<string> Categories { get; } = ["Home", "Kitchen", "Garden", "Stationery", "Apparel", "Toys", "Pets", "Travel", "Sports", "Wall art"];

    private DesignDetail? Received { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Model ??= new();
        Model.DesignId ??= Ids.New(Ids.Design, Clock.GetUtcNow());
        if (Receipt is not null) { Received = await Queries.GetAsync(Receipt, Http.RequestAborted); }
    }

    private async Task SubmitAsync()
    {
        if (await Attempt.DoAsync(SendAsync)) { Navigation.NavigateTo($"/my/designs/new?receipt={Model.DesignId}"); }
    }

    private async Task SendAsync()
    {
        // Without script the file comes with the form; with it, it was uploaded before.
        if (Http.Request.Form.Files["File"] is { Length: > 0 } file)
        {
            var stored = await Designs.UploadAsync(file, Http.RequestAborted);
            (Model.FileKey, Model.FileName) = (stored.FileKey, stored.FileName);
        }

        await Designs.SubmitAsync(Model.DesignId!, new(Model.Title ?? "", Model.Description ?? "", Model.Category ?? "", Tags(Model.Tags), Model.FileKey ?? "", Model.FileName ?? "", Model.Accepted ? Terms : "", TemplateId: null));
    }

    private static string[] Tags(string? tags) => (tags ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private string? Invalid(string field) => Attempt.Of(field) is null ? null : "true";

    private sealed class NewDesignForm
    {
        /// <summary>Made once when the form is first shown, so that two clicks are one design.</summary>
        public string? DesignId { get; set; }
        public string? FileKey { get; set; }
        public string? FileName { get; set; }
        public string? Title { get; set; }
        public string? Description { get; set; }
        public string? Category { get; set; }
        public string? Tags { get; set; }
        public bool Accepted { get; set; }
        public bool HasFile => !string.IsNullOrEmpty(FileKey);
    }
}
