using System.Globalization;
using Ccn.TemporalServer.Hosting;
using Ccn.TemporalServer.Namespaces;
using Ccn.TemporalServer.Wire;
using Google.Protobuf.Reflection;
using Temporalio.Api.Enums.V1;

namespace Ccn.TemporalServer.Visibility;

/// <summary>Checks the values of a query against the type of their attribute, and converts them to what stores compare.</summary>
internal static class QueryValues
{
    /// <summary>Both spellings of a status: <c>TimedOut</c> and <c>WORKFLOW_EXECUTION_STATUS_TIMED_OUT</c>.</summary>
    private static readonly Dictionary<string, long> Statuses = Enum.GetValues<WorkflowExecutionStatus>()
        .Where(s => s != WorkflowExecutionStatus.Unspecified)
        .SelectMany(s => new[] { KeyValuePair.Create(s.ToString(), (long)s), KeyValuePair.Create(LongName(s), (long)s) })
        .ToDictionary(StringComparer.Ordinal);

    /// <summary>The value as stores compare it.</summary>
    /// <param name="field">Attribute it is compared with.</param>
    /// <param name="value">String, long, double or bool, as written.</param>
    public static object Convert(VisibilityField field, object value) => (field.Name, field.Type, value) switch
    {
        ("ExecutionStatus", _, _) => Status(value),
        ("ExecutionDuration", _, _) => DurationNanoseconds(field, value),
        (_, IndexedValueType.Keyword or IndexedValueType.Text or IndexedValueType.KeywordList, string) => value,
        (_, IndexedValueType.Int, long or double) => value,
        (_, IndexedValueType.Double, long whole) => (double)whole,
        (_, IndexedValueType.Double, double) => value,
        (_, IndexedValueType.Bool, bool) => value,
        (_, IndexedValueType.Datetime, string text) => SearchAttributeValues.TryParseInstant(text, out var instant)
            ? instant
            : throw InvalidExpression($"unable to parse datetime '{text}'"),
        (_, IndexedValueType.Datetime, long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick),
        _ => throw InvalidExpression($"invalid value type for search attribute {field.Name} of type {field.Type}: {Shown(value)}"),
    };

    private static string LongName(WorkflowExecutionStatus status) =>
        typeof(WorkflowExecutionStatus).GetField(status.ToString())!.GetCustomAttributes(inherit: false).OfType<OriginalNameAttribute>().Single().Name;

    private static object Status(object value) => value switch
    {
        string name when Statuses.TryGetValue(name, out var status) => status,
        long => value,
        _ => throw InvalidExpression($"invalid ExecutionStatus value '{System.Convert.ToString(value, CultureInfo.InvariantCulture)}'"),
    };

    /// <summary>Nanoseconds, <c>1h30m</c> or <c>hh:mm:ss</c>.</summary>
    private static long DurationNanoseconds(VisibilityField field, object value)
    {
        if (value is long nanoseconds
            || (value is string text
                && (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out nanoseconds)
                    || GoDuration.TryParse(text, out nanoseconds)
                    || TryParseClock(text, out nanoseconds))))
        {
            return nanoseconds;
        }

        throw InvalidExpression($"invalid duration value for search attribute {field.Name}: {System.Convert.ToString(value, CultureInfo.InvariantCulture)}");
    }

    /// <summary>Hours may be more than a day's.</summary>
    private static bool TryParseClock(string text, out long nanoseconds)
    {
        nanoseconds = 0;
        if (text.Split(':') is not [var h, var m, var s]
            || !int.TryParse(h, NumberStyles.None, CultureInfo.InvariantCulture, out var hours)
            || !int.TryParse(m, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            || !double.TryParse(s, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds)
            || minutes > 59 || seconds >= 60)
        {
            return false;
        }

        nanoseconds = (long)((((hours * 60.0) + minutes) * 60 + seconds) * 1e9);
        return true;
    }

    private static string Shown(object value) => value switch
    {
        string text => $"\"{text}\" (type: string)",
        long number => string.Create(CultureInfo.InvariantCulture, $"{number} (type: int64)"),
        double number => string.Create(CultureInfo.InvariantCulture, $"{number} (type: float64)"),
        _ => $"{((bool)value ? "true" : "false")} (type: bool)",
    };

    private static RpcFailure InvalidExpression(string why) => QueryParser.Invalid("invalid expression: " + why);
}
