using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Writes Server-Sent Events as the protocol of graphql-sse has them.</summary>
/// <param name="context">Where they go.</param>
/// <param name="isForOne">Whether the stream is of one operation, whose name is not told then.</param>
internal sealed class EventStreamWriter(HttpContext context, bool isForOne) : ILiveWriter
{
    private static readonly byte[] Comment = ":\n\n"u8.ToArray();

    /// <summary>With data, for a browser's EventSource tells no event without.</summary>
    private static readonly byte[] Completion = "event: complete\ndata: \n\n"u8.ToArray();

    private volatile bool isSilentForLong;

    /// <summary>Writes the headers, so that the client knows that it is heard before there is anything to tell.</summary>
    public async Task BeginAsync()
    {
        var response = context.Response;
        response.ContentType = MediaTypes.EventStream + "; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept, Accept-Encoding";

        // Else nginx gathers events before it sends them on.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        if (!Methods.IsHead(context))
            await WriteAsync(Comment);
    }

    /// <inheritdoc/>
    public ValueTask NextAsync(string id, Answer answer)
        => WriteAsync(isForOne ? answer.Event : Event("next", $$"""{"id":{{JsonSerializer.Serialize(id)}},"payload":""", answer.Json));

    /// <inheritdoc/>
    public async ValueTask RefuseAsync(string id, Answer answer)
    {
        await NextAsync(id, answer);
        await CompleteAsync(id);
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string id)
        => WriteAsync(isForOne ? Completion : Event("complete", $$"""{"id":{{JsonSerializer.Serialize(id)}}""", []));

    /// <inheritdoc/>
    public void KeepAlive() => isSilentForLong = true;

    /// <inheritdoc/>
    public ValueTask ControlAsync()
    {
        if (!isSilentForLong)
            return default;
        isSilentForLong = false;
        return WriteAsync(Comment);
    }

    /// <summary>An event whose data is an object, all but its last brace.</summary>
    private static byte[] Event(string name, string head, byte[] tail)
    {
        var text = System.Text.Encoding.UTF8.GetBytes($"event: {name}\ndata: {head}");
        return [.. text, .. tail, .. "}\n\n"u8];
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes) => context.Response.Body.WriteAsync(bytes, context.RequestAborted);
}
