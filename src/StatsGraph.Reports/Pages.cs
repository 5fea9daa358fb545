namespace StatsGraph.Reports;

/// <summary>Pages of rows that have nothing but a key, for lists that are not of this room.</summary>
public static class Pages
{
    /// <summary>The page of rows that is asked for, in the order of the UTF-8 bytes of their keys.</summary>
    /// <param name="list">Names the list in its cursors.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="keyOf">Key of a row, unique in the list.</param>
    /// <param name="request">The page.</param>
    /// <exception cref="ReportException">The page size or a cursor is wrong.</exception>
    public static Page<T> ByKey<T>(string list, IEnumerable<T> rows, Func<T, string> keyOf, PageRequest request)
    {
        Pager.Check(request);
        return new Pager(list, new SortOrder(false), 1).Cut(rows, row => new SortKey(keyOf(row)), request);
    }

    /// <summary>The first rows of a list that is no connection.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">How many are wanted.</param>
    /// <exception cref="ReportException">They are fewer than none, or more than a page may have.</exception>
    public static IReadOnlyList<T> First<T>(IEnumerable<T> rows, int first)
    {
        Pager.Check(new PageRequest(first));
        return [.. rows.Take(first)];
    }
}
