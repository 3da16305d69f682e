namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>What is asked of every server: the histories, refusals and id policies that a real one showed.</summary>
public abstract class ConformanceTests(ServerUnderTest server)
{
    protected ServerUnderTest Server { get; } = server;

    /// <summary>Recorded answers to requests that need nothing before them.</summary>
    private static readonly string[] Answers =
    [
        "error-invalid-start", "error-not-found", "error-namespace", "error-bad-task-token", "error-poll", "error-bad-search-attribute",
        "operator-search-attributes", "register-namespace", "stub-answers", "error-schedule-list", "error-batch-start", "worker-heartbeat",
    ];

    public static TheoryData<string> AnswerFiles => [.. Answers];

    public static TheoryData<string> IdPolicies => [.. IdMatrix.Rows.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(AnswerFiles))]
    public async Task Requests_are_answered_as_recorded(string file)
    {
        var differences = await Server.DifferencesOfAnswersAsync(Exchange.Read(file));
        var known = KnownAnswers(file).ToHashSet(StringComparer.Ordinal);
        var unexpected = differences.Where(difference => !known.Contains(difference.Key)).Select(difference => difference.Value).ToList();
        Assert.True(unexpected.Count == 0, string.Join('\n', unexpected));
        Assert.Equal(known.Order(StringComparer.Ordinal), differences.Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(IdPolicies))]
    public async Task Id_policies_decide_as_recorded(string row)
    {
        var difference = await Server.DifferenceOfIdsAsync(IdMatrix.Rows.Single(candidate => candidate.Name == row));
        Assert.True(difference is null, difference);
    }

    /// <summary>Labels of the exchanges that are known to differ.</summary>
    protected virtual IEnumerable<string> KnownAnswers(string file) => [];
}
