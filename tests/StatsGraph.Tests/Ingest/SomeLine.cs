using System.Globalization;
using System.Text;

namespace StatsGraph.Tests.Ingest;

/// <summary>Access lines with everything ordinary but what a test is about.</summary>
internal static class SomeLine
{
    public const string Vlc = "VLC/3.0.20 LibVLC/3.0.20";

    public static string Text(
        string address = "81.2.69.160", string user = "-", string stamp = "22/Nov/2026:17:00:33 +0000",
        string request = "GET /live.mp3 HTTP/1.1", string status = "200", string bytes = "306829", string referrer = "-",
        string userAgent = Vlc, string duration = "15")
        => $"{address} - {user} [{stamp}] \"{request}\" {status} {bytes} \"{referrer}\" \"{userAgent}\" {duration}";

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    /// <summary>A log of listeners, each line unlike the others, a minute apart.</summary>
    public static string Log(int lines, int first = 0)
    {
        var log = new StringBuilder();
        for (var index = first; index < first + lines; index++)
        {
            var stamp = new DateTime(2026, 11, 1).AddMinutes(index).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture);
            log.Append(Text(address: $"10.0.{index / 250}.{index % 250}", stamp: stamp + " +0000")).Append('\n');
        }

        return log.ToString();
    }
}
