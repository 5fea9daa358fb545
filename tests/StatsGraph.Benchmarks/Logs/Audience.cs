using System.Globalization;

namespace StatsGraph.Benchmarks.Logs;

/// <summary>Who listens to the station of the benchmarks: addresses, user agents, referrers and mounts, all from one seed.</summary>
internal sealed class Audience
{
    private const int UserAgentCount = 150;
    private const int MountCount = 12;

    private static readonly string[] Players =
    [
        "VLC/3.0.{0} LibVLC/3.0.{0}", "Winamp/5.{0}", "iTunes/12.{0} (Windows; Microsoft Windows 10 x64) AppleWebKit/7613.2007.1014.14", "Lavf/58.{0}.100",
        "foobar2000/1.6.{0}", "RadioApp/4.{0} (Linux; Android 13) ExoPlayerLib/2.18.{0}", "AppleCoreMedia/1.0.0.20{0}50 (iPhone; U; CPU OS 17_{0} like Mac OS X; de_de)",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/1{0}.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64; rv:1{0}.0) Gecko/20100101 Firefox/1{0}.0", "Sonos/77.{0} (ZPS22)", "TuneIn Radio/3{0}.1; Android 13; Dalvik/2.1.0",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_{0} like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148", "mpg123/1.{0}.0", "NSPlayer/12.{0}.1", "Echo/1.{0}(APNG)",
    ];

    private static readonly string[] Stems = ["main", "news", "jazz", "rock", "classic", "pop", "talk", "night", "kids", "world", "metal", "lounge"];

    private readonly StableRandom random;
    private readonly string[] addresses;

    /// <summary>Makes an audience.</summary>
    /// <param name="addressCount">Distinct addresses; 6 of 100 are IPv6.</param>
    public Audience(int addressCount)
    {
        random = new StableRandom(20261122);
        addresses = new string[addressCount];
        var seen = new HashSet<string>(addressCount, StringComparer.Ordinal);
        for (var i = 0; i < addressCount; i++)
        {
            while (!seen.Add(addresses[i] = random.Below(100) < 6 ? Ipv6() : Ipv4()))
            {
            }
        }

        UserAgents = [.. Enumerable.Range(0, UserAgentCount).Select(i => string.Format(CultureInfo.InvariantCulture, Players[i % Players.Length], 10 + (i / Players.Length)))];
        Mounts = [.. Enumerable.Range(0, MountCount).Select(i => $"/{Stems[i]}{(i % 3 == 0 ? ".mp3" : i % 3 == 1 ? ".aac" : ".opus")}")];
    }

    /// <summary>Distinct user agents, one to a listener.</summary>
    public IReadOnlyList<string> UserAgents { get; }

    /// <summary>Mounts of the station.</summary>
    public IReadOnlyList<string> Mounts { get; }

    /// <summary>The address of a listener.</summary>
    public string Address(int listener) => addresses[listener];

    /// <summary>The user agent of a listener, always the same.</summary>
    public string UserAgent(int listener) => UserAgents[(int)((uint)listener * 2654435761u >> 8) % UserAgents.Count];

    private string Ipv4()
    {
        // Public unicast space but for the blocks nobody has.
        int first;
        do
        {
            first = 1 + random.Below(222);
        }
        while (first is 10 or 127 or 169 or 172 or 192);
        return string.Create(CultureInfo.InvariantCulture, $"{first}.{random.Below(256)}.{random.Below(256)}.{1 + random.Below(254)}");
    }

    private string Ipv6()
        => string.Create(
            CultureInfo.InvariantCulture,
            $"2a0{random.Below(8)}:{random.Below(65536):x}:{random.Below(65536):x}:{random.Below(256):x}:{1 + random.Below(65535):x}:{1 + random.Below(65535):x}:{1 + random.Below(65535):x}:{1 + random.Below(65535):x}");
}
