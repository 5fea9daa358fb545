namespace StatsGraph.Demo;

/// <summary>All that is in an access log beside listeners: encoders, statistics, monitors, a relay, mistakes and broken lines.</summary>
internal sealed class DemoOperations(DemoRandom random)
{
    private const string Encoder = "88.198.10.20";
    private const string Website = "88.198.10.30";
    private const string Monitor = "216.245.221.90";
    private const string Relay = "51.15.20.30";

    private static readonly string[] Bots =
    [
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
        "curl/8.14.1",
        "python-requests/2.32.4",
    ];

    private static readonly (string Request, int Status)[] Mistakes =
    [
        ("GET /live.ogg", 404), ("GET /stream", 404), ("GET /live", 404), ("GET /wp-login.php", 404), ("GET /favicon.ico", 404),
        ("GET /jazz.mp3", 403), ("GET /intern.mp3", 401), ("GET /;stream.mp3", 404),
    ];

    /// <summary>The lines, in no order.</summary>
    public IEnumerable<DemoLine> Lines()
        => [.. Every(10 * 60, Status), .. Every(30 * 60, Check), .. Every(60 * 60, Statistics), .. Every(DemoClock.Day, Broadcast),
            .. Every(40 * 60, Playlist), .. Every(2 * DemoClock.Hour, Crawl), .. Every(25 * 60, Mistake), .. Oddities()];

    private static IEnumerable<DemoLine> Every(long seconds, Func<long, IEnumerable<DemoLine>> lines)
    {
        for (var instant = DemoClock.First; instant < DemoClock.Last; instant += seconds)
        {
            foreach (var line in lines(instant))
            {
                yield return line;
            }
        }
    }

    private IEnumerable<DemoLine> Status(long at)
        => [DemoLine.Of(Website, at + random.Below(5), "GET /status-json.xsl", 200, random.Between(1_900, 2_300), "DemoRadioSite/1.0", 0)];

    private IEnumerable<DemoLine> Check(long at)
        => [DemoLine.Of(Monitor, at + 7, "GET /live.mp3", 200, random.Between(4_000, 70_000),
            "Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", random.Below(3))];

    private IEnumerable<DemoLine> Statistics(long at)
        => [
            DemoLine.Of(
                Website, at + 11, "GET /admin/stats.xml", 200, random.Between(6_000, 9_000), "DemoRadioSite/1.0", 0, user: "admin"),
        ];

    /// <summary>Encoders that reconnect every night, and the relay that does so shortly after.</summary>
    private IEnumerable<DemoLine> Broadcast(long at)
    {
        var duration = DemoClock.Day - random.Between(3, 40);
        foreach (var mount in DemoStation.Mounts)
        {
            yield return DemoLine.Of(
                Encoder, at + duration, "PUT " + mount.Path, 200, 0, "Liquidsoap/2.3.2 (Unix; OCaml 4.14.2)", duration, user: "source");
        }

        yield return DemoLine.Of(Relay, at + duration + 1, "GET /live.mp3", 200, duration * 16_000, "Icecast 2.4.4", duration - 5);
    }

    private IEnumerable<DemoLine> Playlist(long at)
    {
        var end = at + random.Below(2_400);
        yield return DemoLine.Of(
            "79.192.10." + random.Between(1, 254), end, random.PerMille(500) ? "GET /live.mp3.m3u" : "GET /live.pls", 200, 61,
            "VLC/3.0.21 LibVLC/3.0.21", 0);
    }

    private IEnumerable<DemoLine> Crawl(long at)
        => [DemoLine.Of(
            "66.249.66." + random.Between(1, 254), at + random.Below(7_000), "GET /live.mp3", 200, random.Between(10_000, 900_000),
            Bots[random.Below(Bots.Length)], random.Below(30))];

    private IEnumerable<DemoLine> Mistake(long at)
    {
        var (request, status) = Mistakes[random.Below(Mistakes.Length)];
        yield return DemoLine.Of(
            "84.150.20." + random.Between(1, 254), at + random.Below(1_400), request, status, 310, "VLC/3.0.21 LibVLC/3.0.21", 0);
    }

    /// <summary>What real logs hold now and then: a clock stepped back, a stalled client, lines cut short, other formats.</summary>
    private static IEnumerable<DemoLine> Oddities()
    {
        var noon = DemoClock.MonthBegins + (12 * DemoClock.Hour);
        var plain = DemoLine.Of("91.10.40.7", noon + (3 * DemoClock.Day), "GET /live.mp3", 200, 480_000, "VLC/3.0.21 LibVLC/3.0.21", 30);
        return
        [
            plain with { Text = plain.Text[..^2] + "18446744073709551580" },
            DemoLine.Of("91.10.40.8", noon + (4 * DemoClock.Day), "GET /live.aac", 200, 0, "Lavf/61.7.100", 5_400),
            CutShort(noon + (5 * DemoClock.Day)),
            CutShort(noon + (12 * DemoClock.Day)),
            CutShort(noon + (19 * DemoClock.Day)),
            plain with { Text = plain.Text[..^3] },
            plain with { Text = plain.Text.Replace("GET /live.mp3", "GET /live.aac", StringComparison.Ordinal)[..^3] },
            plain with { Text = plain.Text[..^2] + "-" },
            plain with { Text = plain.Text.Replace("/Oct/", "/Okt/", StringComparison.Ordinal) },
            plain with { Text = plain.Text[..70] + plain.Text },
            plain with { Text = plain.Text.Replace("91.10.40.7 ", "91.10.40.7, 10.0.0.1 ", StringComparison.Ordinal) },
            plain with { Text = "" },
        ];
    }

    /// <summary>Icecast formats a line into 1,024 bytes and drops what is over.</summary>
    private static DemoLine CutShort(long end)
    {
        var whole = DemoLine.Of(
            "93.200.50.9", end, "GET /live.mp3", 200, 9_600_000, new string('x', 40), 600,
            "https://www.demo-radio.example/" + new string('y', 1_000));
        return whole with { Text = whole.Text[..1_023] };
    }
}
