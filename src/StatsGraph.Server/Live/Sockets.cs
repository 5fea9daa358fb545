using Microsoft.AspNetCore.Http;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Live;

/// <summary>Opens WebSockets of the protocol graphql-transport-ws.</summary>
internal sealed class Sockets(
    LiveOperations operations, LiveConnections connections, GraphQLEndpoint answers, OtherSites others, TokenReader? tokens, ServerOptions options,
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

        var caller = Caller.Of(context);
        using var connection = new LiveConnection(caller, options.Live, clock) { ClosesByItself = true, Abort = context.Abort };
        SocketSession? session = null;
        using var entry = connections.TryAdd(connection, LiveOperations.WhoOf(context, caller), () => session?.LookAfter(), out var limit);
        if (entry is null)
        {
            await answers.RefuseAsync(context, LiveOperations.TooMany(limit));
            return;
        }

        var isKnown = context.WebSockets.WebSocketRequestedProtocols.Contains(Protocol);

        // Signs of life are the protocol's own: the framework's would have a timer for each socket.
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext
        {
            SubProtocol = isKnown ? Protocol : null,
            KeepAliveInterval = Timeout.InfiniteTimeSpan,
        });
        session = new SocketSession(context, socket, connection, operations, tokens, options.Live, options.Limits.MaximumBytes, clock);
        await (isKnown ? session.RunAsync() : session.CloseAsync(SocketClose.NotAcceptable));
    }
}
