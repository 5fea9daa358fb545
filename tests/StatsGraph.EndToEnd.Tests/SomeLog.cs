using System.Globalization;
using System.Text;

namespace StatsGraph.EndToEnd.Tests;

/// <summary>Lines as Icecast writes them.</summary>
public static class SomeLog
{
    /// <summary>Sessions of a minute, one a minute from noon of 1 October 2026 UTC, all different.</summary>
    public static string Sessions(int count, string mount = "/live.mp3")
    {
        var text = new StringBuilder();
        for (var index = 0; index < count; index++)
        {
            text.Append(Session(index, mount));
        }

        return text.ToString();
    }

    /// <summary>
    /// One session of a minute; ends as often as <paramref name="index"/> says <paramref name="secondsApart"/> past noon. Those that follow one
    /// another come from different networks: an import that finds a hundred of one network alone warns of it.
    /// </summary>
    public static string Session(int index, string mount = "/live.mp3", int secondsApart = 60)
    {
        var end = new DateTime(2026, 10, 1, 12, 0, 0, DateTimeKind.Utc).AddSeconds((long)index * secondsApart);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"81.2.{index % 250}.{index / 250 % 250} - - [{end:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET {mount} HTTP/1.1\" 200 960000 \"-\" \"VLC/3.0.{index % 20} LibVLC/3.0.20\" 60\n");
    }
}
