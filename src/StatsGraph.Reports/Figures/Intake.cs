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
