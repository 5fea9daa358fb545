using System.Diagnostics;

namespace StatsGraph.Reports;

/// <summary>
/// Where this room and those above it begin the spans of a trace. While nobody listens, beginning one costs nothing and makes nothing. A span never
/// holds a document, a value of a filter, or anything of a listener.
/// </summary>
public static class Activities
{
    /// <summary>Name of the source, by which a listener finds it.</summary>
    public const string SourceName = "StatsGraph";

    /// <summary>The source.</summary>
    public static readonly ActivitySource Source = new(SourceName);
}
