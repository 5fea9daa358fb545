using System.Globalization;
using System.Text;

namespace StatsGraph.Benchmarks.Logs;

/// <summary>
/// Writes an access log as Icecast does, about 165 bytes a line: listeners of a station with 12 mounts, and among them errors,
/// bots, relays, encoders, pages and lines that are none. The same log for the same number of lines, on every machine.
/// </summary>
internal sealed class StationLog
{
    private const int LinesPerAudience = 1_000_000;
    private const int AddressesPerAudience = 83_000;
    private const double SecondsPerLine = 2.6;

    private static readonly DateTimeOffset First = new(2026, 9, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Audience audience = new(AddressesPerAudience);
    private readonly StableRandom random;
    private readonly StringBuilder line = new();
    private int listener;

    private StationLog(ulong seed) => random = new StableRandom(4711 + seed);

    /// <summary>Writes a log.</summary>
    /// <param name="path">The file, replaced if it is there.</param>
    /// <param name="lines">Number of lines.</param>
    /// <param name="first">Number of the first one: a log may begin where another ends.</param>
    public static void Write(string path, int lines, int first = 0)
    {
        var log = new StationLog((ulong)first);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);
        for (var number = first; number < first + lines; number++)
            writer.Write(log.Line(number));
    }

    private StringBuilder Line(int number)
    {
        line.Clear();
        var end = First.AddSeconds(number * SecondsPerLine);
        var kind = random.Below(1000);
        return kind switch
        {
            < 880 => Listener(number, end, random.Below(2000)),
            < 920 => Record(Address(number), end, "GET /missing HTTP/1.1", 404, 378, "-", UserAgent(number), 0),
            < 940 => Record("198.51.100.7", end, "GET /status-json.xsl HTTP/1.1", 200, 1800 + (ulong)random.Below(900), "-", "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", 0),
            < 960 => Record(Address(number), end, "GET /favicon.ico HTTP/1.1", 200, 1150, "https://radio.example.org/", UserAgent(number), 0),
            < 975 => Record("203.0.113.9", end, $"GET {Mount()} HTTP/1.1", 200, 960_000, "-", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 60),
            < 985 => Record("192.0.2.44", end, $"GET {Mount()} HTTP/1.0", 200, 16_000 * 3600, "-", "Icecast 2.4.4", 3600),
            < 990 => Record("192.0.2.10", end, $"SOURCE {Mount()} HTTP/1.0", 200, 19, "-", "Liquidsoap/2.2.5 (Unix; OCaml 4.14.1)", 86_400),
            < 995 => Record("192.0.2.11", end, "GET /admin/metadata?mode=updinfo&mount=%2Fmain.mp3&song=Title HTTP/1.0", 200, 401, "-", "butt 0.1.40", 0),
            < 998 => Record(Address(number), end, $"GET {Mount()} HTTP/1.1", 206, 600, "-", UserAgent(number), 0),
            _ => line.Append(CultureInfo.InvariantCulture, $"{Address(number)} - - [broken] \"GET {Mount()} HTTP/1.1\" 200 {number}\n"),
        };
    }

    private StringBuilder Listener(int number, DateTimeOffset end, int seconds)
    {
        // Most stay for minutes, some for hours.
        var duration = seconds < 1900 ? 1 + (random.Below(900) * random.Below(8) / 2) : 3600 + random.Below(30_000);
        return Record(
            Address(number), end, $"GET {Mount()}{Query(end)} HTTP/1.1", 200, ((ulong)duration * 16_000) + (ulong)random.Below(65_536),
            LogLine.Referrers[random.Below(LogLine.Referrers.Count)], UserAgent(number), duration);
    }

    private StringBuilder Record(
        string address, DateTimeOffset end, string request, int status, ulong bytes, string referrer, string userAgent, int duration)
        => LogLine.Append(line, address, end, request, status, bytes, referrer, userAgent, duration);

    /// <summary>A listener of the current audience. It changes with every million lines, as that of a station does over months.</summary>
    private string Address(int number)
    {
        var address = audience.Address(listener = random.Below(AddressesPerAudience));
        var generation = number / LinesPerAudience;
        return generation == 0 || address.Contains(':', StringComparison.Ordinal) ? address : Moved(address, generation);
    }

    private string UserAgent(int number) => audience.UserAgent(listener + (number / LinesPerAudience));

    /// <summary>What the players of web pages add so that no cache answers them.</summary>
    private string Query(DateTimeOffset end)
        => random.Below(10) == 0 ? string.Create(CultureInfo.InvariantCulture, $"?nocache={end.ToUnixTimeMilliseconds() + random.Below(1000)}") : "";

    private string Mount() => audience.Mounts[random.Below(audience.Mounts.Count)];

    /// <summary>Another public address for each generation.</summary>
    private static string Moved(string address, int generation)
    {
        var parts = address.Split('.');
        var second = (int.Parse(parts[1], CultureInfo.InvariantCulture) + (generation * 7)) % 256;
        return string.Create(CultureInfo.InvariantCulture, $"{parts[0]}.{second}.{parts[2]}.{parts[3]}");
    }
}
