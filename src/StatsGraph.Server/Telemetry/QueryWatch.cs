using System.Diagnostics;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.Telemetry;

/// <summary>Watches answers being computed, for metrics, traces and the log of slow queries. Safe for any number of requests.</summary>
/// <param name="metrics">Counts them.</param>
/// <param name="slow">Is told of the slow ones.</param>
/// <param name="store">Tells the time.</param>
internal sealed class QueryWatch(ServerMetrics metrics, SlowQueries slow, ReportStore store)
{
    /// <summary>An answer begins to be computed; it has ended, or was given up, when the result is disposed.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who asked first: others may get the same answer.</param>
    public WatchedQuery Begin(GraphQLRequest request, Caller caller) => new(metrics, slow, request, caller.Name, store.StartTrace());
}

/// <summary>An answer that is being computed.</summary>
internal sealed class WatchedQuery : IDisposable
{
    private readonly ServerMetrics metrics;
    private readonly SlowQueries slow;
    private readonly GraphQLRequest request;
    private readonly string caller;
    private readonly Activity? span;
    private GraphQLAnswer? answer;

    public WatchedQuery(ServerMetrics metrics, SlowQueries slow, GraphQLRequest request, string caller, ReportTrace trace)
    {
        (this.metrics, this.slow, this.request, this.caller, Trace) = (metrics, slow, request, caller, trace);
        span = Activities.Source.StartActivity("query", ActivityKind.Server);
        metrics.Run(1);
    }

    /// <summary>Where what it takes is noted.</summary>
    public ReportTrace Trace { get; }

    /// <summary>It is there.</summary>
    public void End(GraphQLAnswer computed) => answer = computed;

    /// <inheritdoc/>
    public void Dispose()
    {
        metrics.Run(-1);
        metrics.Computed(Trace.Figures);
        slow.Tell(request, caller, Trace, answer?.Reports?.Version);
        if (span is { IsAllDataRequested: true })
        {
            Describe(span);
        }

        span?.Dispose();
    }

    private void Describe(Activity described)
    {
        described.SetTag("graphql.operation.type", "query").SetTag(ServerMetrics.OperationName, request.Saved ?? ServerMetrics.Other);
        if (answer?.Reports is { } reports)
        {
            described.SetTag("statsgraph.lake.version", reports.Version);
        }

        if (answer is null || answer.Result.Errors?.Count > 0)
        {
            described.SetStatus(ActivityStatusCode.Error);
            described.SetTag(ServerMetrics.ErrorType, answer is null ? "canceled" : KnownCodes.Bounded(ErrorMapping.CodesOf(answer.Result)[0]));
        }

        foreach (var figure in Trace.Figures)
        {
            AddFigure(described, figure);
        }
    }

    /// <summary>A span of the past: a figure is known with its rows once it is computed.</summary>
    private static void AddFigure(Activity parent, TracedFigure figure)
    {
        var begun = parent.StartTimeUtc + figure.Begun;
        using var child = Activities.Source.StartActivity("figure " + figure.Figure, ActivityKind.Internal, parent.Context, startTime: begun);
        child?.SetTag("statsgraph.site", figure.Site)
            .SetTag(ServerMetrics.Figure, figure.Figure)
            .SetTag(ServerMetrics.Road, figure.Road)
            .SetTag("statsgraph.rows_read", figure.RowsRead)
            .SetTag("statsgraph.rows", figure.Rows)
            .SetEndTime(begun + figure.Time);
    }
}
