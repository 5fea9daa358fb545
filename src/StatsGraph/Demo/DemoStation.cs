namespace StatsGraph.Demo;

/// <summary>What the demo station broadcasts and what its listeners use.</summary>
internal static class DemoStation
{
    /// <summary>Key of the site.</summary>
    public const string Site = "demo";

    /// <summary>Name of the site.</summary>
    public const string Name = "Demo Radio";

    /// <summary>Time zone of the site.</summary>
    public const string TimeZone = "Europe/Berlin";

    /// <summary>A stream.</summary>
    /// <param name="Path">Its mount.</param>
    /// <param name="BytesPerSecond">Its bit rate over eight.</param>
    /// <param name="Weight">Part of the audience that prefers it.</param>
    public sealed record Mount(string Path, int BytesPerSecond, int Weight);

    /// <summary>A program that plays streams.</summary>
    /// <param name="Agent">The user agent it sends.</param>
    /// <param name="Weight">Part of the audience that uses it.</param>
    /// <param name="Patience">Length of its sessions, in percent of the usual.</param>
    /// <param name="InBrowser">Whether it sends the page that the stream was started from.</param>
    /// <param name="Probes">Whether it asks for two bytes before it opens a session.</param>
    public sealed record Player(string Agent, int Weight, int Patience, bool InBrowser = false, bool Probes = false);

    /// <summary>The streams. Listeners of /news.ogg fall back to /live.mp3 while there are no news; the log never says so.</summary>
    public static readonly IReadOnlyList<Mount> Mounts =
    [
        new("/live.mp3", 16_000, 55),
        new("/live.aac", 8_000, 22),
        new("/jazz.mp3", 24_000, 14),
        new("/news.ogg", 6_000, 9),
    ];

    /// <summary>What listeners listen with.</summary>
    public static readonly IReadOnlyList<Player> Players =
    [
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36", 170, 60, InBrowser: true),
        new("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0", 80, 70, InBrowser: true),
        new("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Safari/605.1.15", 50, 60, InBrowser: true),
        new("Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36", 90, 35, InBrowser: true),
        new("AppleCoreMedia/1.0.0.22G86 (iPhone; U; CPU OS 18_6 like Mac OS X; de_de)", 130, 80, Probes: true),
        new("AppleCoreMedia/1.0.0.22M84 (Audio Accessory; U; CPU OS 18_6 like Mac OS X; de_de)", 40, 220, Probes: true),
        new("DemoRadio/4.1.0 (Linux; Android 15) AndroidXMedia3/1.4.1", 120, 90),
        new("Linux UPnP/1.0 Sonos/83.1-61240 (ZPS23)", 70, 250),
        new("VLC/3.0.21 LibVLC/3.0.21", 70, 150),
        new("TuneIn Radio/35.2; iPhone14,5; iOS/18.6", 45, 90),
        new("RadioDroid2 (Android) ExoPlayerLib/2.19.1", 20, 110),
        new("Winamp 5.92 Ultravox/2.1", 18, 240),
        new("foobar2000/2.2.5", 14, 240),
        new("NSPlayer/12.00.26100.4061 WMFSDK/12.00.26100.4061", 10, 180),
        new("Lavf/61.7.100", 24, 200),
        new("mpv 0.40.0", 8, 160),
        new("GStreamer souphttpsrc 1.26.4 libsoup/3.6.5", 8, 200),
        new("FRONTIERSILICON/4.3.2 Internet Radio", 22, 260),
        new("okhttp/4.12.0", 8, 80),
        new("-", 6, 120),
    ];

    /// <summary>Pages that streams are started from in a browser, with the part of the listeners that each brings.</summary>
    public static readonly IReadOnlyList<(string Page, int Weight)> Pages =
    [
        ("https://www.demo-radio.example/", 400),
        ("https://www.demo-radio.example/player?stream=live", 120),
        ("-", 200),
        ("https://www.google.com/", 70),
        ("https://www.google.de/search?q=demo+radio", 30),
        ("https://duckduckgo.com/", 18),
        ("https://www.bing.com/", 16),
        ("https://www.facebook.com/", 26),
        ("https://l.instagram.com/", 18),
        ("https://www.youtube.com/", 8),
        ("https://www.radio-directory.example/station/demo-radio", 60),
        ("http://stadtmagazin.example:8080/veranstaltungen/oktober", 20),
    ];
}
