using Grpc.Core;
using Grpc.Net.Client;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>A server with the recordings' namespace and search attributes, on which all scenarios are played once.</summary>
public abstract class ServerUnderTest : IAsyncLifetime
{
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(60);
    private GrpcChannel? channel;
    private ScenarioRuns? runs;

    /// <summary>Search attributes of the recordings' namespaces.</summary>
    protected static IReadOnlyDictionary<string, IndexedValueType> SearchAttributes { get; } = new Dictionary<string, IndexedValueType>(StringComparer.Ordinal)
    {
        ["GKeyword"] = IndexedValueType.Keyword,
        ["GInt"] = IndexedValueType.Int,
        ["GText"] = IndexedValueType.Text,
        ["GDouble"] = IndexedValueType.Double,
        ["GBool"] = IndexedValueType.Bool,
        ["GDatetime"] = IndexedValueType.Datetime,
        ["GList"] = IndexedValueType.KeywordList,
    };

    /// <summary>Null, or why there is no such server here.</summary>
    protected virtual string? Absent => null;

    /// <summary>True for a server of Temporal's own.</summary>
    protected virtual bool IsReal => false;

    /// <summary>True where the server is a 1.29.</summary>
    internal bool IsOlder { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Absent is not null) { return; }
        using var cancel = new CancellationTokenSource(StartUp);
        channel = GrpcChannel.ForAddress("http://" + await StartAsync(cancel.Token));
        var server = channel.CreateCallInvoker();
        IsOlder = (await UntilServingAsync(server, cancel.Token)).ServerVersion.StartsWith("1.29.", StringComparison.Ordinal);
        await RegisterAsync(server, cancel.Token);
        runs = new(server, IsOlder);
        runs.Begin(Wanted());
    }

    public async ValueTask DisposeAsync()
    {
        channel?.Dispose();
        runs?.Dispose();
        await StopAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Says in what the server differs from a recording; null: in nothing. Skips the test where it cannot be asked.</summary>
    internal Task<string?> DifferenceFromAsync(string recording)
    {
        Assert.SkipWhen(Absent is not null, Absent ?? "");
        var attribute = Recordings.All[recording].Attribute;
        Assert.SkipWhen(IsOlder && attribute.DiffersBefore132 is not null, "Server 1.29 differs: " + attribute.DiffersBefore132);
        Assert.SkipWhen(IsReal && attribute.ByChance is not null, "By chance on a real server: " + attribute.ByChance);
        Assert.SkipWhen(attribute.Slow && !WantsSlow, "Takes more than 15 s; set CCN_CONFORMANCE_SLOW=1 to play it.");
        return runs!.DifferenceOfAsync(recording);
    }

    /// <summary>Sends requests; label and difference of those answered otherwise than recorded.</summary>
    internal async Task<IReadOnlyDictionary<string, string>> DifferencesOfAnswersAsync(IEnumerable<Exchange> exchanges)
    {
        Assert.SkipWhen(Absent is not null, Absent ?? "");
        Assert.SkipWhen(IsOlder, "Server 1.29 differs: the text of some refusals.");
        await runs!.AllEndedAsync();
        using var cancel = new CancellationTokenSource(StartUp);
        var differences = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var exchange in exchanges)
        {
            if (await exchange.DifferenceAsync(channel!.CreateCallInvoker(), cancel.Token) is { } difference) { differences.Add(exchange.Label, difference); }
        }

        return differences;
    }

    internal async Task<string?> DifferenceOfIdsAsync(IdMatrix row)
    {
        Assert.SkipWhen(Absent is not null, Absent ?? "");
        await runs!.AllEndedAsync();
        using var cancel = new CancellationTokenSource(StartUp);
        return await row.DifferenceAsync(channel!.CreateCallInvoker(), cancel.Token);
    }

    /// <summary>Starts the server and gives its address, host and port.</summary>
    protected abstract Task<string> StartAsync(CancellationToken cancel);

    protected virtual ValueTask StopAsync() => ValueTask.CompletedTask;

    private static bool WantsSlow => Environment.GetEnvironmentVariable("CCN_CONFORMANCE_SLOW") == "1";

    /// <summary>All scenarios, or those that CCN_CONFORMANCE names (for work on a few of them).</summary>
    private IEnumerable<string> Wanted()
    {
        var chosen = Environment.GetEnvironmentVariable("CCN_CONFORMANCE")?.Split(',');
        return Recordings.All.Values.Select(r => r.Attribute)
            .Where(a => chosen is null || chosen.Any(prefix => a.Name.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(a => !(a.Slow && !WantsSlow) && !(IsOlder && a.DiffersBefore132 is not null) && !(IsReal && a.ByChance is not null))
            .Select(a => a.Name);
    }

    private static async Task<GetSystemInfoResponse> UntilServingAsync(CallInvoker server, CancellationToken cancel)
    {
        while (true)
        {
            try { return await server.CallAsync<GetSystemInfoResponse>(new GetSystemInfoRequest(), cancel); }
            catch (RpcException refusal) when (refusal.StatusCode is StatusCode.Unavailable) { await Task.Delay(100, cancel); }
        }
    }

    private static async Task RegisterAsync(CallInvoker server, CancellationToken cancel)
    {
        try
        {
            await server.CallAsync<RegisterNamespaceResponse>(
                new RegisterNamespaceRequest { Namespace = Scenario.Golden, WorkflowExecutionRetentionPeriod = Data.Seconds(24 * 3600) }, cancel);
        }
        catch (RpcException refusal) when (refusal.StatusCode == StatusCode.AlreadyExists) { }

        await EventuallyAsync(server, new AddSearchAttributesRequest { Namespace = Scenario.Golden, SearchAttributes = { SearchAttributes.ToDictionary() } }, cancel);
        await UntilAttributesAreKnownAsync(server, cancel);
    }

    /// <summary>A real server reads its namespaces again every few seconds, and knows no new one before.</summary>
    private static async Task EventuallyAsync(CallInvoker server, AddSearchAttributesRequest request, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await server.CallAsync<AddSearchAttributesResponse>(request, cancel);
                return;
            }
            catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound or StatusCode.Unavailable) { await Task.Delay(200, cancel); }
        }
    }

    private static async Task UntilAttributesAreKnownAsync(CallInvoker server, CancellationToken cancel)
    {
        var probe = new StartWorkflowExecutionRequest
        {
            Namespace = Scenario.Golden,
            WorkflowId = "probe-" + Guid.NewGuid(),
            WorkflowType = new() { Name = "Probe" },
            TaskQueue = new() { Name = "q-probe" },
            RequestId = Guid.NewGuid().ToString(),
            SearchAttributes = Data.Keyword("probe"),
            WorkflowRunTimeout = Data.Seconds(1),
        };
        probe.SearchAttributes.IndexedFields["GList"] = Data.Typed("KeywordList", new[] { "a" });
        while (true)
        {
            try
            {
                await server.CallAsync<StartWorkflowExecutionResponse>(probe, cancel);
                return;
            }
            catch (RpcException refusal) when (refusal.StatusCode is StatusCode.NotFound or StatusCode.InvalidArgument) { await Task.Delay(200, cancel); }
        }
    }
}
