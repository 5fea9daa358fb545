namespace StatsGraph.Reports.Figures;

/// <summary>What became of every line ever ingested.</summary>
/// <param name="Lines">All lines, blank ones included.</param>
/// <param name="Blank">Lines of white space only.</param>
/// <param name="Classes">Lines of each class, all classes but blank.</param>
/// <param name="Rejections">Rejected lines by reason, most frequent first, then by reason.</param>
public sealed record Intake(
    long Lines, long Blank, IReadOnlyList<LineClassCount> Classes, IReadOnlyList<Rejection> Rejections);

/// <summary>Lines of a class.</summary>
public sealed record LineClassCount(Lake.LineClass Class, long Lines);

/// <summary>Rejected lines of one reason with up to three masked examples, those with the smallest line hash.</summary>
public sealed record Rejection(string Reason, long Lines, IReadOnlyList<string> Examples);

/// <summary>Lines of one class, and of one reason where they were rejected, by their stamps.</summary>
/// <param name="Class">The class.</param>
/// <param name="Reason">Why they were rejected; null for other classes.</param>
/// <param name="Lines">Lines with a stamp in the period.</param>
/// <param name="Undated">Lines of the site, of whatever time, without a stamp that can be read: they may belong to any period.</param>
public sealed record PeriodLines(Lake.LineClass Class, string? Reason, long Lines, long Undated);
