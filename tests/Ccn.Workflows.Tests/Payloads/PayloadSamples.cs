using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Ccn.Domain.Events;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace Ccn.Workflows.Tests.Payloads;

/// <summary>Every record that crosses a workflow's border, with a made-up value whose members are all set.</summary>
internal static class PayloadSamples
{
    private static readonly DateTimeOffset Instant = new(2026, 12, 1, 9, 30, 0, TimeSpan.Zero);

    /// <summary>Inputs and results of workflows, updates, signals, queries and activities, and each kind of business event.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. WorkflowMethods().Concat(ActivityMethods())
        .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
        .Select(Unwrap).Where(type => type.Namespace?.StartsWith("Ccn.", StringComparison.Ordinal) is true)
        .Concat(EventKinds()).Where(type => type != typeof(EventData)).Distinct().OrderBy(type => type.FullName, StringComparer.Ordinal)];

    public static object Make(Type type) => Value(type, "value")!;

    private static IEnumerable<Type> EventKinds() => typeof(EventData).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);

    private static IEnumerable<MethodInfo> WorkflowMethods() => CcnWorkflows.All.SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttributes().Any(attribute => attribute is WorkflowRunAttribute or WorkflowUpdateAttribute or WorkflowSignalAttribute) || method.Name == "get_Status");

    private static IEnumerable<MethodInfo> ActivityMethods() => typeof(CcnWorkflows).Assembly.GetExportedTypes().Where(type => type.IsInterface)
        .SelectMany(type => type.GetMethods()).Where(method => method.GetCustomAttribute<ActivityAttribute>() is not null);

    private static Type Unwrap(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) { return underlying; }

        return type.IsGenericType ? Unwrap(type.GetGenericArguments()[0]) : type;
    }

    private static object? Value(Type type, string name)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) { return Value(underlying, name); }
        if (type == typeof(string)) { return name == "currency" ? "USD" : name; }
        if (type == typeof(int)) { return 7; }
        if (type == typeof(long)) { return 1_999L; }
        if (type == typeof(bool)) { return true; }
        if (type == typeof(double)) { return 4.5; }
        if (type == typeof(decimal)) { return 2.5m; }
        if (type == typeof(DateTimeOffset)) { return Instant; }
        if (type == typeof(TimeSpan)) { return TimeSpan.FromHours(36); }
        if (type.IsEnum) { return Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1); }
        if (type == typeof(EventData)) { return new DesignPublished(); }
        if (type.IsGenericType && type.GetGenericArguments() is [var element]) { return List(element, name); }

        var constructor = type.GetConstructors().OrderByDescending(candidate => candidate.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, Camel(parameter.Name!)))]);
    }

    private static object List(Type element, string name)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(element))!;
        list.Add(Value(element, name));
        return list;
    }

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
