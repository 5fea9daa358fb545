using System.Globalization;

namespace StatsGraph.Reports;

/// <summary>Orders rows and cuts pages out of them, by the rules of Relay cursor connections.</summary>
/// <param name="list">Names the list and its order in cursors.</param>
/// <param name="order">The order; it must tell any two rows apart.</param>
/// <param name="steps">Steps of the order.</param>
internal sealed class Pager(string list, SortOrder order, int steps)
{
    private readonly Cursor cursor = new(list, steps);

    /// <summary>A pager of rows that are ordered by some steps and then, ascending, by their keys.</summary>
    /// <param name="list">Names the list.</param>
    /// <param name="order">The steps.</param>
    /// <param name="keys">Values of a row's key, which end its sort key.</param>
    public static Pager By<T>(string list, IReadOnlyList<Figures.Sort<T>> order, int keys)
    {
        var name = string.Join(' ', order.Select(sort => $"{sort.By}{(sort.Descending ? "-" : "+")}").Prepend(list));
        bool[] descending = [.. order.Select(sort => sort.Descending), .. Enumerable.Repeat(false, keys)];
        return new Pager(name, new SortOrder(descending), descending.Length);
    }

    /// <summary>Refuses page sizes before any work is done.</summary>
    /// <exception cref="ReportException">A size is negative or too large.</exception>
    public static void Check(PageRequest request)
    {
        Check("first", request.First);
        Check("last", request.Last);
    }

    /// <summary>The page of rows that is asked for.</summary>
    /// <exception cref="ReportException">A cursor is none of this list.</exception>
    public Page<T> Cut<T>(IEnumerable<T> rows, Func<T, SortKey> keyOf, PageRequest request)
    {
        var sorted = rows.Select(row => (Key: keyOf(row), Row: row)).OrderBy(pair => pair.Key, order).ToList();
        var begin = request.After is { } after ? CountUpTo(sorted, "after", after, inclusive: true) : 0;
        var end = request.Before is { } before ? CountUpTo(sorted, "before", before, inclusive: false) : sorted.Count;
        end = Math.Max(begin, end);

        var first = request.First ?? (request.Last is null ? PageRequest.DefaultSize : null);
        if (first is { } size)
            end = Math.Min(end, begin + size);
        if (request.Last is { } tail)
            begin = Math.Max(begin, end - tail);

        var edges = sorted[begin..end].Select(pair => new Edge<T>(cursor.Write(pair.Key), pair.Row)).ToList();
        return new Page<T>(edges, begin > 0, end < sorted.Count, sorted.Count);
    }

    private int CountUpTo<T>(List<(SortKey Key, T Row)> sorted, string argument, string text, bool inclusive)
    {
        var bound = cursor.Read(argument, text);
        return sorted.All(pair => order.CanCompare(pair.Key, bound))
            ? sorted.Count(pair => order.Compare(pair.Key, bound) < (inclusive ? 1 : 0))
            : throw Cursor.Invalid(argument, text);
    }

    private static void Check(string argument, int? size)
    {
        var text = size?.ToString(CultureInfo.InvariantCulture);
        if (size < 0)
            throw new ReportException(ReportErrorCodes.PageSizeNegative, $"'{argument}' is {text}; expected 0 or more.", text);
        if (size > PageRequest.MaximumSize)
            throw new ReportException(
                ReportErrorCodes.PageSize, $"'{argument}' is {text}; a page has at most {PageRequest.MaximumSize} rows.", text);
    }
}
