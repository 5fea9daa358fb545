using System.Globalization;

namespace StatsGraph.Ingest.Warnings;

/// <summary>Figures as sentences hold them.</summary>
internal static class Words
{
    private static readonly (long Seconds, string Name)[] Units =
        [(31_557_600, "year"), (86_400, "day"), (3_600, "hour"), (60, "minute")];

    /// <summary>A number with separators.</summary>
    public static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A line's number, as it stands behind the name of a file.</summary>
    public static string Position(long line) => line.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number of things.</summary>
    public static string Counted(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>How often.</summary>
    public static string Times(long count) => count == 1 ? "once" : Number(count) + " times";

    /// <summary>A length of time in the largest unit of which it has two or more, rounded down.</summary>
    public static string Time(long seconds)
    {
        var unit = Array.Find(Units, unit => seconds >= 2 * unit.Seconds);
        return unit.Seconds == 0 ? Counted(seconds, "second") : Counted(seconds / unit.Seconds, unit.Name);
    }

    /// <summary>An instant in microseconds since 1970.</summary>
    public static string Instant(long microseconds) => Instant(DateTimeOffset.FromUnixTimeMilliseconds(microseconds / 1_000));

    /// <summary>An instant.</summary>
    public static string Instant(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
