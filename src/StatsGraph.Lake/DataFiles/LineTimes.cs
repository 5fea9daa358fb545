using Apache.Arrow;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// When lines ended: their first and last instant and the hours between that hold one. It answers which parts of the lake
/// can hold the same lines, so that one stray old line does not make all of the lake be read.
/// </summary>
internal sealed class LineTimes
{
    /// <summary>Stands for the time of a line that has none.</summary>
    public const long Undated = long.MinValue;

    private const long MillisecondsPerHour = 3_600_000;

    private readonly HashSet<long> hours = [];
    private long[]? ordered;
    private long first = long.MaxValue;
    private long last = long.MinValue;

    /// <summary>Whether a line has no instant.</summary>
    public bool HasUndated { get; private set; }

    /// <summary>Milliseconds since 1970 of microseconds, rounded down.</summary>
    public static long Milliseconds(long microseconds) => (microseconds / 1000) - (microseconds % 1000 < 0 ? 1 : 0);

    /// <summary>Adds the lines of a batch.</summary>
    public void Add(TimestampArray endedAt)
    {
        ordered = null;
        var values = endedAt.Values;
        var hasNulls = endedAt.NullCount > 0;
        var hour = long.MinValue;
        for (var row = 0; row < values.Length; row++)
        {
            if (hasNulls && endedAt.IsNull(row))
            {
                HasUndated = true;
                continue;
            }
            var instant = Milliseconds(values[row]);
            (first, last) = (Math.Min(first, instant), Math.Max(last, instant));
            if (Hour(instant) != hour)
                hours.Add(hour = Hour(instant));
        }
    }

    /// <summary>Whether rows can hold lines of these times.</summary>
    /// <param name="from">Their first instant in milliseconds since 1970, rounded down; null when all are undated.</param>
    /// <param name="to">Their last instant, likewise.</param>
    /// <param name="hasUndated">Whether some may have none.</param>
    public bool Overlap(long? from, long? to, bool hasUndated)
        => (hasUndated && HasUndated)
            || (from <= last && to >= first && HasHour(Hour(from.Value), Hour(to.Value)));

    /// <summary>Whether a line can be one of these.</summary>
    /// <param name="endedAt">When it ended, in microseconds since 1970, or <see cref="Undated"/>.</param>
    public bool MayHold(long endedAt)
        => endedAt == Undated ? HasUndated : Milliseconds(endedAt) is var instant && instant >= first && instant <= last;

    private bool HasHour(long from, long to)
    {
        ordered ??= [.. hours.Order()];
        var index = ordered.AsSpan().BinarySearch(from);
        return index >= 0 || (~index < ordered.Length && ordered[~index] <= to);
    }

    private static long Hour(long milliseconds)
        => (milliseconds / MillisecondsPerHour) - (milliseconds % MillisecondsPerHour < 0 ? 1 : 0);
}
