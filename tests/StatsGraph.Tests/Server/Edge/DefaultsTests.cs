using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Server.Http;

namespace StatsGraph.Tests.Server.Edge;

/// <summary>What follows from proxies for settings that nobody has set: on loopback a server is for its own machine alone, unless there are some.</summary>
public sealed class DefaultsTests
{
    [Theory]
    [InlineData("http://127.0.0.1:80", false, null, "localhost 127.0.0.1 [::1]", true)]
    [InlineData("http://127.0.0.1:80", true, null, "*", false)]
    [InlineData("https://127.0.0.1:80", true, AccessMode.Tokens, "*", false)]
    [InlineData("http://127.0.0.1:80", true, AccessMode.Open, "localhost 127.0.0.1 [::1]", false)]
    [InlineData("http://0.0.0.0:80", true, AccessMode.Open, "*", false)]
    [InlineData("http://0.0.0.0:80", false, null, "*", false)]
    public void Names_and_explanations_follow_from_the_proxies_too(string urls, bool proxies, AccessMode? access, string names, bool explains)
    {
        var options = new ServerOptions { Urls = urls, Access = access, Proxies = proxies ? [ProxyNetwork.Parse("127.0.0.1")] : [] };
        Assert.Equal((names, explains, proxies), (string.Join(' ', HostNames.Allowed(options)), options.AllowsExplain, options.BehindProxies));
    }
}
