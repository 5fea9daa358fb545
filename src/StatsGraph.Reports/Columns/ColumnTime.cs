namespace StatsGraph.Reports.Columns;

/// <summary>Seconds in 32 bits, as the columns hold them: since 1950-01-01T00:00:00Z, so up to the year 2086.</summary>
internal static class ColumnTime
{
    private const long Origin = -631_152_000;

    /// <summary>Whether a second since 1970 can be held.</summary>
    public static bool Holds(long unixSecond) => unixSecond is >= Origin and <= Origin + uint.MaxValue;

    /// <summary>The second of the columns; one that cannot be held becomes the nearest that can.</summary>
    public static uint Of(long unixSecond) => (uint)Math.Clamp(unixSecond - Origin, 0, uint.MaxValue);

    /// <summary>The second since 1970.</summary>
    public static long ToUnix(uint second) => second + Origin;
}
