using System.Globalization;

namespace StatsGraph.Demo;

/// <summary>
/// The demo station's clock: Berlin around October 2026, whose summer time ends on the 25th at 01:00 UTC. Instants are Unix seconds.
/// Written out here so that the logs do not hang on the time zone data of the machine.
/// </summary>
internal static class DemoClock
{
    public const long Hour = 3_600;
    public const long Day = 24 * Hour;

    /// <summary>The demo's first hour: some sessions are open when October begins.</summary>
    public static readonly long First = Unix(2026, 9, 30, 18);

    /// <summary>October begins in Berlin.</summary>
    public static readonly long MonthBegins = Unix(2026, 9, 30, 22);

    /// <summary>October is over in Berlin.</summary>
    public static readonly long MonthEnds = Unix(2026, 10, 31, 23);

    /// <summary>The last hour of the logs: more than a day later, so that October is complete.</summary>
    public static readonly long Last = MonthEnds + Day + (5 * Hour);

    private static readonly long SummerTimeEnds = Unix(2026, 10, 25, 1);

    /// <summary>Berlin's wall time.</summary>
    public static DateTime Local(long instant) => DateTime.UnixEpoch.AddSeconds(instant + Offset(instant));

    /// <summary>The stamp of an access log.</summary>
    public static string Stamp(long instant)
        => Local(instant).ToString("dd/MMM/yyyy:HH:mm:ss", CultureInfo.InvariantCulture) + (Offset(instant) == 2 * Hour ? " +0200" : " +0100");

    private static long Offset(long instant) => instant < SummerTimeEnds ? 2 * Hour : Hour;

    private static long Unix(int year, int month, int day, int hour)
        => new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();
}
