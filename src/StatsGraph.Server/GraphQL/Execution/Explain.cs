using GraphQL;
using StatsGraph.Reports;

namespace StatsGraph.Server.GraphQL.Execution;

/// <summary>Writes <c>extensions.explain</c>: how an answer was computed.</summary>
internal static class Explain
{
    /// <summary>Name of the key, in the extensions of requests and of answers.</summary>
    public const string Key = "explain";

    private const string RefusedMessage = "This server does not explain its answers: its setting Server:Explain does not allow it.";

    /// <summary>Adds what was asked for to a result, or that it is not to be had.</summary>
    /// <param name="result">The result.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="reports">The snapshot, with a trace where an explanation is given.</param>
    public static void Add(ExecutionResult result, Explanation asked, LakeReports reports)
    {
        if (asked == Explanation.Refused)
        {
            (result.Extensions ??= [])[Key] = new Dictionary<string, object?> { ["refused"] = RefusedMessage };
        }
        else if (asked == Explanation.Given && reports.Trace is { } trace)
        {
            // The version counts the commits of all sites.
            var explanation = new Dictionary<string, object?>(reports.HasAll ? [new("lakeVersion", reports.Version)] : [])
            {
                ["milliseconds"] = Milliseconds(trace.Elapsed),
                ["figures"] = trace.Figures.Select(Figure).ToList(),
            };
            (result.Extensions ??= [])[Key] = explanation;
        }
    }

    private static Dictionary<string, object?> Figure(TracedFigure figure) => new()
    {
        ["site"] = figure.Site,
        ["figure"] = figure.Figure,
        ["road"] = figure.Road,
        ["rowsRead"] = figure.RowsRead,
        ["rows"] = figure.Rows,
        ["milliseconds"] = Milliseconds(figure.Time),
    };

    private static double Milliseconds(TimeSpan time) => Math.Round(time.TotalMilliseconds, digits: 3);
}
