using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace StatsGraph.Tests.Some;

/// <summary>Makes clients that a server tells apart: their connections come from addresses of their own, all of this machine.</summary>
public static class SomeClient
{
    /// <summary>A client that follows no redirect and keeps no cookies.</summary>
    /// <param name="address">Where its connections come from, one of 127.0.0.0/8.</param>
    /// <param name="server">What its addresses are relative to.</param>
    /// <param name="tls">What it accepts over https.</param>
    public static HttpClient From(string address, Uri server, SslClientAuthenticationOptions? tls = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = async (connection, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                    await socket.ConnectAsync(IPAddress.Loopback, connection.DnsEndPoint.Port, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        if (tls is not null)
        {
            handler.SslOptions = tls;
        }

        return new HttpClient(handler) { BaseAddress = server };
    }
}
