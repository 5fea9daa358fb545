namespace StatsGraph.Reports.Columns;

/// <summary>How far the first columns are.</summary>
/// <param name="Sites">Sites that have lines.</param>
/// <param name="Lines">Lines of all of them.</param>
/// <param name="Done">Lines that are in columns, or were looked at and are no sessions.</param>
public sealed record ColumnProgress(int Sites, long Lines, long Done);
