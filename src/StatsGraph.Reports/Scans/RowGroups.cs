using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Reports.Scans;

/// <summary>
/// Numbers the combinations of values that a list is grouped by, as rows with them are met. Where the list is a page, only its rows have
/// numbers. For one thread.
/// </summary>
internal sealed class RowGroups
{
    /// <summary>Number of rows that belong to no group of the page.</summary>
    public const int None = -1;

    private const int MostDirect = 1 << 16;

    private readonly SiteTexts texts;
    private readonly TextColumn[] columns;
    private readonly bool isPage;
    private readonly int[]? direct;
    private readonly Dictionary<(int, int, int), int> numbers = [];
    private readonly List<(int First, int Second, int Third)> codes = [];

    /// <param name="texts">The site's texts.</param>
    /// <param name="cut">How the list is cut.</param>
    /// <param name="page">The only rows that are wanted; null for all.</param>
    public RowGroups(SiteTexts texts, RowCut cut, IReadOnlyList<RowKey>? page)
    {
        this.texts = texts;
        columns = [.. cut.Values.Select(ColumnOf)];
        isPage = page is not null && columns.Length > 0;
        if (columns.Length == 1 && texts[columns[0]].Count <= MostDirect)
        {
            direct = new int[texts[columns[0]].Count];
            Array.Fill(direct, None);
        }

        if (columns.Length == 0)
            Add((0, 0, 0));
        else if (isPage)
            AddPage(page!);
    }

    /// <summary>One group, of all rows.</summary>
    public RowGroups(SiteTexts texts)
        : this(texts, new RowCut(new TimeKeys([], []), []), page: null)
    {
    }

    /// <summary>Number of groups so far.</summary>
    public int Count => codes.Count;

    /// <summary>Whether there is but one group, of all rows.</summary>
    public bool IsWhole => columns.Length == 0;

    /// <summary>The column that holds the values of a dimension.</summary>
    public static TextColumn ColumnOf(Dimension dimension) => dimension switch
    {
        Dimension.Mount => TextColumn.Mount,
        Dimension.EntryMount => TextColumn.EntryMount,
        Dimension.Country => TextColumn.Country,
        Dimension.Region => TextColumn.Region,
        Dimension.City => TextColumn.City,
        Dimension.Referrer => TextColumn.Referrer,
        Dimension.Player => TextColumn.Player,
        Dimension.Network => TextColumn.Network,
        _ => throw new ArgumentOutOfRangeException(nameof(dimension), dimension, "Expected a dimension that a session has a value of."),
    };

    /// <summary>The group's row of a key of time.</summary>
    public RowKey Row(int group, long time) => new(time, Text(0, codes[group].First), Text(1, codes[group].Second), Text(2, codes[group].Third));

    /// <summary>The number of the group that has the same values as one of others.</summary>
    public int Like(RowGroups others, int group)
    {
        var key = others.codes[group];
        var known = direct is not null ? direct[key.First] : numbers.GetValueOrDefault(key, None);
        return known == None ? Add(key) : known;
    }

    /// <summary>Numbers the groups of some rows.</summary>
    /// <param name="rows">A chunk.</param>
    /// <param name="selected">Some of its rows.</param>
    /// <returns>A number for each of them, or <see cref="None"/>, in the chunk's room for numbers.</returns>
    public ReadOnlySpan<int> Of(ChunkRows rows, ReadOnlySpan<int> selected)
    {
        var groups = rows.Numbers[..selected.Length];
        Number(rows, selected, groups);
        return groups;
    }

    private void Number(ChunkRows rows, ReadOnlySpan<int> selected, Span<int> groups)
    {
        if (columns.Length == 0)
        {
            groups.Clear();
            return;
        }

        var first = rows.Codes(columns[0]);
        if (direct is not null)
        {
            for (var index = 0; index < selected.Length; index++)
            {
                var code = first[selected[index]];
                var group = direct[code];
                groups[index] = group == None && !isPage ? Add((code, 0, 0)) : group;
            }

            return;
        }

        var second = columns.Length > 1 ? rows.Codes(columns[1]) : default;
        var third = columns.Length > 2 ? rows.Codes(columns[2]) : default;
        (int, int, int) last = (-1, -1, -1);
        var lastGroup = None;
        for (var index = 0; index < selected.Length; index++)
        {
            var row = selected[index];
            var key = (first[row], second.IsEmpty ? 0 : second[row], third.IsEmpty ? 0 : third[row]);
            if (key != last)
            {
                last = key;
                lastGroup = numbers.TryGetValue(key, out var known) ? known : isPage ? None : Add(key);
            }

            groups[index] = lastGroup;
        }
    }

    private int Add((int First, int Second, int Third) key)
    {
        var number = codes.Count;
        codes.Add(key);
        if (direct is null)
            numbers.Add(key, number);
        else
            direct[key.First] = number;
        return number;
    }

    private void AddPage(IReadOnlyList<RowKey> page)
    {
        var codesOf = columns.Select((column, place) => CodesOf(texts[column], page.Select(row => row.Value(place)))).ToList();
        int Code(int place, RowKey row) =>
            place < codesOf.Count && row.Value(place) is { } text ? codesOf[place].GetValueOrDefault(text, TextDictionary.Null) : TextDictionary.Null;
        foreach (var key in page.Select(row => (Code(0, row), Code(1, row), Code(2, row))).Distinct())
            Add(key);
    }

    /// <summary>Codes of texts, without null.</summary>
    private static Dictionary<string, int> CodesOf(TextDictionary dictionary, IEnumerable<string?> wanted)
    {
        var left = wanted.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var code = 1; code < dictionary.Count && found.Count < left.Count; code++)
        {
            if (left.Contains(dictionary[code]!))
                found.Add(dictionary[code]!, code);
        }

        return found;
    }

    private string? Text(int place, int code) => place < columns.Length ? texts[columns[place]][code] : null;
}
