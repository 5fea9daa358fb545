using System.Diagnostics;
using System.Diagnostics.Metrics;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Execution;
using StatsGraph.Server.Http;

namespace StatsGraph.Server.Telemetry;

/// <summary>
/// What the server counts of requests. Each instrument has a method that says what it counts, and every attribute has few values that no client can
/// make up: a name that is not of a saved document, and a code that is not known here, are one value for all. Safe for any number of requests.
/// </summary>
internal sealed class ServerMetrics
{
    /// <summary>Attribute: name of the saved document, else <see cref="Other"/>.</summary>
    public const string OperationName = "graphql.operation.name";

    /// <summary>Attribute: how a request ended.</summary>
    public const string Outcome = "statsgraph.outcome";

    /// <summary>Attribute: way to a figure.</summary>
    public const string Road = "statsgraph.road";

    /// <summary>Attribute: what was computed.</summary>
    public const string Figure = "statsgraph.figure";

    /// <summary>Attribute: where an answer came from.</summary>
    public const string Source = "statsgraph.answer.source";

    /// <summary>Attribute: code of an error.</summary>
    public const string ErrorType = "error.type";

    /// <summary>What stands for all documents that are not saved.</summary>
    public const string Other = "other";

    private readonly Histogram<double> requests;
    private readonly Counter<long> errors;
    private readonly Histogram<double> figures;
    private readonly Counter<long> rowsRead;
    private readonly long[] answers = new long[Enum.GetValues<AnswerSource>().Length];
    private long running;

    /// <param name="factory">Makes the meter, which belongs to one server: others in the process have their own.</param>
    public ServerMetrics(IMeterFactory factory)
    {
        Meter = factory.Create(Activities.SourceName);
        requests = Meter.CreateHistogram<double>(
            "statsgraph.graphql.request.duration", "s", "Duration of GraphQL requests, kept answers and refusals included.");
        errors = Meter.CreateCounter<long>("statsgraph.graphql.errors", "{error}", "Errors in GraphQL answers, by code.");
        Meter.CreateObservableUpDownCounter(
            "statsgraph.graphql.active_queries", () => Interlocked.Read(ref running), "{query}", "Answers that are being computed.");
        figures = Meter.CreateHistogram<double>("statsgraph.figure.duration", "s", "Duration of computing a figure, waiting for a place included.");
        rowsRead = Meter.CreateCounter<long>("statsgraph.figure.rows_read", "{row}", "Rows that figures had to look at.");
        Meter.CreateObservableCounter(
            "statsgraph.answers", Answers, "{answer}", "Answers kept before, shared with another request, or computed.");
    }

    /// <summary>The meter, for instruments of others.</summary>
    public Meter Meter { get; }

    /// <summary>A GraphQL request begins; it has ended when the result is disposed.</summary>
    public AskedQuery Ask() => new(this);

    /// <summary>Where an answer came from.</summary>
    public void Answered(AnswerSource source) => Interlocked.Increment(ref answers[(int)source]);

    /// <summary>One more answer is being computed, or one less.</summary>
    public void Run(int change) => Interlocked.Add(ref running, change);

    /// <summary>The figures of an answer were computed.</summary>
    public void Computed(IReadOnlyList<TracedFigure> computed)
    {
        if (!figures.Enabled)
        {
            return;
        }

        foreach (var figure in computed)
        {
            figures.Record(figure.Time.TotalSeconds, new(Figure, figure.Figure), new(Road, figure.Road));
        }

        foreach (var road in computed.GroupBy(figure => figure.Road, figure => figure.RowsRead, StringComparer.Ordinal))
        {
            rowsRead.Add(road.Sum(), new KeyValuePair<string, object?>(Road, road.Key));
        }
    }

    /// <summary>A GraphQL request has ended.</summary>
    internal void Ended(long since, string? saved, string outcome, IReadOnlyList<string> codes)
    {
        requests.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, new(OperationName, saved ?? Other), new(Outcome, outcome));
        foreach (var code in codes)
        {
            errors.Add(1, new KeyValuePair<string, object?>(ErrorType, KnownCodes.Bounded(code)));
        }
    }

    private IEnumerable<Measurement<long>> Answers() => Enum.GetValues<AnswerSource>().Select(source => new Measurement<long>(
        Interlocked.Read(ref answers[(int)source]), new KeyValuePair<string, object?>(Source, source.ToString().ToLowerInvariant())));
}

/// <summary>A GraphQL request under way. Ends when it is disposed; one that has no answer then was given up by its client.</summary>
internal sealed class AskedQuery(ServerMetrics metrics) : IDisposable
{
    private readonly long since = Stopwatch.GetTimestamp();
    private string? saved;
    private string outcome = "canceled";
    private IReadOnlyList<string> codes = [];

    /// <summary>It is answered.</summary>
    /// <param name="name">Name of the saved document; null for any other.</param>
    /// <param name="answer">The answer.</param>
    public void Answered(string? name, Answer answer)
        => (saved, outcome, codes) = (name, OutcomeOf(answer), answer.Codes);

    /// <summary>It is refused.</summary>
    public void Refused(RequestFault fault) => (outcome, codes) = ("refused", [fault.Code]);

    /// <inheritdoc/>
    public void Dispose() => metrics.Ended(since, saved, outcome, codes);

    private static string OutcomeOf(Answer answer) => answer.Outcome switch
    {
        GraphQLOutcome.Executed when !answer.HasErrors => "ok",
        GraphQLOutcome.Executed when answer.Codes.Contains(ErrorCodes.Timeout) => "timeout",
        GraphQLOutcome.Executed => "errors",
        GraphQLOutcome.Failed => "failed",
        _ => "refused",
    };
}
