using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using StatsGraph.Tests.Some;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>The server as a process that speaks TLS, with certificates as certbot lays them.</summary>
public sealed class HttpsTests
{
    private static readonly (string Name, string Value)[] Variables =
        [("STATSGRAPH_Server__Certificate", "live/fullchain.pem"), ("STATSGRAPH_Server__CertificateKey", "live/privkey.pem")];

    [Fact]
    public async Task It_serves_a_renewed_certificate_without_a_restart_and_keeps_it_when_the_next_is_damaged()
    {
        using var folder = new TemporaryFolder();
        using var first = new SomeCertificate();
        using var second = new SomeCertificate();
        Lay(folder, "1", first.Chain, first.Key);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "https://127.0.0.1:0"], Variables);
        var home = await ServeTests.AddressAsync(server);
        Assert.Equal(Uri.UriSchemeHttps, home.Scheme);
        using var client = SomeClient.From("127.0.0.1", home, first.Trust());
        Assert.Equal("live\n", await client.GetStringAsync(new Uri("health/live", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(first.Thumbprint, await ThumbprintAsync(home, first.Trust(second)));

        Lay(folder, "2", second.Chain, second.Key);
        await UntilAsync(async () => await ThumbprintAsync(home, first.Trust(second)) == second.Thumbprint);
        Lay(folder, "3", first.Chain, second.Key);
        await Task.Delay(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(second.Thumbprint, await ThumbprintAsync(home, second.Trust()));
        var end = await server.TerminateAsync();
        Assert.Equal(0, end.ExitStatus);
        Assert.Contains(
            $"The certificate stays the one that was read before: setting Server:CertificateKey: '{folder["live/privkey.pem"]}' holds no private key of the "
            + $"first certificate in '{folder["live/fullchain.pem"]}': ",
            Assert.Single(end.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_does_not_start_with_a_certificate_that_it_cannot_use()
    {
        using var folder = new TemporaryFolder();
        var missing = await StatsGraphProcess.RunAsync(folder, ["serve", "--urls", "https://127.0.0.1:0"], "", Variables);
        Assert.Equal(1, missing.ExitStatus);
        Assert.StartsWith(
            $"statsgraph: setting Server:Certificate: '{folder["live/fullchain.pem"]}' cannot be read: ",
            Assert.Single(missing.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        var none = await StatsGraphProcess.RunAsync(folder, ["serve", "--urls", "https://127.0.0.1:5443"]);
        Assert.Equal(
            (2, "statsgraph: option '--urls': 'https://127.0.0.1:5443' asks for https, which needs a certificate: name its PEM files in the settings Server:Certificate and "
                + "Server:CertificateKey\n"),
            (none.ExitStatus, none.Error));
    }

    [Fact]
    public async Task It_starts_with_one_that_has_expired_and_warns()
    {
        using var folder = new TemporaryFolder();
        using var expired = new SomeCertificate(notAfter: -2);
        Lay(folder, "1", expired.Chain, expired.Key);
        using var server = StatsGraphProcess.Start(folder, ["serve", "--urls", "https://127.0.0.1:0"], Variables);
        var home = await ServeTests.AddressAsync(server);
        using var client = SomeClient.From("127.0.0.1", home, expired.Trust());
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("health/live", UriKind.Relative), TestContext.Current.CancellationToken));
        var end = await server.TerminateAsync();
        Assert.Equal(0, end.ExitStatus);
        Assert.Contains(
            $"The certificate in {folder["live/fullchain.pem"]} has expired on ", Assert.Single(end.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_other_servers_are_configured_by_opens_no_address_and_has_no_proxy_believed()
    {
        using var folder = new TemporaryFolder();
        var port = Proxy.Nginx.FreePort();
        using var server = StatsGraphProcess.Start(
            folder, ["serve", "--urls", "http://127.0.0.1:0"], ("ASPNETCORE_FORWARDEDHEADERS_ENABLED", "true"),
            ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}"), ("ASPNETCORE_Kestrel__Endpoints__Other__Url", $"http://127.0.0.1:{port}"));
        using var client = new HttpClient { BaseAddress = await ServeTests.AddressAsync(server) };
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live");
        request.Headers.Add("X-Forwarded-For", "198.51.100.1");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        using var socket = new TcpClient();
        await Assert.ThrowsAsync<SocketException>(() => socket.ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken).AsTask());
        await server.TerminateAsync();
    }

    /// <summary>Writes a renewal beside the others and has <c>live</c> lead to it.</summary>
    private static void Lay(TemporaryFolder folder, string name, string chain, string key)
    {
        Directory.CreateDirectory(folder[name]);
        folder.Write($"{name}/fullchain.pem", chain);
        folder.Write($"{name}/privkey.pem", key);
        File.CreateSymbolicLink(folder["new"], folder[name]);
        if (Directory.Exists(folder["live"]))
        {
            File.Delete(folder["live"]);
        }

        Directory.Move(folder["new"], folder["live"]);
    }

    private static async Task<string> ThumbprintAsync(Uri home, SslClientAuthenticationOptions trust)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, home.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(socket.GetStream());
        trust.TargetHost = SomeCertificate.Name;
        await stream.AuthenticateAsClientAsync(trust, TestContext.Current.CancellationToken);
        return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await isSo())
        {
            await Task.Delay(100, deadline.Token);
        }
    }
}
