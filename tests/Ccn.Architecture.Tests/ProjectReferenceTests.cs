using System.Xml.Linq;

namespace Ccn.Architecture.Tests;

/// <summary>Who may reference whom. Arrows only point down; a reference that is not listed here does not build a better product.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ccn.Host"] = ["Ccn.Web", "Ccn.Worker", "Ccn.Sandbox", "Ccn.TemporalServer", "Ccn.ServiceDefaults"],
        ["Ccn.Web"] = ["Ccn.Api", "Ccn.ServiceDefaults"],
        ["Ccn.Api"] = ["Ccn.Workflows", "Ccn.Data", "Ccn.ServiceDefaults"],
        ["Ccn.Worker"] = ["Ccn.Activities", "Ccn.ServiceDefaults"],
        ["Ccn.Activities"] = ["Ccn.Workflows", "Ccn.Data", "Ccn.Providers"],
        ["Ccn.Workflows"] = ["Ccn.Domain"],
        ["Ccn.Data"] = ["Ccn.Domain"],
        ["Ccn.Providers"] = ["Ccn.Domain"],
        ["Ccn.Domain"] = [],
        ["Ccn.Sandbox"] = [],
        ["Ccn.TemporalServer"] = [],
        ["Ccn.ServiceDefaults"] = [],
    };

    public static TheoryData<string> Projects => new(Directory.GetDirectories(Path.Combine(Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!));

    [Theory, MemberData(nameof(Projects))]
    public void Arrows_only_point_down(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} is not in the map of projects.");
        var references = Load(project).Descendants("ProjectReference").Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
        Assert.Subset(allowed.ToHashSet(), references.ToHashSet());
    }

    [Fact]
    public void The_domain_has_no_package() => Assert.Empty(Load("Ccn.Domain").Descendants("PackageReference"));

    [Fact]
    public void Workflows_know_temporal_and_nothing_else() =>
        Assert.Equal(["Temporalio"], Load("Ccn.Workflows").Descendants("PackageReference").Select(package => package.Attribute("Include")!.Value));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "CCN.sln")).Replace('\\', '/');
        var projects = new[] { "src", "tests" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/MustNotCompile/", StringComparison.Ordinal));
        Assert.All(projects, project => Assert.Contains($"\"{project}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void Top_level_folders_are_features_and_not_kinds_of_class()
    {
        string[] banned = ["Services", "Helpers", "Common", "Models", "Interfaces", "Utils", "Managers"];
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Contains("node_modules", StringComparison.Ordinal) && !folder.Contains("wwwroot", StringComparison.Ordinal));
        Assert.DoesNotContain(folders, folder => banned.Contains(Path.GetFileName(folder)));
    }

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj"));
}
