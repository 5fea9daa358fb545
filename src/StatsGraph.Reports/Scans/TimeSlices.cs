using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Scans;

/// <summary>The slices of time of a list's rows, in seconds of the columns: in order, without gaps.</summary>
internal sealed class TimeSlices
{
    private readonly uint[] bounds;
    private readonly int[] keys;

    public TimeSlices(TimeKeys times)
    {
        bounds = [.. times.Slices.Select(slice => ColumnTime.Of(slice.From)), ColumnTime.Of(times.Slices.Count > 0 ? times.Slices[^1].To : 0)];
        keys = [.. times.Keys];
        KeyCount = keys.Length == 0 ? 0 : keys.Max() + 1;
    }

    private TimeSlices(uint[] bounds)
    {
        this.bounds = bounds;
        keys = [.. Enumerable.Range(0, bounds.Length - 1)];
        KeyCount = keys.Length;
    }

    /// <summary>A slice a quarter hour, each with a key of its own, from 0.</summary>
    /// <param name="from">A multiple of 900 s.</param>
    /// <param name="to">A later one.</param>
    public static TimeSlices OfQuarterHours(uint from, uint to)
        => new([.. Enumerable.Range(0, (int)((to - from) / Sweep.QuarterHour) + 1).Select(quarter => from + ((uint)quarter * Sweep.QuarterHour))]);

    /// <summary>One slice.</summary>
    public static TimeSlices Whole(uint from, uint to) => new([from, to]);

    /// <summary>Number of slices.</summary>
    public int Count => keys.Length;

    /// <summary>Whether there is one slice, and its key is 0.</summary>
    public bool IsWhole => keys is [0];

    /// <summary>Number of keys.</summary>
    public int KeyCount { get; }

    /// <summary>First second of the first slice.</summary>
    public uint From => bounds[0];

    /// <summary>Second after the last slice.</summary>
    public uint To => bounds[^1];

    /// <summary>First second of each slice, and then the second after the last.</summary>
    public ReadOnlySpan<uint> Bounds => bounds;

    /// <summary>Key of each slice.</summary>
    public ReadOnlySpan<int> Keys => keys;

    /// <summary>The slice that a second of the whole time is in.</summary>
    public int Find(uint second)
    {
        var index = Array.BinarySearch(bounds, 0, keys.Length, second);
        return index >= 0 ? index : ~index - 1;
    }
}
