namespace StatsGraph.Printing;

/// <summary>A table to print, of whatever it is; every text may be any.</summary>
/// <param name="Title">Title of the document.</param>
/// <param name="Facts">What the table is of, such as its site and period, in the order in which it is printed.</param>
/// <param name="Columns">The columns, one at least.</param>
/// <param name="Rows">A text a column.</param>
/// <param name="CreatedAt">When the table came to be, which the file tells; null where that is not to be told.</param>
public sealed record PrintedTable(
    string Title,
    IReadOnlyList<PrintedFact> Facts,
    IReadOnlyList<PrintedColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows,
    DateTimeOffset? CreatedAt)
{
    /// <summary>Number of rows of the whole table, where <see cref="Rows"/> has only as many as are printed.</summary>
    public int RowCount { get; init; } = Rows.Count;
}

/// <summary>Something that is so of a whole table.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">How it is.</param>
public sealed record PrintedFact(string Name, string Value);

/// <summary>A column.</summary>
/// <param name="Heading">What stands over it.</param>
/// <param name="IsNumber">Whether its cells are numbers, which end at one edge; others are wrapped.</param>
public sealed record PrintedColumn(string Heading, bool IsNumber);
