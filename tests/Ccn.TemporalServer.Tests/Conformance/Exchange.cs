using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Ccn.TemporalServer.Tests.Conformance;

/// <summary>One recorded request that needs nothing before it, and the refusal (or success) that came back.</summary>
/// <param name="Label">What the request shows.</param>
/// <param name="Method">The RPC.</param>
/// <param name="Request">The request in the protobuf JSON form.</param>
/// <param name="Error">Code, message and details of the refusal; null where the call succeeded.</param>
/// <param name="Response">The answer; null where it was a refusal.</param>
internal sealed record Exchange(string Label, string Method, JsonNode Request, JsonNode? Error, JsonNode? Response)
{
    private const string StatusDetailsTrailer = "grpc-status-details-bin";
    private const uint DetailsTag = (3 << 3) | 2;

    private static readonly Dictionary<string, MessageDescriptor> Requests =
        Temporalio.Api.WorkflowService.V1.RequestResponseReflection.Descriptor.MessageTypes
            .Concat(Temporalio.Api.OperatorService.V1.RequestResponseReflection.Descriptor.MessageTypes)
            .ToDictionary(type => type.Name, StringComparer.Ordinal);

    private static readonly TypeRegistry Details = TypeRegistry.FromFiles(Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor);
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(Details));
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Details));

    /// <summary>Reads the exchanges of one file of recorded answers.</summary>
    public static IReadOnlyList<Exchange> Read(string file)
    {
        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Golden", "answers", file + ".json")))!;
        return
        [
            .. json["exchanges"]!.AsArray().Select(exchange => new Exchange(
                (string?)exchange!["label"] ?? (string)exchange["method"]!, (string)exchange["method"]!, exchange["request"]!, exchange["error"], exchange["response"])),
        ];
    }

    /// <summary>How long the recorder waited: a few exchanges are about just that.</summary>
    private TimeSpan Patience => Label switch
    {
        "no deadline" => Timeout.InfiniteTimeSpan,
        "deadline below 2 s" => TimeSpan.FromSeconds(1.5),
        _ => TimeSpan.FromSeconds(Method.StartsWith("Poll", StringComparison.Ordinal) ? 3 : 30),
    };

    /// <summary>Sends the request; says in what the answer differs, or null.</summary>
    public async Task<string?> DifferenceAsync(CallInvoker server, CancellationToken cancel)
    {
        var request = Parser.Parse(Request.ToJsonString(), Requests[Method + "Request"]);
        RpcException? refusal = null;
        try { await server.CallAsync<Empty>(request, cancel, Patience); }
        catch (RpcException e) { refusal = e; }
        return DifferenceOf(refusal);
    }

    /// <summary>Says in what a refusal (null: none) differs from the recorded one, or null.</summary>
    public string? DifferenceOf(RpcException? refusal)
    {
        var expected = Error is null ? "OK" : Shown((string)Error["code"]!, (string)Error["message"]!, RecordedDetails());
        var actual = refusal is null
            ? "OK"
            : Shown(refusal.StatusCode.ToString(), refusal.Status.Detail, [.. DetailsOf(refusal).Select(detail => Formatter.Format(detail))]);
        return actual == expected ? null : $"{Label}: {actual}, recorded is {expected}";
    }

    /// <summary>Says in what an answer differs from the recorded one, or null.</summary>
    public string? DifferenceOf(IMessage answer)
    {
        if (Response is null) { return $"{Label}: OK, recorded is {Error!["code"]}"; }
        var recorded = Parser.Parse(Response.ToJsonString(), answer.Descriptor);
        var difference = HistoryComparison.Difference(HistoryNormalizer.Normalize(recorded), HistoryNormalizer.Normalize(answer), "");
        return difference is null ? null : $"{Label}: {difference}";
    }

    private static string Shown(string code, string message, IReadOnlyList<string> details) =>
        HistoryNormalizer.WithoutIds($"{code} \"{message}\" {string.Join(' ', details)}");

    /// <summary>Details of the recording, in the form in which those of the answer are shown.</summary>
    private List<string> RecordedDetails() =>
        [.. (Error!["details"]?.AsArray() ?? []).Select(detail => Formatter.Format(Parser.Parse<Any>(detail!.ToJsonString())))];

    /// <summary>The details of google.rpc.Status, whose type no package here has.</summary>
    private static IEnumerable<Any> DetailsOf(RpcException refusal)
    {
        var trailer = refusal.Trailers.GetValueBytes(StatusDetailsTrailer);
        if (trailer is null) { yield break; }
        var status = new CodedInputStream(trailer);
        for (var tag = status.ReadTag(); tag != 0; tag = status.ReadTag())
        {
            if (tag == DetailsTag) { yield return Any.Parser.ParseFrom(status.ReadBytes()); }
            else { status.SkipLastField(); }
        }
    }
}
