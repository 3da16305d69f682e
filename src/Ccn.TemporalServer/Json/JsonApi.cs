using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ccn.TemporalServer.Wire;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Temporalio.Api.Common.V1;

namespace Ccn.TemporalServer.Json;

/// <summary>The RPCs over HTTP and JSON, at the paths that their descriptors give them.</summary>
internal sealed class JsonApi(RpcMethods methods, RpcInvoker invoker)
{
    // As the real server: its limit of a gRPC message.
    private const long MaxRequestBytes = 4 << 20;

    // What a status may carry in an Any.
    private static readonly TypeRegistry Packed = TypeRegistry.FromFiles(
        Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Dependencies
            .Append(Temporalio.Api.ErrorDetails.V1.MessageReflection.Descriptor)
            .Append(Temporalio.Api.Update.V1.MessageReflection.Descriptor));

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithTypeRegistry(Packed));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true).WithTypeRegistry(Packed));
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSerializerOptions Indented = new(Plain) { WriteIndented = true };

    private readonly IReadOnlyList<HttpRoute> routes = HttpRoute.Of(methods.Services);
    private readonly ConcurrentDictionary<MethodDescriptor, Func<IMessage, RpcContext, Task<IMessage>>?> answers = new();

    /// <summary>Answers a request below <see cref="HttpRoute.Prefix"/>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="shorthand">Payloads in the short form, both ways, unless the query string says otherwise.</param>
    public async Task AnswerAsync(HttpContext http, bool shorthand)
    {
        shorthand &= !http.Request.Query.ContainsKey("noPayloadShorthand");
        try
        {
            var (route, path) = Route(http);
            var request = await ReadAsync(http, route, path, shorthand);
            var answer = answers.GetOrAdd(route.Method, methods.Find) ?? throw new RpcFailure(StatusCode.Unimplemented, $"unknown method {route.Method.Name}");
            var response = await invoker.AnswerAsync(
                route.Method.Name, cancellation => answer(request, ContextOf(route.Method.Name, http, cancellation)), DateTime.MaxValue, http.RequestAborted);
            await WriteAsync(http, StatusCodes.Status200OK, response, shorthand);
        }
        catch (RpcFailure e)
        {
            var status = new GrpcStatus { Code = (int)e.Code, Message = e.Message, Details = { e.Details.Select(Any.Pack) } };
            await WriteAsync(http, HttpStatusOf(e.Code), status, shorthand);
        }
    }

    private static RpcContext ContextOf(string method, HttpContext http, CancellationToken cancellation) => new(
        method,
        http.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        null,
        http.Connection.RemoteIpAddress?.ToString() ?? "",
        http.Request.Headers["client-name"] is [{ Length: > 0 } client, ..] ? client : "temporal-server-http",
        cancellation);

    private (HttpRoute Route, IReadOnlyList<string> Path) Route(HttpContext http)
    {
        // The target as it was sent: there %2F inside a workflow id is not one of the path's own slashes.
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        var start = target.IndexOf(HttpRoute.Prefix, StringComparison.Ordinal);
        var path = start < 0 ? [] : target[(start + HttpRoute.Prefix.Length)..].Split('/').Select(Uri.UnescapeDataString).ToList();
        var there = routes.Where(route => route.Matches(path)).ToList();
        var route = there.Find(route => route.Verb == http.Request.Method)
            ?? throw (there.Count == 0 ? new RpcFailure(StatusCode.NotFound, "Not Found") : new RpcFailure(StatusCode.Unimplemented, "Method Not Allowed"));
        return (route, path);
    }

    private static async Task<IMessage> ReadAsync(HttpContext http, HttpRoute route, IReadOnlyList<string> path, bool shorthand)
    {
        var type = route.Method.InputType;
        try
        {
            var json = route.HasBody ? await BodyAsync(http) : [];
            if (shorthand)
            {
                PayloadShorthand.Expand(json, type);
            }

            // With a body the query string is not read, as by the real server.
            foreach (var (key, value) in route.HasBody ? [] : http.Request.Query.SelectMany(pair => pair.Value, (pair, value) => (pair.Key, value)))
            {
                RequestJson.Set(json, type, key, value ?? "");
            }

            RequestJson.NumberEnums(json, type);
            foreach (var (segment, value) in route.Segments.Zip(path))
            {
                if (HttpRoute.IsVariable(segment))
                {
                    RequestJson.Set(json, type, segment[1..^1], value);
                }
            }

            return Parser.Parse(json.ToJsonString(), type);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or InvalidJsonException or FormatException or JsonException or InvalidOperationException or ArgumentException or BadHttpRequestException)
        {
            throw new RpcFailure(StatusCode.InvalidArgument, e.Message);
        }
    }

    private static async Task<JsonObject> BodyAsync(HttpContext http)
    {
        var body = new MemoryStream();
        var part = new byte[64 << 10];
        while (await http.Request.Body.ReadAsync(part, http.RequestAborted) is > 0 and var count)
        {
            body.Write(part, 0, count);
            if (body.Length > MaxRequestBytes)
            {
                throw new RpcFailure(StatusCode.InvalidArgument, "http: request body too large");
            }
        }

        return body.Length == 0 ? [] : JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length)) as JsonObject ?? throw new FormatException("The body is not a JSON object.");
    }

    private static Task WriteAsync(HttpContext http, int status, IMessage message, bool shorthand)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        var json = Formatter.Format(message);
        var pretty = http.Request.Query.ContainsKey("pretty");
        if (shorthand || pretty)
        {
            var tree = JsonNode.Parse(json);
            tree = shorthand ? PayloadShorthand.Shorten(tree, message.Descriptor) : tree;
            json = tree!.ToJsonString(pretty ? Indented : Plain);
        }

        return http.Response.WriteAsync(json);   // to a caller that is gone it writes nothing
    }

    private static int HttpStatusOf(StatusCode code) => code switch
    {
        StatusCode.OK => StatusCodes.Status200OK,
        StatusCode.Cancelled => StatusCodes.Status499ClientClosedRequest,
        StatusCode.InvalidArgument or StatusCode.FailedPrecondition or StatusCode.OutOfRange => StatusCodes.Status400BadRequest,
        StatusCode.Unauthenticated => StatusCodes.Status401Unauthorized,
        StatusCode.PermissionDenied => StatusCodes.Status403Forbidden,
        StatusCode.NotFound => StatusCodes.Status404NotFound,
        StatusCode.AlreadyExists or StatusCode.Aborted => StatusCodes.Status409Conflict,
        StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        StatusCode.Unimplemented => StatusCodes.Status501NotImplemented,
        StatusCode.Unavailable => StatusCodes.Status503ServiceUnavailable,
        StatusCode.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
