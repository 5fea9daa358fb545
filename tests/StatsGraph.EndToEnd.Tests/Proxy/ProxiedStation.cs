using System.Text.RegularExpressions;
using StatsGraph.Tests.Some;

namespace StatsGraph.EndToEnd.Tests.Proxy;

/// <summary>
/// Servers that believe 127.0.0.1, and before them a real nginx with the configuration that the README shows: at the root, under <c>/stats/</c>,
/// which it keeps, and under <c>/radio/</c>, which it takes away; and that once more without TLS, for a browser that knows no authority.
/// </summary>
public sealed partial class ProxiedStation : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private readonly TemporaryFolder nginxFolder = new();
    private readonly SomeCertificate certificate = new();
    private readonly Dictionary<string, Uri> homes = [];
    private readonly List<StatsGraphProcess> servers = [];
    private Nginx? nginx;

    /// <summary>A token that reads everything.</summary>
    public string Token { get; private set; } = "";

    /// <summary>The server behind the root, past nginx.</summary>
    public Uri Direct { get; private set; } = null!;

    /// <summary>Where browsers see the start page, by the path of nginx; <c>plain</c> is the one without TLS.</summary>
    public Uri Home(string path) => homes[path];

    /// <summary>A client of nginx.</summary>
    /// <param name="path">The path of nginx that its addresses are relative to.</param>
    /// <param name="address">Where it comes from, one of 127.0.0.0/8.</param>
    public HttpClient Client(string path, string address) => SomeClient.From(address, Home(path), certificate.Trust());

    public async ValueTask InitializeAsync()
    {
        if (Nginx.Missing is not null)
        {
            return;
        }

        folder.Write("access.log", SomeLog.Sessions(6));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "--site", "radio", "access.log"]);
        Token = await AccessTests.AddAsync(folder, "--scope", "read");
        Direct = await StartAsync();
        var kept = await StartAsync(("STATSGRAPH_Server__PathBase", "/stats"));
        nginxFolder.Write("fullchain.pem", certificate.Chain);
        nginxFolder.Write("privkey.pem", certificate.Key);
        var (map, server) = Shown();
        var blocks = new[]
        {
            Block("/", server, Direct),
            Block("/stats/", server.Replace("location / {", "location /stats/ {", StringComparison.Ordinal), kept),
            Block("/radio/", Stripped(server), Direct),
            Block("plain", WithoutTls(Stripped(server)), Direct),
        };
        nginx = await Nginx.StartAsync(
            nginxFolder, map + string.Concat(blocks), [.. homes.Values.Select(home => home.Port)], TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (nginx is not null)
        {
            await nginx.DisposeAsync();
        }

        servers.ForEach(server => server.Dispose());
        certificate.Dispose();
        nginxFolder.Dispose();
        folder.Dispose();
    }

    private static string Stripped(string server) => Replaced(
        Replaced(Replaced(server, "location / {", "location /radio/ {"), "http://127.0.0.1:5080;", "http://127.0.0.1:5080/;"),
        "X-Forwarded-Prefix \"\";", "X-Forwarded-Prefix /radio;");

    private static string WithoutTls(string server) => Certificates().Replace(Replaced(server, "443 ssl", "443"), "");

    private static (string Map, string Server) Shown()
    {
        var block = Fence().Match(File.ReadAllText(Repository.Folder("README.md"))).Groups["text"].Value;
        var server = block.IndexOf("server {", StringComparison.Ordinal);
        return (block[..server], block[server..]);
    }

    private static string Replaced(string text, string shown, string tested)
        => text.Contains(shown, StringComparison.Ordinal) ? text.Replace(shown, tested, StringComparison.Ordinal)
            : throw new InvalidOperationException($"the README's configuration has no '{shown}'");

    private async Task<Uri> StartAsync(params (string Name, string Value)[] environment)
    {
        var server = StatsGraphProcess.Start(
            folder, ["serve", "--urls", "http://127.0.0.1:0"], [("STATSGRAPH_Server__Proxies__0", "127.0.0.1"), .. environment]);
        servers.Add(server);
        return await ServeTests.AddressAsync(server);
    }

    private string Block(string path, string server, Uri target)
    {
        var port = Nginx.FreePort();
        var isPlain = path == "plain";
        homes[path] = new Uri(isPlain ? $"http://127.0.0.1:{port}/radio/" : $"https://{SomeCertificate.Name}:{port}{path}");
        var tested = Replaced(Replaced(server, "listen 443", $"listen 127.0.0.1:{port}"), "http://127.0.0.1:5080", "http://" + target.Authority);
        return isPlain ? tested : Replaced(tested, "/etc/letsencrypt/live/stats.example.org/", nginxFolder.Path + "/");
    }

    [GeneratedRegex(@"^```nginx\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^ *ssl_certificate.*$", RegexOptions.Multiline)]
    private static partial Regex Certificates();
}
