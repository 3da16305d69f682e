using Google.Protobuf.Reflection;
using Temporalio.Api.Dependencies.Google.Api;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Ccn.TemporalServer.Json;

/// <summary>One way to call an RPC over HTTP, as the <c>google.api.http</c> annotation of its descriptor gives it.</summary>
/// <param name="Verb">HTTP method.</param>
/// <param name="Segments">Parts of the path; <c>{field}</c> or <c>{message.field}</c> stands for a value of the request.</param>
/// <param name="HasBody">The request is the body and the path; otherwise it is the query string and the path.</param>
/// <param name="Method">The RPC.</param>
internal sealed record HttpRoute(string Verb, IReadOnlyList<string> Segments, bool HasBody, MethodDescriptor Method)
{
    /// <summary>What every path of the JSON API begins with.</summary>
    public const string Prefix = "/api/v1/";

    /// <summary>The routes of some services below <see cref="Prefix"/>, the most literal first: it is the one that is meant.</summary>
    public static IReadOnlyList<HttpRoute> Of(IEnumerable<ServiceDescriptor> services) =>
    [
        .. from method in services.SelectMany(service => service.Methods)
           let rule = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
           where rule is not null
           from binding in rule.AdditionalBindings.Prepend(rule)
           let route = From(binding, method)
           where route is not null
           orderby route.Segments.Count(IsVariable)
           select route,
    ];

    /// <summary>Whether a part of a path is the value of a field.</summary>
    public static bool IsVariable(string segment) => segment[0] == '{';

    /// <summary>Whether the unescaped parts of a request's path are of this route.</summary>
    public bool Matches(IReadOnlyList<string> path) =>
        path.Count == Segments.Count && Segments.Zip(path).All(pair => IsVariable(pair.First) || pair.First == pair.Second);

    private static HttpRoute? From(HttpRule rule, MethodDescriptor method)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            _ => ("", ""),
        };
        return path.StartsWith(Prefix, StringComparison.Ordinal) ? new(verb, path[Prefix.Length..].Split('/'), rule.Body == "*", method) : null;
    }
}
