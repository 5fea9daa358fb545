using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Tests.Ingest.Parsing;

public sealed class LineParserTests
{
    private const string Record = "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /live.mp3 HTTP/1.1\" 200 306829 \"-\" \"VLC/3.0.20\" 15";

    [Fact]
    public void A_line_of_Icecast_is_cut_into_its_fields()
    {
        var isRecord = LineParser.TryParse(
            "::1 - bob [22/Nov/2026:17:00:33 +0130] \"GET /a?x=\"y HTTP/1.0\" 206 18446744073709551615 \"http://a/\" \"B \"C\" d\" 42"u8,
            out var record, out var reason);

        Assert.Equal((true, RejectReason.None), (isRecord, reason));
        Assert.Equal("::1", Text(record.Address));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 15, 30, 33, TimeSpan.Zero).ToUnixTimeSeconds(), record.EndedAt);
        Assert.Equal(("GET", "/a?x=\"y", "HTTP/1.0"), (Text(record.Method), Text(record.Target), Text(record.Version)));
        Assert.Equal((206, ulong.MaxValue, 42UL), (record.Status, record.Bytes, record.Duration));
        Assert.Equal(("http://a/", "B \"C\" d"), (Text(record.Referrer), Text(record.UserAgent)));
    }

    [Theory]
    [InlineData("81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" \"forged\" 123456 \"-\" \"VLC\" 15", "VLC", 15UL)]
    [InlineData("81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"\" \"\" 0", "", 0UL)]
    [InlineData("hash-of-it - - [22/Nov/2026:17:00:33 +0000] \"(null) (null) HTTP/x\" 200 1 \"-\" \"(null)\" 18446744073709551615", "(null)", ulong.MaxValue)]
    [InlineData("- - a[b [22/Nov/2026:17:00:33 +0000] \"GET /a ICE/1.0\" 200 0001 \"-\" \"Mozilla [en] [x]\" 0015", "Mozilla [en] [x]", 15UL)]
    public void Odd_but_whole_lines_are_read(string line, string userAgent, ulong duration)
    {
        Assert.True(LineParser.TryParse(SomeLine.Bytes(line), out var record, out var reason), reason.Name());

        Assert.Equal((userAgent, duration), (Text(record.UserAgent), record.Duration));
    }

    [Theory]
    [InlineData("nul-inside", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a\0b HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("error-log", "[2026-11-22  17:00:33] INFO main/main Icecast 2.4.4 server started")]
    [InlineData("error-log", "[2026-11-22 17:00:33] EROR connection/get_ssl_certificate Invalid cert file")]
    [InlineData("playlist-log", "22/Nov/2026:17:00:33 +0000|/live.mp3|12|Artist - Title")]
    [InlineData("w3c-format", "#Fields: c-ip c-dns date time cs-uri-stem c-status")]
    [InlineData("w3c-format", "81.2.69.160 listener.example 2026-11-22 17:00:33 /stream 200 VLC 100 15 8")]
    [InlineData("syslog-prefix", "Nov  2 17:00:33 host icecast: " + Record)]
    [InlineData("syslog-prefix", "<134>1 2026-11-22T17:00:33Z host icecast - - - " + Record)]
    [InlineData("escaped-format", "81.2.69.160 - - 22%2FNov%2F2026:17:00:33%20+0000 GET%20/live.mp3 200 1 - VLC 15")]
    [InlineData("address-list", "81.2.69.160, 10.0.0.1 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("address-list", "81.2.69.160,10.0.0.1 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-prefix", "81.2.69.160 - John Smith [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-prefix", "81.2.69.160  - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-prefix", "hello, world")]
    [InlineData("no-offset", "81.2.69.160 - - [22/Nov/2026:17:00:33] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("two-records", Record + " 81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] GET /a HTTP/1.1 200 1 - x 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET  /a HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a b HTTP/1.1\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP\" 200 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 20 1 \"-\" \"x\" 15")]
    [InlineData("bad-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 - \"-\" \"x\" 15")]
    [InlineData("empty-request", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"\" 400 1 \"-\" \"x\" 15")]
    [InlineData("bad-bytes", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 18446744073709551616 \"-\" \"x\" 15")]
    [InlineData("no-duration", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\"")]
    [InlineData("no-duration", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" -")]
    [InlineData("negative-duration", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" -3600")]
    [InlineData("bad-duration", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 1.5")]
    [InlineData("bad-duration", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 18446744073709551616")]
    [InlineData("bad-tail", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" 15")]
    [InlineData("bad-tail", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\"15")]
    [InlineData("bad-tail", "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /a HTTP/1.1\" 200 1 \"-\" \"x\" 15 20")]
    public void A_line_that_is_no_record_says_why(string reason, string line)
    {
        Assert.False(LineParser.TryParse(SomeLine.Bytes(line), out _, out var actual));

        Assert.Equal(reason, actual.Name());
    }

    [Fact]
    public void Every_reason_has_a_name_of_its_own()
    {
        var names = Enum.GetValues<RejectReason>().Select(reason => reason.Name()).ToArray();

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(names.Skip(1), name => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", name));
    }

    [Theory]
    [InlineData(1022, "bad-duration")]
    [InlineData(1023, "truncated")]
    [InlineData(4000, "truncated")]
    public void A_broken_tail_was_cut_off_by_Icecast_from_1023_bytes_on(int length, string reason)
    {
        var line = Record.Replace("VLC", new string('V', length - Record.Length + 2), StringComparison.Ordinal) + "x";
        Assert.Equal(length, line.Length);

        Assert.False(LineParser.TryParse(SomeLine.Bytes(line), out var record, out var actual));

        Assert.Equal(reason, actual.Name());
        Assert.NotNull(record.EndedAt);
    }

    [Fact]
    public void A_request_that_never_ends_is_truncated_only_when_the_line_is_long()
    {
        const string start = "81.2.69.160 - - [22/Nov/2026:17:00:33 +0000] \"GET /";

        Assert.False(LineParser.TryParse(SomeLine.Bytes(start.PadRight(1022, 'a')), out _, out var shorter));
        Assert.False(LineParser.TryParse(SomeLine.Bytes(start.PadRight(1023, 'a')), out _, out var longer));

        Assert.Equal((RejectReason.BadRequest, RejectReason.Truncated), (shorter, longer));
    }

    [Fact]
    public void A_long_line_whose_tail_is_whole_is_kept()
    {
        var line = Record.Replace("VLC", new string('V', 100_000), StringComparison.Ordinal);

        Assert.True(LineParser.TryParse(SomeLine.Bytes(line), out var record, out _));

        Assert.Equal(15UL, record.Duration);
    }

    [Fact]
    public void Cutting_a_record_anywhere_never_yields_a_record_of_another_duration()
    {
        for (var length = 0; length < Record.Length; length++)
        {
            if (LineParser.TryParse(SomeLine.Bytes(Record[..length]), out var record, out _))
                Assert.Equal((Record.Length - 1, 1UL), (length, record.Duration));
        }
    }

    [Theory]
    [InlineData("line", "line")]
    [InlineData("line\r", "line")]
    [InlineData("line\r\r", "line\r")]
    [InlineData("\0\0line", "line")]
    [InlineData("\u00EF\u00BB\u00BF\0\u00EF\u00BB\u00BFline", "line")]
    [InlineData("\u00EF\u00BBline", "\u00EF\u00BBline")]
    [InlineData(" line ", " line ")]
    [InlineData("\0\r", "")]
    public void What_surrounds_a_line_is_stripped(string line, string stripped)
        => Assert.Equal(stripped, Encoding.Latin1.GetString(LineText.Strip(SomeLine.Bytes(line))));

    [Theory]
    [InlineData("", true)]
    [InlineData(" \t\r\v\f", true)]
    [InlineData(" .", false)]
    [InlineData("\u00A0", false)]
    public void A_line_of_white_space_is_blank(string line, bool isBlank)
        => Assert.Equal(isBlank, LineText.IsBlank(SomeLine.Bytes(line)));

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);
}
