using static System.FormattableString;

namespace StatsGraph.Benchmarks.Measuring;

/// <summary>A row of a figure, whoever computed it.</summary>
/// <param name="Key">What the row is of; empty for the whole, and for what is not known.</param>
/// <param name="Values">Its numbers.</param>
internal sealed record FigureRow(string Key, IReadOnlyList<double> Values)
{
    /// <summary>Numbers are equal when they differ by less than this part of them: both add floating-point numbers up, in their own order.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>What is different between two answers, or null. A row of nothing but zeros may be missing.</summary>
    public static string? Difference(IEnumerable<FigureRow> ours, IEnumerable<FigureRow> theirs)
    {
        var (left, right) = (ByKey(ours), ByKey(theirs));
        return left.Keys.Union(right.Keys).Order(StringComparer.Ordinal)
            .Where(key => !AreEqual(left.GetValueOrDefault(key), right.GetValueOrDefault(key)))
            .Select(key => $"'{key}' is {Text(left.GetValueOrDefault(key))} here and {Text(right.GetValueOrDefault(key))} there")
            .FirstOrDefault();
    }

    private static Dictionary<string, FigureRow> ByKey(IEnumerable<FigureRow> rows)
        => rows.Where(row => row.Values.Any(value => value != 0)).ToDictionary(row => row.Key, StringComparer.Ordinal);

    private static bool AreEqual(FigureRow? left, FigureRow? right)
        => left is not null && right is not null && left.Values.Count == right.Values.Count
            && left.Values.Zip(right.Values).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * Math.Abs(pair.First));

    private static string Text(FigureRow? row) => row is null ? "missing" : string.Join(", ", row.Values.Select(value => Invariant($"{value}")));
}
