using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Writes the messages of graphql-transport-ws.</summary>
/// <param name="socket">Where they go.</param>
internal sealed class SocketWriter(WebSocket socket) : ILiveWriter
{
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();

    private readonly Lock gate = new();
    private readonly Queue<byte[]> refusals = [];
    private byte[]? acknowledgement;
    private byte[]? pong;
    private bool needsPing;

    /// <summary>How many operations were refused that the client has not been told of.</summary>
    public int Refusals
    {
        get
        {
            lock (gate)
                return refusals.Count;
        }
    }

    /// <summary>Has the next <see cref="ControlAsync"/> say that the connection is there.</summary>
    public void Acknowledge()
    {
        lock (gate)
            acknowledgement = """{"type":"connection_ack"}"""u8.ToArray();
    }

    /// <summary>Has it answer the latest ping.</summary>
    public void Answer(JsonElement payload)
    {
        lock (gate)
        {
            pong = payload.ValueKind == JsonValueKind.Object
                ? [.. """{"type":"pong","payload":"""u8, .. JsonSerializer.SerializeToUtf8Bytes(payload), .. "}"u8]
                : """{"type":"pong"}"""u8.ToArray();
        }
    }

    /// <summary>Has it say why there is no operation of a name.</summary>
    public void Refuse(string id, Answer answer)
    {
        lock (gate)
            refusals.Enqueue(ErrorOf(id, answer));
    }

    /// <inheritdoc/>
    public void KeepAlive()
    {
        lock (gate)
            needsPing = true;
    }

    /// <inheritdoc/>
    public async ValueTask ControlAsync()
    {
        while (Take() is { } message)
            await SendAsync(message);
    }

    /// <inheritdoc/>
    public async ValueTask NextAsync(string id, Answer answer)
    {
        byte[] head = [.. Head(id, "next"), .. ",\"payload\":"u8];
        var length = head.Length + answer.Json.Length + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            head.CopyTo(buffer, 0);
            answer.Json.CopyTo(buffer, head.Length);
            buffer[length - 1] = (byte)'}';
            await SendAsync(buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <inheritdoc/>
    public ValueTask RefuseAsync(string id, Answer answer) => SendAsync(ErrorOf(id, answer));

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string id) => SendAsync((byte[])[.. Head(id, "complete"), .. "}"u8]);

    private static byte[] ErrorOf(string id, Answer answer)
    {
        using var json = JsonDocument.Parse(answer.Json);
        var errors = Encoding.UTF8.GetBytes(json.RootElement.GetProperty("errors").GetRawText());
        return [.. Head(id, "error"), .. ",\"payload\":"u8, .. errors, .. "}"u8];
    }

    private static byte[] Head(string id, string type)
        => [.. "{\"id\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(id), .. ",\"type\":"u8, .. JsonSerializer.SerializeToUtf8Bytes(type)];

    private byte[]? Take()
    {
        lock (gate)
        {
            byte[]? message;
            if (acknowledgement is not null)
                (message, acknowledgement) = (acknowledgement, null);
            else if (pong is not null)
                (message, pong) = (pong, null);
            else if (needsPing)
                (message, needsPing) = (Ping, false);
            else
                refusals.TryDequeue(out message);
            return message;
        }
    }

    private ValueTask SendAsync(ReadOnlyMemory<byte> message)
        => socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
