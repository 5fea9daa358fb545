using System.Net;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class FieldTests
{
    [Theory]
    [InlineData("/live.mp3", "/live.mp3")]
    [InlineData("/live.mp3?token=secret", "/live.mp3")]
    [InlineData("/live%2Emp3%3fx", "/live.mp3?x")]
    [InlineData("//a///b%2F/c", "/a/b/c")]
    [InlineData("/caf%C3%A9", "/caf\u00E9")]
    [InlineData("/%FF", "/\uFFFD")]
    [InlineData("/%00%zz%4", "/%00%zz%4")]
    [InlineData("/%2541", "/%41")]
    [InlineData("/Live", "/Live")]
    [InlineData("?x", "")]
    [InlineData("http://radio.example/live", "http:/radio.example/live")]
    public void A_target_becomes_a_mount(string target, string mount)
        => Assert.Equal(mount, MountPath.FromTarget(SomeLine.Bytes(target)).Text);

    [Theory]
    [InlineData("https://www.Example.COM/page?x", "www.example.com")]
    [InlineData("http://user:p@ss@example.com:8000/", "example.com")]
    [InlineData("http://[2001:db8::1]:8000/x", "[2001:db8::1]")]
    [InlineData("http://example.com.", "example.com")]
    [InlineData("android-app://org.radio", "org.radio")]
    [InlineData("http://example.com?@other", "example.com")]
    [InlineData("http://caf\u00C3\u00A9.fr/", "caf\u00E9.fr")]
    [InlineData("example.com/x", null)]
    [InlineData("//example.com/x", null)]
    [InlineData("1http://example.com", null)]
    [InlineData("http:///x", null)]
    [InlineData("http://a b/", null)]
    [InlineData("http://a\\b/", null)]
    [InlineData("http://a\"b/", null)]
    [InlineData("http://<a>/", null)]
    [InlineData("http://[::1/", null)]
    [InlineData("-", null)]
    [InlineData("", null)]
    [InlineData("(null)", null)]
    public void A_referrer_tells_a_host(string referrer, string? host)
        => Assert.Equal(host, ReferrerHost.Of(SomeLine.Bytes(referrer)));

    [Fact]
    public void A_host_has_253_characters_at_most()
    {
        Assert.NotNull(ReferrerHost.Of(SomeLine.Bytes("http://" + new string('a', 253))));
        Assert.Null(ReferrerHost.Of(SomeLine.Bytes("http://" + new string('a', 254))));
    }

    [Theory]
    [InlineData("81.2.69.160", "81.2.69.160", "81.2.69.0")]
    [InlineData("::ffff:81.2.69.160", "81.2.69.160", "81.2.69.0")]
    [InlineData("2001:DB8:1:2::3", "2001:db8:1:2::3", "2001:db8:1::")]
    [InlineData("255.255.255.255", "255.255.255.255", "255.255.255.0")]
    [InlineData("256.1.1.1", "256.1.1.1", null)]
    [InlineData("01.2.3.4", "01.2.3.4", null)]
    [InlineData("1.2.3", "1.2.3", null)]
    [InlineData("1.2.3.4.5", "1.2.3.4.5", null)]
    [InlineData("1..2.3", "1..2.3", null)]
    [InlineData("fe80::1%eth0", "fe80::1%eth0", null)]
    [InlineData("host.example", "host.example", null)]
    [InlineData("-", "-", null)]
    public void An_address_has_one_text_and_a_network(string token, string canonical, string? network)
    {
        var address = ClientAddress.From(SomeLine.Bytes(token));

        Assert.Equal((canonical, network ?? ""), (address.Canonical, ClientNetwork.Of(address.Address).Text));
        Assert.Equal(network is null, address.Address is null);
        Assert.Equal(network is not null, ClientNetwork.Of(address.Address).IsKnown);
    }

    [Theory]
    [InlineData("0.0.0.0", 0u)]
    [InlineData("10.0.200.7", 0x0A00C807u)]
    public void The_short_way_to_an_IPv4_address_is_the_platforms(string token, uint number)
    {
        Assert.True(ClientAddress.TryReadIpv4(SomeLine.Bytes(token), out var actual));

        Assert.Equal(number, actual);
        Assert.Equal(IPAddress.Parse(token), ClientAddress.Ipv4(actual));
    }

    [Fact]
    public void Fields_that_share_beginning_middle_end_and_length_are_told_apart()
    {
        var cache = new FactCache<string>(field => System.Text.Encoding.ASCII.GetString(field));
        var fields = Enumerable.Range(0, 100).Select(number => $"Mozilla/{number:00}-like-Gecko-{number:00}-Safari/5").Append("").Append("-").ToList();
        foreach (var field in fields.Concat(fields))
            Assert.Equal(field, cache.Facts[cache.NumberOf(SomeLine.Bytes(field))]);

        Assert.Equal(fields.Count, cache.Facts.Count);
    }

    [Fact]
    public void A_full_cache_starts_anew_and_still_tells_the_truth()
    {
        var reads = 0;
        var cache = new FactCache<int>(field =>
        {
            reads++;
            return field.Length;
        });

        int Read(ReadOnlySpan<byte> field)
        {
            cache.StartAnewIfFull();
            return cache.Facts[cache.NumberOf(field)];
        }

        Assert.Equal((3, 3, 3), (Read("abc"u8), Read("abc"u8), Read("abd"u8)));
        Assert.Equal(2, reads);
        var (first, number) = (cache.Facts, cache.NumberOf("abc"u8));
        for (var index = 0; index < 300_000; index++)
            Read(BitConverter.GetBytes(index));
        Assert.Equal(3, Read("abc"u8));
        Assert.Equal(300_003, reads);
        Assert.NotSame(first, cache.Facts);
        Assert.Equal(3, first[number]);
    }
}
