using Ccn.Domain;
using Temporalio.Converters;

namespace Ccn.Workflows;

/// <summary>The one payload format, for clients, workers, replayers and tests: JSON with camelCase names and enums as strings. Frozen: histories are read with it for years.</summary>
/// <remarks>Members of payload records are only added, always with a default; a new enum member is read one release before it is written.</remarks>
public sealed class CcnPayloadConverter() : DefaultPayloadConverter(CcnJson.Options)
{
    /// <summary>The data converter that every client, worker and replayer is given. No codec: payloads hold neither card nor personal data.</summary>
    public static DataConverter DataConverter { get; } = DataConverter.Default with { PayloadConverter = new CcnPayloadConverter() };
}
