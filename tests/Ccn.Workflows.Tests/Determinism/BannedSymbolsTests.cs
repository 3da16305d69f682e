using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Ccn.Workflows.Tests.Determinism;

public sealed partial class BannedSymbolsTests
{
    private static readonly string[] Listed = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "BannedSymbols.txt")).Select(line => line.Split(';')[0])];

    public static TheoryData<Type, string> Groups => new()
    {
        { typeof(Task), "Delay" }, { typeof(Task), "Run" }, { typeof(Task), "WhenAny" }, { typeof(Task), "WhenAll" }, { typeof(Task), "WhenEach" },
        { typeof(Task), "Wait" }, { typeof(Task), "WaitAll" }, { typeof(Task), "WaitAny" }, { typeof(Task), "WaitAsync" }, { typeof(Task), "ContinueWith" },
        { typeof(Task), "ConfigureAwait" }, { typeof(Task), "Start" }, { typeof(Task), "RunSynchronously" },
        { typeof(Task<>), "WaitAsync" }, { typeof(Task<>), "ContinueWith" }, { typeof(Task<>), "ConfigureAwait" },
        { typeof(ValueTask), "ConfigureAwait" }, { typeof(ValueTask<>), "ConfigureAwait" },
        { typeof(CancellationTokenSource), "CancelAfter" }, { typeof(CancellationTokenSource), "CancelAsync" },
        { typeof(Guid), "NewGuid" }, { typeof(Guid), "CreateVersion7" }, { typeof(string), "GetHashCode" },
        { typeof(Enumerable), "ToHashSet" }, { typeof(Enumerable), "ToDictionary" }, { typeof(Enumerable), "Shuffle" },
    };

    /// <summary>A new .NET may bring an overload to which existing calls bind from then on: it must be on the list.</summary>
    [Theory, MemberData(nameof(Groups))]
    public void Every_overload_of_the_runtime_is_on_the_list(Type type, string method)
    {
        var overloads = type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(candidate => candidate.Name == method).Select(IdOf).Distinct(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(overloads);
        Assert.Empty(overloads.Except(Listed, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Code_that_would_not_replay_does_not_compile()
    {
        var project = Path.Combine(RepositoryRoot(), "tests", "Ccn.Workflows.Tests", "MustNotCompile");
        var expected = (await File.ReadAllLinesAsync(Path.Combine(project, "Banned.cs"))).Select((text, index) => (Text: text, Line: index + 1)).Where(line => line.Text.EndsWith("// banned", StringComparison.Ordinal)).Select(line => line.Line).ToList();
        var output = await BuildAsync(project);
        var found = BannedLine().Matches(output).Select(match => int.Parse(match.Groups["line"].Value, System.Globalization.CultureInfo.InvariantCulture)).Distinct().Order().ToList();
        Assert.True(expected.SequenceEqual(found), $"Not refused: lines {string.Join(", ", expected.Except(found))}.\n{output}");
    }

    private static async Task<string> BuildAsync(string project)
    {
        using var build = Process.Start(new ProcessStartInfo("dotnet", ["build", Path.Combine(project, "MustNotCompile.csproj"), "-v", "q", "--nologo", "-tl:off", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        })!;
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.NotEqual(0, build.ExitCode);
        return output + await errors;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CCN.sln"))) { folder = folder.Parent; }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }

    /// <summary>The method's id as the analyzer writes it.</summary>
    private static string IdOf(MethodInfo method)
    {
        var parameters = method.GetParameters().Select(parameter => NameOf(parameter.ParameterType)).ToList();
        return $"M:{method.DeclaringType!.FullName!.Replace('+', '.')}.{method.Name}{(method.IsGenericMethodDefinition ? $"``{method.GetGenericArguments().Length}" : "")}{(parameters.Count == 0 ? "" : $"({string.Join(',', parameters)})")}";
    }

    private static string NameOf(Type type)
    {
        if (type.IsGenericParameter) { return (type.DeclaringMethod is null ? "`" : "``") + type.GenericParameterPosition; }
        if (type.IsArray) { return NameOf(type.GetElementType()!) + "[]"; }
        if (!type.IsGenericType) { return type.FullName!.Replace('+', '.'); }

        var definition = type.GetGenericTypeDefinition().FullName!;
        return $"{definition[..definition.IndexOf('`', StringComparison.Ordinal)].Replace('+', '.')}{{{string.Join(',', type.GetGenericArguments().Select(NameOf))}}}";
    }

    [GeneratedRegex(@"Banned\.cs\((?<line>\d+),\d+\): error RS0030", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex BannedLine();
}
