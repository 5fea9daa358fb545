namespace StatsGraph.Reports.Columns;

/// <summary>The texts of all columns of a site. Grows with the site; every version of its columns shares it.</summary>
internal sealed class SiteTexts
{
    /// <summary>The columns that have a dictionary of their own.</summary>
    public static readonly IReadOnlyList<TextColumn> Columns =
        [.. Enum.GetValues<TextColumn>().Where(column => column != TextColumn.EntryMount)];

    private readonly TextDictionary[] dictionaries;

    public SiteTexts()
    {
        dictionaries = [.. Enum.GetValues<TextColumn>().Select(_ => new TextDictionary())];
        dictionaries[(int)TextColumn.EntryMount] = dictionaries[(int)TextColumn.Mount];
    }

    /// <summary>The dictionary of a column.</summary>
    public TextDictionary this[TextColumn column] => dictionaries[(int)column];

    /// <summary>Names of the networks.</summary>
    public NetworkNames NetworkNames { get; } = new();
}
