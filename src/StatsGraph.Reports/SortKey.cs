namespace StatsGraph.Reports;

/// <summary>What a row is ordered by: one value a step of the order. Null comes last whichever way the step goes.</summary>
/// <param name="Values">Each null, <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</param>
internal sealed record SortKey(params object?[] Values);

/// <summary>An order of rows: which way each step goes.</summary>
internal sealed class SortOrder(params bool[] descending) : IComparer<SortKey>
{
    /// <inheritdoc/>
    public int Compare(SortKey? x, SortKey? y)
    {
        for (var step = 0; step < descending.Length; step++)
        {
            var (a, b) = (x!.Values[step], y!.Values[step]);
            if (a is null || b is null)
            {
                if (a is null != b is null)
                    return a is null ? 1 : -1;
                continue;
            }

            var order = Compare(a, b);
            if (order != 0)
                return descending[step] ? -order : order;
        }

        return 0;
    }

    /// <summary>Whether two keys hold values of one kind in every step.</summary>
    public bool CanCompare(SortKey x, SortKey y) =>
        x.Values.Length == descending.Length
        && x.Values.Zip(y.Values).All(pair => pair.First is null || pair.Second is null || pair.First.GetType() == pair.Second.GetType());

    /// <summary>Compares texts in the order of their UTF-8 bytes.</summary>
    public static int CompareTexts(string a, string b)
    {
        var same = a.AsSpan().CommonPrefixLength(b);
        if (same == a.Length || same == b.Length)
            return a.Length - b.Length;

        // UTF-16 puts surrogates before U+E000 to U+FFFF, UTF-8 after them.
        var (first, second) = (a[same], b[same]);
        return char.IsSurrogate(first) == char.IsSurrogate(second) ? first - second : char.IsSurrogate(first) ? 1 : -1;
    }

    private static int Compare(object a, object b) => (a, b) switch
    {
        (long x, long y) => x.CompareTo(y),
        (double x, double y) => x.CompareTo(y),
        (string x, string y) => CompareTexts(x, y),
        _ => throw new ArgumentException($"Cannot order '{a}' against '{b}': expected two numbers or two texts of one kind."),
    };
}
