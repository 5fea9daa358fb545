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
        var all = rows.Select(row => (Key: keyOf(row), Row: row)).ToArray();
        var begin = request.After is { } after ? CountUpTo(all, "after", after, inclusive: true) : 0;
        var end = request.Before is { } before ? CountUpTo(all, "before", before, inclusive: false) : all.Length;
        end = Math.Max(begin, end);

        var first = request.First ?? (request.Last is null ? PageRequest.DefaultSize : null);
        if (first is { } size)
            end = Math.Min(end, begin + size);
        if (request.Last is { } tail)
            begin = Math.Max(begin, end - tail);

        SortWithin(all, begin, end);
        var edges = all[begin..end].Select(pair => new Edge<T>(cursor.Write(pair.Key), pair.Row)).ToList();
        return new Page<T>(edges, begin > 0, end < all.Length, all.Length);
    }

    /// <summary>
    /// Puts the rows of a page where they belong in the order of all rows, which are not sorted for it: quicksort that leaves alone what is no part of the
    /// page.
    /// </summary>
    private void SortWithin<T>((SortKey Key, T Row)[] rows, int begin, int end)
    {
        var parts = new Stack<(int Low, int High)>([(0, rows.Length - 1)]);
        while (parts.TryPop(out var part))
        {
            var (low, high) = part;
            if (low >= high || high < begin || low >= end)
                continue;
            var pivot = rows[low + ((high - low) / 2)].Key;
            var (left, right) = (low, high);
            while (left <= right)
            {
                while (order.Compare(rows[left].Key, pivot) < 0)
                    left++;
                while (order.Compare(rows[right].Key, pivot) > 0)
                    right--;
                if (left <= right)
                {
                    (rows[left], rows[right]) = (rows[right], rows[left]);
                    left++;
                    right--;
                }
            }

            parts.Push((low, right));
            parts.Push((left, high));
        }
    }

    private int CountUpTo<T>((SortKey Key, T Row)[] rows, string argument, string text, bool inclusive)
    {
        var bound = cursor.Read(argument, text);
        return Array.TrueForAll(rows, pair => order.CanCompare(pair.Key, bound))
            ? rows.Count(pair => order.Compare(pair.Key, bound) < (inclusive ? 1 : 0))
            : throw Cursor.Invalid(argument, text);
    }

    private static void Check(string argument, int? size)
    {
        var text = size?.ToString(CultureInfo.InvariantCulture);
        if (size < 0)
            throw new ReportException(ReportErrorCodes.PageSizeNegative, $"'{argument}' is {text}; expected 0 or more.", text);
        if (size > PageRequest.MaximumSize)
            throw new ReportException(
                ReportErrorCodes.PageSize, $"'{argument}' is {text}; a page has at most {PageRequest.MaximumSize} rows.", text, PageRequest.MaximumSize);
    }
}
