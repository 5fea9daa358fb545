using System.Globalization;

namespace StatsGraph.Terminal;

/// <summary>Sizes for people.</summary>
internal static class ByteText
{
    private static readonly string[] Units = ["kB", "MB", "GB", "TB"];

    /// <summary>Bytes in the largest unit that leaves 1 or more, in steps of 1,000, with one decimal.</summary>
    public static string Of(long bytes)
    {
        if (bytes < 1_000)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        var (value, unit) = (bytes / 1_000.0, 0);
        while (value >= 999.95 && unit < Units.Length - 1)
        {
            (value, unit) = (value / 1_000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {Units[unit]}");
    }
}
