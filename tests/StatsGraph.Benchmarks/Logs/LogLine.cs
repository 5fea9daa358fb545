using System.Globalization;
using System.Text;

namespace StatsGraph.Benchmarks.Logs;

/// <summary>A line as Icecast writes it.</summary>
internal static class LogLine
{
    /// <summary>Pages that players are opened on; most players name none.</summary>
    public static readonly IReadOnlyList<string> Referrers =
    [
        "-", "-", "-", "https://radio.example.org/player", "https://www.example.com/listen?from=home", "http://stations.example.net/de/4711",
        "android-app://com.example.radio/", "https://news.example.org/",
    ];

    /// <summary>Appends a line with its end.</summary>
    public static StringBuilder Append(
        StringBuilder text, string address, DateTimeOffset end, string request, int status, ulong bytes, string referrer, string userAgent, int duration)
        => text.Append(
            CultureInfo.InvariantCulture,
            $"{address} - - [{end:dd/MMM/yyyy:HH:mm:ss} +0000] \"{request}\" {status} {bytes} \"{referrer}\" \"{userAgent}\" {duration}\n");
}
