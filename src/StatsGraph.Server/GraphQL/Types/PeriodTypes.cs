using GraphQL.Types;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>A period as it is asked for; <see cref="Conversion.PeriodConverter"/> reads it.</summary>
internal sealed class PeriodInputType : InputObjectGraphType
{
    public PeriodInputType()
    {
        Name = "PeriodInput";
        Description = "A period, half open: `from` belongs to it, `to` does not. Days, weeks, months and years are those of the report's "
            + "time zone. Exactly one key.";
        IsOneOf = true;
        Field<PeriodPresetType>("preset").Description("A period by name, relative to now.");
        Field<StringGraphType>("month").Description("A month of the calendar: `\"2026-10\"`.");
        Field<LocalDateRangeInputType>("days").Description("Whole days.");
        Field<DateTimeRangeInputType>("instants").Description("Any two instants on whole seconds.");
    }
}

internal sealed class LocalDateRangeInputType : InputObjectGraphType
{
    public LocalDateRangeInputType()
    {
        Name = "LocalDateRangeInput";
        Description = "Whole days of the report's time zone.";
        Field<NonNullGraphType<LocalDateScalar>>("from").Description("First day.");
        Field<NonNullGraphType<LocalDateScalar>>("to").Description("First day after the period; later than `from`.");
    }
}

internal sealed class DateTimeRangeInputType : InputObjectGraphType
{
    public DateTimeRangeInputType()
    {
        Name = "DateTimeRangeInput";
        Description = "The time between two instants.";
        Field<NonNullGraphType<DateTimeScalar>>("from").Description("First instant.");
        Field<NonNullGraphType<DateTimeScalar>>("to").Description("First instant after the period; later than `from`.");
    }
}

internal sealed class ResolvedPeriodType : ObjectGraphType<ResolvedPeriod>
{
    public ResolvedPeriodType()
    {
        Name = "ResolvedPeriod";
        Description = "The period that the figures of a report speak of.";
        Field<NonNullGraphType<DateTimeScalar>>("from").Description("First instant, in UTC.").Resolve(c => c.Source.From);
        Field<NonNullGraphType<DateTimeScalar>>("to").Description("First instant after the period, in UTC.").Resolve(c => c.Source.To);
        Field<NonNullGraphType<StringGraphType>>("timeZone")
            .Description("IANA name of the time zone of the report's days and hours.").Resolve(c => c.Source.TimeZone);
        Field<NonNullGraphType<BooleanGraphType>>("complete")
            .Description("False while later log lines may still change the figures: a server writes a session down when it ends, so a "
                + "period is complete once `dataThrough` has passed its end by the settling time (a day, unless configured otherwise).")
            .Resolve(c => c.Source.Complete);
        Field<DateTimeScalar>("dataThrough")
            .Description("The latest stamp of an accepted line of the site that is not in the future; null while there is none.")
            .Resolve(c => c.Source.DataThrough);
    }
}
