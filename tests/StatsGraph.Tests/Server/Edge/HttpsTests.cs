using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using StatsGraph.Server;
using StatsGraph.Server.Edge;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>TLS of a running server, with clients that know a root and nothing else.</summary>
public sealed class HttpsTests : IAsyncLifetime
{
    private readonly SomeStation station = new();
    private readonly SomeCertificate certificate = new();
    private readonly SomeCertificateFiles files = new();
    private WebApplication app = null!;

    private Uri Address => new(app.Urls.Single());

    public async ValueTask InitializeAsync()
    {
        app = StatsGraphServer.Build(Options("https://127.0.0.1:0", files.With(certificate).Files), station.Store);
        await app.StartAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        station.Dispose();
        certificate.Dispose();
        files.Dispose();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, "1.1")]
    [InlineData(SslProtocols.Tls12, "2.0")]
    [InlineData(SslProtocols.Tls13, "1.1")]
    [InlineData(SslProtocols.Tls13, "2.0")]
    public async Task It_answers_with_the_whole_chain_over_each_version(SslProtocols protocol, string http)
    {
        var trust = certificate.Trust();
        trust.EnabledSslProtocols = protocol;
        using var client = SomeClient.From("127.0.0.1", Address, trust);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={__typename}")
        {
            Version = new Version(http),
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Null(HeaderTests.Of(response, "Strict-Transport-Security"));
    }

    [Fact]
    public async Task Older_versions_and_plain_text_are_refused()
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();

        // A greeting that asks for TLS 1.1, with one suite of that time. What answers is an alert (21), and no greeting (22).
        byte[] hello =
            [22, 3, 1, 0, 45, 1, 0, 0, 41, 3, 2, .. new byte[32], 0, 0, 2, 0xC0, 0x13, 1, 0];
        await stream.WriteAsync(hello, TestContext.Current.CancellationToken);
        var answer = new byte[7];
        await stream.ReadExactlyAsync(answer, TestContext.Current.CancellationToken);
        const byte ProtocolVersion = 70;
        Assert.Equal((21, 2, ProtocolVersion), (answer[0], answer[5], answer[6]));

        using var plain = new HttpClient { BaseAddress = new UriBuilder(Address) { Scheme = "http" }.Uri };
        await Assert.ThrowsAsync<HttpRequestException>(() => plain.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_renewed_certificate_is_served_within_seconds_while_the_old_connection_goes_on()
    {
        using var renewed = new SomeCertificate();
        using var client = SomeClient.From("127.0.0.1", Address, certificate.Trust());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        files.Linked(renewed);
        var began = TimeProvider.System.GetTimestamp();
        while (await ThumbprintAsync(certificate.Trust(renewed)) != renewed.Thumbprint)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20), "the old certificate is still served");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(client));
        using var outdated = SomeClient.From("127.0.0.1", Address, certificate.Trust());
        await Assert.ThrowsAsync<HttpRequestException>(() => StatusAsync(outdated));
        using var other = SomeClient.From("127.0.0.1", Address, renewed.Trust());
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(other));

        files.With("half a certif", certificate.Key);
        await Task.Delay(4 * LiveCertificate.Interval, TestContext.Current.CancellationToken);
        Assert.Equal(renewed.Thumbprint, await ThumbprintAsync(renewed.Trust()));
    }

    [Fact]
    public async Task Browsers_that_come_by_its_name_are_told_to_go_on_by_https()
    {
        using var client = SomeClient.From("127.0.0.1", new Uri($"https://{SomeCertificate.Name}:{Address.Port}/"), certificate.Trust());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        using var refused = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("max-age=2592000", HeaderTests.Of(refused, "Strict-Transport-Security"));
    }

    [Fact]
    public void Without_a_certificate_there_is_no_https_and_without_https_none_is_read()
    {
        var missing = Assert.Throws<FormatException>(() => StatsGraphServer.Build(Options("http://127.0.0.1:0;https://127.0.0.1:0", null), station.Store));
        Assert.Equal(
            "'https://127.0.0.1:0' asks for https, which needs a certificate: name its PEM files in the settings Server:Certificate and Server:CertificateKey",
            missing.Message);
        var nowhere = new CertificateFiles("/nowhere/a.pem", "/nowhere/b.pem");
        var unreadable = Assert.Throws<CertificateException>(() => StatsGraphServer.Build(Options("https://127.0.0.1:0", nowhere), station.Store));
        Assert.StartsWith("setting Server:Certificate: '/nowhere/a.pem' cannot be read: ", unreadable.Message, StringComparison.Ordinal);
        ((IDisposable)StatsGraphServer.Build(Options("http://127.0.0.1:0", nowhere), station.Store)).Dispose();
    }

    private static ServerOptions Options(string urls, CertificateFiles? files)
        => new() { Urls = urls, Certificate = files, LogLevel = Microsoft.Extensions.Logging.LogLevel.None };

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client)
    {
        using var response = await client.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private async Task<string> ThumbprintAsync(SslClientAuthenticationOptions trust)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = new SslStream(socket.GetStream());
        trust.TargetHost = SomeCertificate.Name;
        await stream.AuthenticateAsClientAsync(trust, TestContext.Current.CancellationToken);
        return ((X509Certificate2)stream.RemoteCertificate!).Thumbprint;
    }
}
