using System.Net;
using System.Text;
using StatsGraph.EndToEnd.Tests.Proxy;

namespace StatsGraph.EndToEnd.Tests.Browser.Dashboard;

/// <summary>
/// A station's own page: its server, which is called by two names and is two origins therefore, answers each path with a frame of the address
/// that the query string says.
/// </summary>
public sealed class FramingPage : IDisposable
{
    private readonly HttpListener listener = new();
    private readonly int port = Nginx.FreePort();

    public FramingPage()
    {
        listener.Prefixes.Add(Named("localhost") + "/");
        listener.Prefixes.Add(Named("127.0.0.1") + "/");
        listener.Start();
        _ = AnswerAsync();
    }

    /// <summary>Its origin by a name.</summary>
    public string Named(string name) => FormattableString.Invariant($"http://{name}:{port}");

    /// <inheritdoc/>
    public void Dispose() => listener.Close();

    private async Task AnswerAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                var address = WebUtility.HtmlEncode(Uri.UnescapeDataString(context.Request.Url!.Query.TrimStart('?')));
                context.Response.ContentType = "text/html";
                context.Response.Close(
                    Encoding.UTF8.GetBytes($"<!doctype html><title>Radio</title><iframe src=\"{address}\" width=800 height=600 onload=\"window.framed = true\"></iframe>"),
                    willBlock: false);
            }
            catch (Exception closed) when (closed is ObjectDisposedException or HttpListenerException)
            {
                return;
            }
        }
    }
}
