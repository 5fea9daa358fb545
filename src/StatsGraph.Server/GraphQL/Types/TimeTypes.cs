using GraphQL.Types;
using StatsGraph.Reports.Figures;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class TimeSeriesType : ObjectGraphType<TimeSeries>
{
    /// <summary>Name of the field that is the list of buckets.</summary>
    public const string BucketsField = "buckets";

    public TimeSeriesType()
    {
        Name = "TimeSeries";
        Description = "The figures bucket by bucket.";
        Field<NonNullGraphType<IntervalType>>("interval")
            .Description("Width of the buckets; never `AUTO`.").Resolve(c => c.Source.Interval);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TimeBucketType>>>>(BucketsField)
            .Description("All buckets of the period in order, empty ones included.").Resolve(c => c.Source.Buckets);
    }
}

internal sealed class TimeBucketType : ObjectGraphType<TimeBucket>
{
    public TimeBucketType()
    {
        Name = "TimeBucket";
        Description = "A run of time and its figures.";
        Field<NonNullGraphType<DateTimeScalar>>("start")
            .Description("First instant; the first bucket is cut to the period.").Resolve(c => c.Source.Start);
        Field<NonNullGraphType<DateTimeScalar>>("end")
            .Description("First instant after it; the last bucket is cut to the period.").Resolve(c => c.Source.End);
        Field<NonNullGraphType<MetricsType>>("metrics").Description("The figures of the bucket.").Resolve(c => c.Source.Metrics);
    }
}

/// <summary>An hour of the zone's clock, over all days of the period.</summary>
internal sealed class HourlyVisitsType : ObjectGraphType<HourOfDay>
{
    public HourlyVisitsType()
    {
        Name = "HourlyVisits";
        Description = "An hour of the zone's clock and the figures of all its runs within the period.";
        Field<NonNullGraphType<IntGraphType>>("hour").Description("Hour of the clock, 0 to 23.").Resolve(c => c.Source.Hour);
        Field<NonNullGraphType<LongScalar>>("visits")
            .Description("Visits that began in this hour of the day.")
            .Weighs(2)
            .ResolveAsync(async c => await c.Source.Metrics.VisitsAsync(c.Deadline()));
        Field<NonNullGraphType<LongScalar>>("sessions")
            .Description("Sessions that started in this hour of the day.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.Metrics.SessionsAsync(c.Deadline()));
        Field<NonNullGraphType<FloatGraphType>>("tuningHours")
            .Description("Hours of listening within this hour of the day.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.Metrics.TuningHoursAsync(c.Deadline()));
        Field<NonNullGraphType<FloatGraphType>>("averageConcurrent")
            .Description("Average active sessions (AAS): seconds of listening over seconds of time, within this hour of the day.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.Metrics.AverageConcurrentAsync(c.Deadline()));
    }
}
