using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports.Figures;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>The figures; each is computed only when it is asked for.</summary>
internal sealed class MetricsType : ObjectGraphType<Metrics>
{
    public MetricsType()
    {
        Name = "Metrics";
        Description = "The figures of one row. They see only the sessions that pass the report's filter: those of listeners, unless the "
            + "filter names a kind.";
        AddCounts();
        AddDurations();
        AddConcurrency();
        Field<NonNullGraphType<FloatGraphType>>("bytes")
            .Description("Bytes that were sent in the sessions that started in the period.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.BytesAsync(c.Deadline()));
    }

    private void AddCounts()
    {
        Field<NonNullGraphType<LongScalar>>("sessions")
            .Description("Sessions that started in the period and pass the filter: without one that names a kind, those of listeners. "
                + "One line of the log is one session.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.SessionsAsync(c.Deadline()));
        Field<NonNullGraphType<LongScalar>>("visits")
            .Description("Visits whose first session started in the period. Sessions of one listener belong to one visit while each starts "
                + "less than 30 minutes after the latest end before it.")
            .Weighs(2)
            .ResolveAsync(async c => await c.Source.VisitsAsync(c.Deadline()));
        Field<NonNullGraphType<LongScalar>>("listeners")
            .Description("Distinct listeners (address and user agent) with a session in the period. Exact, never estimated; "
                + "not additive across rows.")
            .Weighs(10)
            .ResolveAsync(async c => await c.Source.ListenersAsync(c.Deadline()));
    }

    private void AddDurations()
    {
        Field<NonNullGraphType<FloatGraphType>>("tuningHours")
            .Description("Aggregate tuning hours (ATH): hours of listening inside the period, summed over all listeners. A session across "
                + "midnight or the end of a month is divided exactly, so the parts of a period add up to its whole.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.TuningHoursAsync(c.Deadline()));
        Field<FloatGraphType>("averageDuration")
            .Description("Mean full duration, in seconds, of the sessions that started in the period; null when there is no session.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.AverageDurationAsync(c.Deadline()));
        Field<FloatGraphType>("durationQuantile")
            .Description("Quantile of the same durations, in seconds, linear between the closest ranks; null when there is no session.")
            .Argument<NonNullGraphType<FloatGraphType>>("p", a =>
            {
                a.Description = "Which quantile, 0 to 1: 0.5 is the median.";
                a.DefaultValue = 0.5;
            })
            .Weighs(10)
            .ResolveAsync(async c => await c.Source.DurationQuantileAsync(c.GetArgument<double>("p"), c.Deadline()));
    }

    private void AddConcurrency()
    {
        Field<NonNullGraphType<FloatGraphType>>("averageConcurrent")
            .Description("Average active sessions (AAS): seconds of listening over seconds of the period; "
                + "of a period that still runs, over its seconds up to `dataThrough`.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.AverageConcurrentAsync(c.Deadline()));
        Field<NonNullGraphType<FloatGraphType>>("averageQuarterHour")
            .Description("Average quarter hour (AQH): listeners with at least 5 minutes of listening in a quarter hour, averaged over the "
                + "whole quarter hours of the period.")
            .Weighs(10)
            .ResolveAsync(async c => await c.Source.AverageQuarterHourAsync(c.Deadline()));
        Field<NonNullGraphType<PeakType>>("peakConcurrent")
            .Description("The largest number of sessions open at one instant.")
            .Weighs(5)
            .ResolveAsync(async c => await c.Source.PeakConcurrentAsync(c.Deadline()));
    }
}

internal sealed class PeakType : ObjectGraphType<Peak>
{
    public PeakType()
    {
        Name = "Peak";
        Description = "The busiest instant.";
        Field<NonNullGraphType<LongScalar>>("sessions").Description("Sessions open at that instant.").Resolve(c => c.Source.Sessions);
        Field<DateTimeScalar>("at")
            .Description("The first instant at which so many were open; null when no session ever was.").Resolve(c => c.Source.At);
    }
}
