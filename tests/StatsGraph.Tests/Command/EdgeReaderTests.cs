using StatsGraph.Configuration;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

/// <summary>Settings of proxies and TLS, and on which addresses a server starts with them.</summary>
public sealed class EdgeReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Nobody_is_a_proxy_and_there_is_no_certificate_unless_they_are_named()
    {
        var settings = Read("{}");
        Assert.Equal((0, null, 30), (settings.Proxies.Count, settings.Certificate, settings.HstsDays));
        settings = Read("""
            "Proxies": ["127.0.0.1", "10.0.0.0/8", "fd00::/8"], "Certificate": "tls/fullchain.pem", "CertificateKey": "/etc/key.pem", "HstsDays": 0
            """);
        Assert.Equal(["127.0.0.1/32", "10.0.0.0/8", "fd00::/8"], settings.Proxies.Select(proxy => proxy.ToString()));
        Assert.Equal(new CertificateFiles(Path.Combine(folder.FullName, "tls/fullchain.pem"), "/etc/key.pem"), settings.Certificate);
        Assert.Equal(0, settings.HstsDays);
        Assert.Equal(new CertificateFiles("/etc/all.pem", "/etc/all.pem"), Read("\"Certificate\": \"/etc/all.pem\"").Certificate);
    }

    [Theory]
    [InlineData("\"Proxies\": [\"127.0.0.1\", \"10.1\"]",
        "setting Server:Proxies: '10.1' is neither an address nor a network; expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8")]
    [InlineData("\"Proxies\": [\"0.0.0.0/0\"]",
        "setting Server:Proxies: '0.0.0.0/0' is everybody, who could then pretend to be anybody; expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8")]
    [InlineData("\"Proxies\": \"127.0.0.1\"", "setting Server:Proxies: '127.0.0.1' is no list")]
    [InlineData("\"CertificateKey\": \"key.pem\"", "setting Server:CertificateKey: 'key.pem' is of no use without Server:Certificate")]
    [InlineData("\"HstsDays\": 731", "setting Server:HstsDays: '731' is no whole number from 0 to 730")]
    public void A_wrong_setting_is_told_by_its_key(string server, string message)
        => Assert.Equal((1, message), Fault(() => Read(server)));

    [Fact]
    public void An_https_address_needs_a_certificate()
    {
        const string Message =
            "'https://127.0.0.1:5443' asks for https, which needs a certificate: name its PEM files in the settings Server:Certificate and Server:CertificateKey";
        Assert.Equal((1, Message), Fault(() => Start("\"Urls\": \"http://127.0.0.1:5080;https://127.0.0.1:5443\"")));
        Assert.Equal((2, $"option '--urls': {Message}"), Fault(() => Start("{}", "https://127.0.0.1:5443")));
        Assert.Equal("https://127.0.0.1:5443", Start("\"Certificate\": \"a.pem\"", "https://127.0.0.1:5443"));
    }

    [Fact]
    public void Behind_a_proxy_a_server_needs_a_token_as_on_an_address_of_others()
    {
        const string Proxies = "\"Proxies\": [\"127.0.0.1\"]";
        Assert.Equal(
            (2, "http://127.0.0.1:5080 can be reached from other machines through Server:Proxies, and there is no token that says who may read: make one with "
                + "'statsgraph token add --scope read', or add --public to let everybody read everything"),
            Fault(() => Start(Proxies)));
        Assert.Equal("http://127.0.0.1:5080", Start(Proxies + ", \"Public\": true"));
        Assert.Equal("http://127.0.0.1:5080", Start(Proxies + ", \"Access\": \"open\""));
        Assert.Equal(1, Fault(() => Start(Proxies + ", \"Access\": \"open\"", "http://0.0.0.0:5080")).ExitStatus);
        new TokenFolder(Path.Combine(folder.FullName, "data"), TimeProvider.System).Add(TokenScope.Read, [], null, null);
        Assert.Equal("http://127.0.0.1:5080", Start(Proxies));
    }

    private static (int ExitStatus, string Message) Fault(Func<object> action)
    {
        var failure = Assert.Throws<CommandException>(action);
        return (failure.ExitStatus, failure.Message);
    }

    private string Start(string server, string? urls = null)
        => ServerRun.Addresses(SomeHost.In(folder.FullName), Read(server), urls).Text;

    private Settings Read(string server)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), server == "{}" ? "{}" : $$"""{ "Server": { {{server}} } }""");
        return SettingsReader.Read(SomeHost.In(folder.FullName), null);
    }
}
