using System.Buffers;
using System.Net.WebSockets;

namespace StatsGraph.Server.Live;

/// <summary>Reads whole messages. While none comes it holds no buffer.</summary>
/// <param name="socket">Where they come from.</param>
/// <param name="maximumBytes">Longest message.</param>
internal sealed class SocketReader(WebSocket socket, int maximumBytes)
{
    private const int ChunkBytes = 4 * 1024;

    /// <summary>The next message, or why there is none.</summary>
    /// <exception cref="WebSocketException">The client is gone.</exception>
    public async Task<(byte[]? Message, SocketClose? Close)> ReadAsync()
    {
        // Completes once there is something to read.
        var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (first.MessageType == WebSocketMessageType.Close)
            return (null, SocketClose.Done);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            return await ReadAsync(chunk);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private async Task<(byte[]? Message, SocketClose? Close)> ReadAsync(byte[] chunk)
    {
        using var message = new MemoryStream();
        while (true)
        {
            var received = await socket.ReceiveAsync(chunk.AsMemory(), CancellationToken.None);
            if (received.MessageType != WebSocketMessageType.Text)
                return (null, received.MessageType == WebSocketMessageType.Close ? SocketClose.Done : SocketClose.Invalid("Messages are text."));
            if (message.Length + received.Count > maximumBytes)
                return (null, SocketClose.TooLong(maximumBytes));
            message.Write(chunk, 0, received.Count);
            if (received.EndOfMessage)
                return (message.ToArray(), null);
        }
    }
}
