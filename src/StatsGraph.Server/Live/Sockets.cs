using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Opens WebSockets of the protocol graphql-transport-ws.</summary>
internal sealed class Sockets(
    LiveOperations operations, LiveConnections connections, GraphQLEndpoint answers, OtherSites others, ServerOptions options,
    TimeProvider clock)
{
    private const string Protocol = "graphql-transport-ws";

    /// <summary>Takes a handshake, and serves the socket until it is closed.</summary>
    public async Task AcceptAsync(HttpContext context)
    {
        if (others.SocketFault(context.Request) is { } fault)
        {
            await answers.RefuseAsync(context, fault);
            return;
        }

        var standing = Standing.Of(context);
        var opener = OtherSites.IsOwn(context.Request) ? standing : standing.WithoutCookie();
        using var connection = new LiveConnection(opener, options.Live, clock) { ClosesByItself = true, Abort = context.Abort };
        SocketSession? session = null;
        using var entry = connections.TryAdd(connection, () => session?.LookAfter(), out var full);
        if (entry is null)
        {
            await answers.RefuseAsync(context, full!);
            return;
        }

        var isKnown = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);

        // Signs of life are the protocol's own: the framework's would have a timer for each socket.
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isKnown ? Protocol : null,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });
        standing.Dispose();
        EventStreams.LastsLong(context);
        session = new SocketSession(context, socket, connection, operations, options.Live, options.Limits.MaximumBytes, clock);
        await (isKnown ? session.RunAsync() : session.CloseAsync(SocketClose.NotAcceptable));
    }
}
