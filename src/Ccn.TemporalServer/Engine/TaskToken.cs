using Google.Protobuf;

namespace Ccn.TemporalServer.Engine;

/// <summary>What a worker hands back to say which attempt of which task it answers. Opaque on the wire.</summary>
/// <param name="Kind">What was handed out.</param>
/// <param name="NamespaceId">Namespace id.</param>
/// <param name="WorkflowId">Workflow ID.</param>
/// <param name="RunId">Run ID.</param>
/// <param name="ScheduledEventId">Scheduled event of the task; for a query its number.</param>
/// <param name="Attempt">Attempt of the task.</param>
/// <param name="Stamp">Number of this hand-out; an older one is stale.</param>
internal sealed record TaskToken(TaskKind Kind, string NamespaceId, string WorkflowId, string RunId, long ScheduledEventId, int Attempt, long Stamp)
{
    private const byte Version = 1;

    /// <summary>Writes the token.</summary>
    public ByteString ToBytes()
    {
        using var buffer = new MemoryStream(96 + WorkflowId.Length);
        using (var writer = new BinaryWriter(buffer))
        {
            writer.Write(Version);
            writer.Write((byte)Kind);
            writer.Write(NamespaceId);
            writer.Write(WorkflowId);
            writer.Write(RunId);
            writer.Write(ScheduledEventId);
            writer.Write(Attempt);
            writer.Write(Stamp);
        }

        return ByteString.CopyFrom(buffer.ToArray());
    }

    /// <summary>Reads a token of the wanted kind; refuses an empty or foreign one as the real server does.</summary>
    public static TaskToken Parse(ByteString bytes, TaskKind kind)
    {
        if (bytes.IsEmpty)
        {
            throw Refusal.Invalid("Task token not set on request.");
        }

        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToByteArray()));
            if (reader.ReadByte() == Version && reader.ReadByte() == (byte)kind)
            {
                return new(kind, reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadInt64(), reader.ReadInt32(), reader.ReadInt64());
            }
        }
        catch (IOException)
        {
            // cut short or garbled: refused below like any other foreign token
        }
        catch (FormatException)
        {
            // a garbled length prefix
        }

        throw Refusal.Invalid("Error deserializing task token.");
    }
}

/// <summary>What a task token stands for.</summary>
internal enum TaskKind : byte
{
    /// <summary>A workflow task.</summary>
    Workflow = 1,

    /// <summary>An attempt of an activity.</summary>
    Activity = 2,

    /// <summary>A query that travels alone.</summary>
    Query = 3,
}
