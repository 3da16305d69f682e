using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Ccn.Workflows.Tests.Payloads;

/// <summary>The stored JSON of each payload record.</summary>
internal static class PayloadGoldens
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Payloads", "Goldens");

    /// <summary>Writes the goldens of records that have none yet. One that exists is frozen: histories hold it.</summary>
    public static void Record(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var type in PayloadSamples.Types)
        {
            var file = Path.Combine(folder, NameOf(type));
            if (!File.Exists(file)) { File.WriteAllText(file, Json(PayloadSamples.Make(type)) + "\n"); }
        }
    }

    public static string NameOf(Type type) => type.FullName!["Ccn.".Length..] + ".json";

    /// <summary>The bytes a client or worker would send, as text.</summary>
    public static string Json(object value) => CcnPayloadConverter.DataConverter.PayloadConverter.ToPayload(value).Data.ToStringUtf8();

    public static object? Read(string json, Type type) => CcnPayloadConverter.DataConverter.PayloadConverter.ToValue(
        new Payload { Metadata = { ["encoding"] = Google.Protobuf.ByteString.CopyFromUtf8("json/plain") }, Data = Google.Protobuf.ByteString.CopyFromUtf8(json) }, type);
}
