using Ccn.Api.Designs;
using Ccn.Api.Problems;
using Ccn.Data.Files;
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

    private static long MaxModelBytes => ModelLimits.Default.MaxBytes;

    private static int MaxFiles => DesignCommands.MaxPictures + 1;

    /// <summary>Uploaded already, in the order of the form.</summary>
    private List<KeptFile> Kept { get; } = [];

    private DesignDetail? Received { get; set; }

    protected override async Task OnInitializedAsync()
    {
        Model ??= new();
        Model.DesignId ??= Ids.New(Ids.Design, Clock.GetUtcNow());
        if (Http.Request.HasFormContentType) { Kept.AddRange(Http.Request.Form["Kept"].Select(KeptFile.Parse).OfType<KeptFile>()); }

        if (Receipt is not null) { Received = await Queries.GetAsync(Receipt, Http.RequestAborted); }
    }

    private async Task SubmitAsync()
    {
        if (await Attempt.DoAsync(SendAsync)) { Navigation.NavigateTo($"/my/designs/new?receipt={Model.DesignId}"); }
    }

    private async Task SendAsync()
    {
        // Without script the files come with the form; with it, they were uploaded before.
        foreach (var file in Http.Request.Form.Files.GetFiles("File").Where(file => file.Length > 0))
        {
            var stored = await Designs.UploadAsync(file, Http.RequestAborted);
            Kept.Add(new(stored.FileKey, stored.ContentType, stored.FileName));
        }

        var pictures = Kept.Where(file => file.IsPicture).ToList();
        var models = Kept.Where(file => !file.IsPicture).ToList();
        if (models.Count > 1) { throw new ProblemException(ProblemCode.RequestInvalid, "A design has one 3D model. Remove the others."); }

        await Designs.SubmitAsync(Model.DesignId!, new(Model.Title ?? "", Model.Description ?? "", Model.Category ?? "", Tags(Model.Tags), pictures.FirstOrDefault()?.FileKey ?? "", pictures.FirstOrDefault()?.FileName ?? "", Model.Accepted ? Terms : "",
            TemplateId: null, pictures.Count > 1 ? [.. pictures.Skip(1).Select(file => file.ToNew())] : null, models.FirstOrDefault()?.ToNew()));
    }

    private static string[] Tags(string? tags) => (tags ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private string? Invalid(string field) => Attempt.Of(field) is null ? null : "true";

    /// <summary>A file that was uploaded before the form is sent, as the form carries it: what is in it is looked up again by its key.</summary>
    private sealed record KeptFile(string FileKey, string ContentType, string FileName)
    {
        public bool IsPicture => ContentType != ModelInspector.MediaType;
        public string Value => $"{FileKey}|{ContentType}|{FileName}";

        public static KeptFile? Parse(string? value) => value?.Split('|', 3) is [var key, var type, var name] ? new(key, type, name) : null;

        public NewDesignFile ToNew() => new(FileKey, FileName);
    }

    private sealed class NewDesignForm
    {
        /// <summary>Made once when the form is first shown, so that two clicks are one design.</summary>
        public string? DesignId { get; set; }
        public string? Title { get; set; }
        public string? Description { get; set; }
        public string? Category { get; set; }
        public string? Tags { get; set; }
        public bool Accepted { get; set; }
    }
}
