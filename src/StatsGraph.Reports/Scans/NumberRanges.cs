using StatsGraph.Reports.Filters;

namespace StatsGraph.Reports.Scans;

/// <summary>The numbers that pass a comparison, as ranges that do not touch, in order, both ends inclusive.</summary>
internal sealed class NumberRanges
{
    private readonly List<(uint First, uint Last)> ranges = [];

    private NumberRanges(IEnumerable<(uint First, uint Last)> ranges) => this.ranges.AddRange(ranges);

    /// <summary>The numbers from 0 to 2^32-1 that pass.</summary>
    public static NumberRanges Of<TField>(Condition<TField>.Compare compare)
        where TField : struct, Enum
    {
        var values = compare.Values.OfType<long>().Where(value => value is >= 0 and <= uint.MaxValue).Select(value => (uint)value).Order().Distinct();
        var limit = compare.Values.Count > 0 && compare.Values[0] is long number ? number : 0;
        return compare.Operator switch
        {
            Operator.Equal or Operator.In => new(values.Select(value => (value, value))),
            Operator.NotEqual or Operator.NotIn => new(Between(values)),
            Operator.Greater => From(limit == long.MaxValue ? limit : limit + 1, possible: limit != long.MaxValue),
            Operator.GreaterOrEqual => From(limit, possible: true),
            Operator.Less => UpTo(limit - 1, possible: limit != long.MinValue),
            Operator.LessOrEqual => UpTo(limit, possible: true),
            _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Operator, "Expected an operator of numbers."),
        };
    }

    /// <summary>Marks with 1 the numbers that are in the ranges and with 0 the others.</summary>
    public void Mark(ReadOnlySpan<uint> numbers, Span<byte> marks)
    {
        marks[..numbers.Length].Clear();
        foreach (var (first, last) in ranges)
        {
            var width = last - first;
            for (var index = 0; index < numbers.Length; index++)
                marks[index] |= numbers[index] - first <= width ? (byte)1 : (byte)0;
        }
    }

    private static NumberRanges From(long first, bool possible)
        => new(possible && first <= uint.MaxValue ? [((uint)Math.Max(first, 0), uint.MaxValue)] : []);

    private static NumberRanges UpTo(long last, bool possible)
        => new(possible && last >= 0 ? [(0, (uint)Math.Min(last, uint.MaxValue))] : []);

    /// <summary>All numbers but some.</summary>
    private static IEnumerable<(uint First, uint Last)> Between(IEnumerable<uint> values)
    {
        long next = 0;
        foreach (var value in values)
        {
            if (value > next)
                yield return ((uint)next, value - 1);
            next = (long)value + 1;
        }

        if (next <= uint.MaxValue)
            yield return ((uint)next, uint.MaxValue);
    }
}
