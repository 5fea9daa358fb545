namespace StatsGraph.Reports.Figures;

/// <summary>What a <see cref="ReportTrace"/> calls what was computed, on every road alike.</summary>
internal static class FigureNames
{
    /// <summary>Sums of rows: sessions, visits, durations, bytes, listening.</summary>
    public const string Totals = "totals";
    public const string Listeners = "listeners";
    public const string Quantile = "durationQuantile";
    public const string ListenerQuarters = "averageQuarterHour";
    public const string Peak = "peakConcurrent";

    /// <summary>Sums of the groups that there are.</summary>
    public const string Groups = "groups";
    public const string NetworkNames = "networkNames";

    /// <summary>When sessions began and ended, of each mount.</summary>
    public const string Spans = "spans";

    /// <summary>Sessions that overlap plays.</summary>
    public const string Performances = "performances";
    public const string Errors = "errors";

    /// <summary>The sessions themselves, each with its visit, made of lines.</summary>
    public const string Sessions = "sessions";
    public const string Mounts = "mounts";
    public const string DataThrough = "dataThrough";
    public const string Intake = "intake";
    public const string PeriodLines = "periodLines";
    public const string Rejections = "rejections";
}
