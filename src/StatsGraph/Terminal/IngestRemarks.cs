using StatsGraph.Ingest;

namespace StatsGraph.Terminal;

/// <summary>What an ingest has to say beside its summary, for standard error.</summary>
internal static class IngestRemarks
{
    /// <summary>One text for each remark: what was left out on purpose, what looks wrong, what failed.</summary>
    public static IEnumerable<string> Of(IngestSummary summary, bool withNotes) =>
    [
        .. withNotes ? summary.Notes : [],
        .. summary.Warnings.Select(warning => $"warning: {warning.Message}"),
        .. summary.Problems.Select(problem => $"{problem.Log}: {problem.Message}"),
    ];
}
