using Google.Protobuf;
using Grpc.Core;

namespace Ccn.TemporalServer.Wire;

/// <summary>Reads and writes messages straight from and into the buffers of the connection.</summary>
internal static class Marshalling
{
    /// <summary>The marshaller of a message type.</summary>
    public static Marshaller<T> Of<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return new Marshaller<T>(Write, context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }

    private static void Write<T>(T message, SerializationContext context)
        where T : class, IMessage<T>
    {
        context.SetPayloadLength(message.CalculateSize());
        message.WriteTo(context.GetBufferWriter());
        context.Complete();
    }
}
