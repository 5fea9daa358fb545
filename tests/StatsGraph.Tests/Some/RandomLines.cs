using System.Text;

namespace StatsGraph.Tests.Some;

/// <summary>
/// Lines of every class and every reason of rejection, from small alphabets: the same few people, players and mounts come again
/// and again, so that visits chain and instants tie.
/// </summary>
internal sealed class RandomLines(Random random)
{
    /// <summary>Some of these are the same address written in two ways, or no address.</summary>
    public static readonly string[] Addresses =
    [
        "81.2.69.160", "::ffff:81.2.69.160", "81.2.69.161", "198.51.100.7", "203.0.113.9", "8.8.8.8", "217.31.205.50",
        "2001:db8:1:2::3", "2001:DB8:1:2:0:0:0:3", "2a00:1450:4001:81b::200e", "fe80::1%eth0", "host.example.org",
        "d41d8cd98f00b204e9800998ecf8427e", "-", "1.2.3.04",
    ];

    public static readonly string[] Agents =
    [
        "VLC/3.0.20", "VLC/3.0.20", "foobar2000/2.1", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0", "-", "", "Lavf/60.3.100",
        "okhttp/4.12.0", "AppleCoreMedia/1.0.0.21A329", LogLine.Utf8("Radiogerät/1.0 – Küche"), "Caf\u00e9 \u00ff\u00fe",
        "say \"hello\" 2.0", "x\" 123456 \"-\" \"VLC/2.0", "\" 200 5 \"", "Winamp/5.9\" 77",
    ];

    public static readonly string[] Targets =
    [
        "/live.mp3", "/live.mp3", "//live.mp3?token=secret&x=%20", "/Live.mp3", "/jazz", "/jazz%2Eaac", "/jazz.aac", "/caf%C3%A9", "/caf%E9",
        "/100%", "/a%2F%2Fb", "/%00x", "/news;v=1",
    ];

    public static readonly string[] Referrers =
    [
        "-", "-", "", "https://radio.example/player?id=1", "https://Radio.Example:8443/", "http://user:pass@www.google.com./search",
        "https://m.facebook.com/", "android-app://org.example.player/", "no url", "http://[2001:db8::1]:80/x", "a \"quoted\" one",
    ];

    private static readonly string[] Bots = ["curl/8.5.0", "Wget/1.21", "python-requests/2.32", "ExampleBot/1.0 (+http://bot.example)"];
    private static readonly string[] Relays = ["Icecast 2.4.4", "Liquidsoap/2.2.5 (Unix)", "SHOUTcast-like/1", "icecast"];
    private static readonly string[] Blanks = [" ", "\t", "\v", "\f", "\r "];
    private static readonly int[] Offsets = [0, 0, 60, 120, -300, 330, 345, 630, -210, 840, -720, 1_080];

    private int serial;

    /// <summary>One of some values.</summary>
    public T OneOf<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];

    /// <summary>A line of someone who listened.</summary>
    public LogLine Listening(string address, string agent, long start, long duration) => new()
    {
        Address = address,
        Agent = agent,
        Referrer = OneOf(Referrers),
        Request = $"GET {OneOf(Targets)} HTTP/{OneOf(["1.0", "1.1", "1.x"])}",
        Status = duration > 0 && random.Next(10) == 0 ? "206" : "200",
        Bytes = $"{(duration * (random.Next(8) == 0 ? 100 : 16_000)) + random.Next(2)}",
        EndedAt = start + duration,
        OffsetMinutes = OneOf(Offsets),
        Duration = $"{duration}",
    };

    /// <summary>A session of a server or a monitor.</summary>
    public LogLine Apart(long start, long duration)
        => Listening(OneOf(Addresses), OneOf(random.Next(2) == 0 ? Bots : Relays), start, duration);

    /// <summary>An accepted line that is no session.</summary>
    public LogLine Other(long endedAt)
    {
        var line = Listening(OneOf(Addresses), OneOf(Agents), endedAt, 0) with { Duration = OneOf(["0", "0", "3", "61"]) };
        return random.Next(12) switch
        {
            0 => line with { Request = "SOURCE /live.mp3 ICE/1.0", User = "source", Duration = "7200" },
            1 => line with { Request = "PUT /live.mp3 HTTP/1.1", User = "source" },
            2 => line with { Request = "STATS / HTTP/1.0", User = "admin" },
            3 => line with { Request = "GET /admin/stats.xml HTTP/1.1", Status = "401" },
            4 or 5 => line with { Status = OneOf(["404", "403", "301", "500", "400"]), Bytes = "0" },
            6 => line with { Request = $"GET {OneOf(["/favicon.ico", "/live.M3U", "/status-json.xsl", "/style.css"])} HTTP/1.1" },
            7 => line with { Request = OneOf(["HEAD /live.mp3 HTTP/1.1", "POST /x HTTP/1.1", "GET / HTTP/1.1"]), Duration = "0" },
            8 => line with { Status = "206", Duration = "0", Bytes = OneOf(["2", "1023", "1024", "18446744073709551615"]) },
            9 => line with { Duration = OneOf(["18446744073709551615", "18446744073709551300", "2592001", "9223372036854775808"]) },
            10 => line with { Duration = "60", Bytes = "5999" },
            _ => line with { Status = OneOf(["204", "101", "000"]) },
        };
    }

    /// <summary>White space; no two alike.</summary>
    public string Blank() => string.Concat(Digits(serial++, Blanks.Length).Select(digit => Blanks[digit])) + OneOf(["\v", "\t"]);

    /// <summary>A line that is rejected; no two alike.</summary>
    public string Rejected(long endedAt)
    {
        var line = Listening(OneOf(Addresses), $"Agent{serial++}/1.0", endedAt, random.Next(5_000));
        var text = line.ToString();
        return random.Next(27) switch
        {
            0 => text.Replace("Agent", "Ag\0ent", StringComparison.Ordinal),
            1 => $"[2026-11-22  17:00:33] INFO main/main Icecast {serial} server started",
            2 => $"{line.Stamp}|/live.mp3|12|Song {serial}",
            3 => $"#Fields: c-ip c-dns date time {serial}",
            4 => $"81.2.69.160 host.example 2026-11-22 17:00:33 /stream?title={serial} 200",
            5 => $"Nov  2 17:00:33 radio icecast: {text}",
            6 => $"<13>{text}",
            7 => $"81.2.69.160 - - 22%2FNov%2F2026 GET%20%2Flive.mp3 200 {serial}",
            8 => $"198.51.100.7, {text}",
            9 => $"198.51.100.7,{text}",
            10 => $"nothing like a log {serial}",
            11 => text.Replace(" - ", " ", StringComparison.Ordinal),
            12 => text.Replace(line.Stamp, line.Stamp[..20], StringComparison.Ordinal),
            13 => text.Replace(
                line.Stamp, OneOf(["31/Feb/2026:10:00:00 +0000", "22/Mai/2026:10:00:00 +0200", "22/Nov/2026:24:00:00 +0000"]), StringComparison.Ordinal),
            14 => text.Replace(
                line.Stamp, OneOf(["22/Nov/2026:10:00:60 +0000", "01/Jan/1970:00:00:00 +0100", "22/Nov/2026:10:00:00 +1801"]), StringComparison.Ordinal),
            15 => $"{text[..^1]}{line}",
            16 => text.Replace($"] \"", "] ", StringComparison.Ordinal),
            17 => (line with { Request = OneOf(["GET /live.mp3", "GET  /live.mp3 HTTP/1.1", "GET /live.mp3 HTTP", "\u0016\u0003"]) }).ToString(),
            18 => (line with { Request = "" }).ToString(),
            19 => (line with { Bytes = "18446744073709551616" }).ToString(),
            20 => text[..text.LastIndexOf(' ')],
            21 => (line with { Duration = "-" }).ToString(),
            22 => (line with { Duration = "-5" }).ToString(),
            23 => (line with { Duration = OneOf(["15s", "1e3", "18446744073709551616"]) }).ToString(),
            24 => (line with { Agent = line.Agent + new string('a', 1_100) }).ToString()[..1_023],
            25 => (line with { Agent = line.Agent + " " }).ToString().Replace("\" \"Agent", "\"Agent", StringComparison.Ordinal),
            _ => (line with { Address = "two words" }).ToString(),
        };
    }

    /// <summary>A line as a careless copy leaves it: the same line, with bytes around it that are stripped.</summary>
    public byte[] Dressed(string line) => Encoding.Latin1.GetBytes(random.Next(25) switch
    {
        0 => "\u00EF\u00BB\u00BF" + line,
        1 => "\0\0" + line,
        2 => "\0\u00EF\u00BB\u00BF\0" + line + "\r",
        3 or 4 => line + "\r",
        _ => line,
    });

    private static IEnumerable<int> Digits(int number, int radix)
    {
        for (; number >= radix; number /= radix)
            yield return number % radix;
        yield return number;
    }
}
