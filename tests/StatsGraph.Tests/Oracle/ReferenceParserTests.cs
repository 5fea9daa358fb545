using System.Text;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Oracle;

/// <summary>The reference parser beside lines whose meaning was worked out by hand.</summary>
public sealed class ReferenceParserTests
{
    private const string Prefix = "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] ";
    private const string Whole = Prefix + "\"GET /live.mp3 HTTP/1.1\" 200 306829 \"-\" \"VLC/3.0.20\" 15";

    [Fact]
    public void The_example_of_the_format_is_read()
    {
        var record = Accepted(Whole);

        Assert.Equal("81.2.69.160", record.Address);
        Assert.True(record.IsIp);
        Assert.Equal(DateTimeOffset.Parse("2026-11-22T17:00:33Z", null).ToUnixTimeSeconds(), record.EndedAt);
        Assert.Equal(("GET", "/live.mp3", "HTTP/1.1"), (record.Method, record.Path, record.Version));
        Assert.Equal((200, 306_829UL, 15UL), (record.Status, record.Bytes, record.Duration));
        Assert.Null(record.Referrer);
        Assert.Equal("VLC/3.0.20", record.UserAgent);
    }

    [Theory]
    [InlineData("22/Nov/2026:22:30:33 +0530")]
    [InlineData("22/Nov/2026:12:00:33 -0500")]
    [InlineData("23/Nov/2026:11:00:33 +1800")]
    public void The_offset_decides_the_instant(string stamp)
        => Assert.Equal(Accepted(Whole).EndedAt, Accepted(Whole.Replace("22/Nov/2026:17:00:33 +0000", stamp, StringComparison.Ordinal)).EndedAt);

    [Theory]
    [InlineData("x\" 123456 \"-\" \"VLC/2\" 15", "VLC/2", 15)]
    [InlineData("say \"hi\"\" 7", "say \"hi\"", 7)]
    [InlineData("a\" \"b\" \"c\" 18446744073709551615", "c", ulong.MaxValue)]
    [InlineData("\" 0", null, 0)]
    [InlineData("(null)\" 0", null, 0)]
    public void The_tail_is_read_from_the_right_end(string tail, string? agent, ulong duration)
    {
        var record = Accepted(Prefix + "\"GET /live.mp3 HTTP/1.1\" 200 306829 \"-\" \"" + tail);

        Assert.Equal(agent, record.UserAgent);
        Assert.Equal(duration, record.Duration);
    }

    [Theory]
    [InlineData("/live.mp3?token=%41", "/live.mp3")]
    [InlineData("//a///b", "/a/b")]
    [InlineData("/a%2F%2Fb", "/a/b")]
    [InlineData("/%2541", "/%41")]
    [InlineData("/%00%0", "/%00%0")]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/caf%E9", "/caf\uFFFD")]
    [InlineData("/a%3Fb", "/a?b")]
    public void Paths_are_normalised(string target, string path)
        => Assert.Equal(path, Accepted(Whole.Replace("/live.mp3", target, StringComparison.Ordinal)).Path);

    [Theory]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4", true)]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1", true)]
    [InlineData("fe80::1%eth0", "fe80::1%eth0", false)]
    [InlineData("01.2.3.4", "01.2.3.4", false)]
    [InlineData("1.2.3", "1.2.3", false)]
    [InlineData("-", "-", false)]
    public void Addresses_are_canonical_or_opaque(string token, string text, bool isIp)
    {
        var record = Accepted(Whole.Replace("81.2.69.160", token, StringComparison.Ordinal));

        Assert.Equal((text, isIp), (record.Address, record.IsIp));
    }

    [Theory]
    [InlineData("https://Radio.Example:8443/x", "radio.example")]
    [InlineData("http://u:p@h@Example.org./", "example.org")]
    [InlineData("http://[2001:DB8::1]:80/x", "[2001:db8::1]")]
    [InlineData("android-app://org.example", "org.example")]
    [InlineData("http:///x", null)]
    [InlineData("example.org/x", null)]
    [InlineData("http://a b/", null)]
    public void Hosts_of_referrers_are_lower_case_names(string referrer, string? host)
        => Assert.Equal(host, Accepted(Whole.Replace("\"-\"", $"\"{referrer}\"", StringComparison.Ordinal)).ReferrerHost);

    [Theory]
    [InlineData("a\0b", "nul-inside")]
    [InlineData("[2026-11-22  17:00:33] INFO main/main started", "error-log")]
    [InlineData("22/Nov/2026:17:00:33 +0000|/live|12|Song", "playlist-log")]
    [InlineData("#Fields: c-ip", "w3c-format")]
    [InlineData("1.2.3.4 1.2.3.4 2026-11-22 17:00:33 /s 200", "w3c-format")]
    [InlineData("Nov  2 17:00:33 radio icecast: x", "syslog-prefix")]
    [InlineData("<13>x", "syslog-prefix")]
    [InlineData("1.2.3.4 - - 22%2FNov%2F2026", "escaped-format")]
    [InlineData("1.2.3.4, 5.6.7.8 - - [x", "address-list")]
    [InlineData("1.2.3.4,5.6.7.8 - - [x", "address-list")]
    [InlineData("1.2.3.4 - a b [x", "bad-prefix")]
    [InlineData("1.2.3.4 - - [22/Nov/2026:17:00:33] x", "no-offset")]
    [InlineData("1.2.3.4 - - [31/Feb/2026:17:00:33 +0000] x", "bad-date")]
    [InlineData("1.2.3.4 - - [22/Nov/2026:17:00:33 +1801] x", "bad-date")]
    [InlineData("1.2.3.4 - - [22/Nov/2026:17:00:33 +0060] x", "bad-date")]
    [InlineData("1.2.3.4 - - [01/Jan/1970:00:00:00 +0100] x", "bad-date")]
    [InlineData("1.2.3.4 - - [22/Nov/2026:17:00:33 +0000", "bad-date")]
    [InlineData(Prefix + "x [00/Xxx/0000:00:00:00 +0000] \"", "two-records")]
    [InlineData(Prefix + "GET", "bad-request")]
    [InlineData(Prefix + "\"GET /x HTTP\" 200 1 \"-\" \"a\" 1", "bad-request")]
    [InlineData(Prefix + "\"\" 200 1 \"-\" \"a\" 1", "empty-request")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 18446744073709551616 \"-\" \"a\" 1", "bad-bytes")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"a\"", "no-duration")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"a\" -", "no-duration")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"a\" -1", "negative-duration")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"a\" 1s", "bad-duration")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"a\" 18446744073709551616", "bad-duration")]
    [InlineData(Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\"\"a\" 1", "bad-tail")]
    public void Other_lines_are_rejected_for_the_first_reason(string line, string reason)
        => Assert.Equal(new ReferenceLine.Rejected(reason), ReferenceParser.Parse(Encoding.Latin1.GetBytes(line)));

    [Fact]
    public void A_line_of_the_longest_length_without_an_end_is_truncated_and_one_byte_less_is_not()
    {
        var line = Prefix + "\"GET /x HTTP/1.0\" 200 1 \"-\" \"" + new string('a', 1_100);

        Assert.Equal(new ReferenceLine.Rejected("truncated"), ReferenceParser.Parse(Encoding.Latin1.GetBytes(line[..1_023])));
        Assert.Equal(new ReferenceLine.Rejected("bad-tail"), ReferenceParser.Parse(Encoding.Latin1.GetBytes(line[..1_022])));
        Assert.Equal(1_100, Accepted(line + "\" 5").UserAgent!.Length);
    }

    [Fact]
    public void Stripping_takes_marks_at_the_start_and_one_carriage_return_at_the_end()
    {
        var dressed = Encoding.Latin1.GetBytes("\0\u00EF\u00BB\u00BF\0 x\0\r\r");

        Assert.Equal(" x\0\r", Encoding.Latin1.GetString(ReferenceParser.Strip(dressed)));
        Assert.IsType<ReferenceLine.Blank>(ReferenceParser.Parse(Encoding.Latin1.GetBytes(" \t\r\v\f")));
    }

    [Theory]
    [InlineData("SOURCE /x ICE/1.0", "200", "1", "VLC", "9", "source")]
    [InlineData("STATS / HTTP/1.0", "404", "1", "VLC", "9", "admin")]
    [InlineData("GET /admin/x HTTP/1.0", "401", "1", "VLC", "9", "admin")]
    [InlineData("HEAD /x HTTP/1.0", "300", "1", "VLC", "9", "error")]
    [InlineData("HEAD /x HTTP/1.0", "200", "1", "VLC", "9", "non_stream")]
    [InlineData("GET /x HTTP/1.0", "204", "1", "VLC", "9", "non_stream")]
    [InlineData("GET /x.M3U8 HTTP/1.0", "200", "1", "VLC", "9", "non_stream")]
    [InlineData("GET / HTTP/1.0", "200", "1", "VLC", "0", "non_stream")]
    [InlineData("GET / HTTP/1.0", "200", "1", "VLC", "1", "listener")]
    [InlineData("GET /x HTTP/1.0", "206", "1024", "VLC", "0", "non_stream")]
    [InlineData("GET /x HTTP/1.0", "206", "1023", "VLC", "0", "probe")]
    [InlineData("GET /x HTTP/1.0", "200", "999999999999", "VLC", "2592001", "suspect")]
    [InlineData("GET /x HTTP/1.0", "200", "5999", "VLC", "60", "suspect")]
    [InlineData("GET /x HTTP/1.0", "200", "6000", "VLC", "60", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "0", "VLC", "59", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "icecast 2.4.4", "9", "relay")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "Icecast-like", "9", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "curl/8", "9", "bot")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "SomeBot/2", "9", "bot")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "bottle/2", "9", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "CUBOT X20", "9", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "curl okhttp/4", "9", "listener")]
    [InlineData("GET /x HTTP/1.0", "200", "1", "-", "9", "listener")]
    public void The_first_class_that_fits_wins(string request, string status, string bytes, string agent, string duration, string expected)
    {
        var line = new LogLine { Request = request, Status = status, Bytes = bytes, Agent = agent, Duration = duration };

        Assert.Equal(expected, new ReferenceClasses(["^curl"]).Of(ReferenceParser.Parse(line.ToBytes())));
    }

    [Fact]
    public void Fuzzed_lines_are_all_judged_and_reach_every_rule()
    {
        var classes = new ReferenceClasses(["curl"]);
        var verdicts = FuzzLine.Many(1, 20_000)
            .Select(line => ReferenceParser.Parse(ReferenceParser.Strip(line)))
            .Select(parsed => parsed is ReferenceLine.Rejected rejected ? rejected.Reason : classes.Of(parsed))
            .ToHashSet();

        Assert.Equal(
            [
                "address-list", "admin", "bad-bytes", "bad-date", "bad-duration", "bad-prefix", "bad-request", "bad-tail", "blank", "bot",
                "empty-request", "error", "error-log", "escaped-format", "listener", "negative-duration", "no-duration", "no-offset", "non_stream",
                "nul-inside", "playlist-log", "probe", "relay", "source", "suspect", "syslog-prefix", "truncated", "two-records", "w3c-format",
            ],
            verdicts.Order(StringComparer.Ordinal));
    }

    private static ReferenceLine.Accepted Accepted(string line)
        => Assert.IsType<ReferenceLine.Accepted>(ReferenceParser.Parse(Encoding.Latin1.GetBytes(line)));
}
