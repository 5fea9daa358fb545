using StatsGraph.Server.Edge;

namespace StatsGraph.Tests.Server.Edge;

public sealed class ProxyNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1/32")]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("192.0.2.7/32", "192.0.2.7/32")]
    [InlineData("::1", "::1/128")]
    [InlineData("0:0::1", "::1/128")]
    [InlineData("2001:DB8::/32", "2001:db8::/32")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1/32")]
    public void An_address_is_the_network_that_it_is_alone_in(string text, string network)
        => Assert.Equal(network, ProxyNetwork.Parse(text).ToString());

    [Theory]
    [InlineData("10.1")]
    [InlineData("1")]
    [InlineData("010.0.0.1")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("10.0.0.256")]
    [InlineData("10.1/16")]
    [InlineData("[::1]")]
    [InlineData("fe80::1%eth0")]
    [InlineData("proxy.example.org")]
    [InlineData("127.0.0.1:80")]
    [InlineData(" 127.0.0.1")]
    [InlineData("*")]
    public void What_is_no_plain_address_is_refused(string text)
        => Assert.Equal(
            $"'{text}' is neither an address nor a network; expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8",
            Assert.Throws<FormatException>(() => ProxyNetwork.Parse(text)).Message);

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("fd00::1/8")]
    public void A_network_whose_prefix_does_not_fit_is_refused(string text)
        => Assert.Equal(
            $"'{text}' is no network: the bits behind its prefix have to be 0; expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8",
            Assert.Throws<FormatException>(() => ProxyNetwork.Parse(text)).Message);

    [Theory]
    [InlineData("0.0.0.0/0")]
    [InlineData("::/0")]
    public void Everybody_is_no_proxy(string text)
        => Assert.Equal(
            $"'{text}' is everybody, who could then pretend to be anybody; expected one such as 127.0.0.1, 10.0.0.0/8 or fd00::/8",
            Assert.Throws<FormatException>(() => ProxyNetwork.Parse(text)).Message);
}
