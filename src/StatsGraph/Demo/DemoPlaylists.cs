using System.Globalization;
using System.Text;

namespace StatsGraph.Demo;

/// <summary>
/// Writes what the demo station played, in both ways that stations have it: its Icecast logged the titles of the live programme, which two mounts carry, and the
/// jazz comes out of an automation that exports albums, labels and codes too. The same bytes every time.
/// </summary>
internal static class DemoPlaylists
{
    private const ulong Seed = 20_261_026;
    private const string Jazz = "/jazz.mp3";

    /// <summary>Seconds of news at every full hour of the live programme, which no title is announced for.</summary>
    private const int News = 180;

    private static readonly string[] Live = ["/live.mp3", "/live.aac"];

    /// <summary>Writes the playlists beside the access logs.</summary>
    /// <param name="folder">Folder to write into.</param>
    public static void Write(string folder)
    {
        var random = new DemoRandom(Seed);
        File.WriteAllText(Path.Combine(folder, "playlist.log"), Log(random));
        File.WriteAllText(Path.Combine(folder, "jazz-plays.csv"), Table(random));
    }

    /// <summary>A playlist.log: stamp, mount, listeners, title.</summary>
    private static string Log(DemoRandom random)
    {
        var log = new StringBuilder();
        for (var hour = DemoClock.First; hour < DemoClock.Last; hour += DemoClock.Hour)
        {
            AppendTitle(log, hour, random, "");
            for (var at = hour + News; at < hour + DemoClock.Hour; at += random.Between(150, 330))
            {
                var recording = DemoRecordings.Live(random);
                AppendTitle(log, at, random, $"{recording.Artist} - {recording.Title}");
            }
        }

        return log.ToString();
    }

    private static void AppendTitle(StringBuilder log, long at, DemoRandom random, string title)
    {
        foreach (var mount in Live)
        {
            log.Append(CultureInfo.InvariantCulture, $"{DemoClock.Stamp(at)}|{mount}|{random.Between(5, 60)}|{title}\n");
        }
    }

    /// <summary>A table of plays with all that a report of use asks for.</summary>
    private static string Table(DemoRandom random)
    {
        var table = new StringBuilder("artist,title,album,label,isrc,start,duration,mount\n");
        var length = 0;
        for (var at = DemoClock.First; at < DemoClock.Last; at += length)
        {
            length = random.Between(200, 520);
            var recording = DemoRecordings.Jazz(random);
            table.Append(
                CultureInfo.InvariantCulture,
                $"{recording.Artist},{recording.Title},{recording.Album},{recording.Label},{recording.Isrc},{DateTimeOffset.FromUnixTimeSeconds(at):yyyy-MM-dd'T'HH:mm:ss'Z'},{length},{Jazz}\n");
        }

        return table.ToString();
    }
}
