namespace StatsGraph.Reports.Columns;

/// <summary>Puts rows in the order of sessions without moving them.</summary>
internal static class RowOrder
{
    private const int DigitBits = 11;

    /// <summary>The rows' places, in order.</summary>
    public static int[] Sort(SessionRows rows, SessionKeyOrder keys)
    {
        var sorted = SortByStart(rows.Starts.AsSpan(0, rows.Count));
        var order = new int[rows.Count];
        for (var row = 0; row < order.Length; row++)
            order[row] = (int)(uint)sorted[row];

        // Few sessions begin in the same second, so the rest of the key is looked at among those alone.
        for (int from = 0, to; from < order.Length; from = to)
        {
            for (to = from + 1; to < order.Length && sorted[to] >> 32 == sorted[from] >> 32;)
                to++;
            if (to - from > 1)
                order.AsSpan(from, to - from).Sort((x, y) => keys.Compare(SessionKey.Of(rows, x), SessionKey.Of(rows, y)));
        }

        return order;
    }

    // Each value is the start, less the earliest, above the place. A radix sort, lowest digit first, over the digits that differ at all.
    private static ulong[] SortByStart(ReadOnlySpan<uint> starts)
    {
        var (least, most) = (uint.MaxValue, uint.MinValue);
        foreach (var start in starts)
            (least, most) = (Math.Min(least, start), Math.Max(most, start));

        var (items, sorted) = (new ulong[starts.Length], new ulong[starts.Length]);
        for (var row = 0; row < items.Length; row++)
            items[row] = ((ulong)(starts[row] - least) << 32) | (uint)row;
        for (var bit = 0; bit < 32 && items.Length > 0 && (most - least) >> bit != 0; bit += DigitBits)
        {
            SortByDigit(items, sorted, 32 + bit);
            (items, sorted) = (sorted, items);
        }

        return items;
    }

    private static void SortByDigit(ulong[] items, ulong[] sorted, int shift)
    {
        const int Digits = 1 << DigitBits;
        Span<int> places = stackalloc int[Digits + 1];
        places.Clear();
        foreach (var item in items)
            places[((int)(item >> shift) & (Digits - 1)) + 1]++;
        for (var digit = 0; digit < Digits; digit++)
            places[digit + 1] += places[digit];
        foreach (var item in items)
            sorted[places[(int)(item >> shift) & (Digits - 1)]++] = item;
    }
}
