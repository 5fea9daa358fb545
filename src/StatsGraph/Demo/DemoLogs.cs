using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace StatsGraph.Demo;

/// <summary>
/// Writes a month of access logs of a station that does not exist: October 2026 in Berlin, in which the clock is set back.
/// The same bytes every time, but for how the compressor packs them.
/// </summary>
internal static class DemoLogs
{
    private const ulong Seed = 20_261_025;

    /// <summary>Writes the logs as logrotate leaves them: weeks that are over as <c>.gz</c>, the newest one plain.</summary>
    /// <param name="folder">Folder to write into; made where it is missing.</param>
    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        var weeks = Lines().GroupBy(line => RotatedOn(line.End)).ToList();
        foreach (var week in weeks)
        {
            var newest = week == weeks[^1];
            var name = newest ? "access.log" : "access.log-" + week.Key.ToString("yyyyMMdd", CultureInfo.InvariantCulture) + ".gz";
            using var file = File.Create(Path.Combine(folder, name));
            using var log = new StreamWriter(newest ? file : new GZipStream(file, CompressionLevel.Fastest), new UTF8Encoding(false));
            foreach (var line in week)
            {
                log.Write(line.Text);
                log.Write('\n');
            }
        }
    }

    /// <summary>All lines in the order in which Icecast writes them.</summary>
    public static IReadOnlyList<DemoLine> Lines()
    {
        var random = new DemoRandom(Seed);
        var lines = new DemoListening(random).Lines().ToList();
        lines.AddRange(new DemoOperations(random).Lines());
        return [.. lines.Where(line => line.End < DemoClock.Last).OrderBy(line => line.End)];
    }

    /// <summary>The Monday, at midnight, on which a line's log is rotated away.</summary>
    private static DateOnly RotatedOn(long instant)
    {
        var day = DateOnly.FromDateTime(DemoClock.Local(instant));
        return day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7));
    }
}
