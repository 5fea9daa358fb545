using GraphQL;
using GraphQL.Types;
using StatsGraph.Compliance;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class ComplianceReportType : ObjectGraphType<ComplianceReport>
{
    public ComplianceReportType()
    {
        Name = "ComplianceReport";
        Description = "What a site reports by the rules of a profile: a draft, or a report as it was issued.";
        Field<NonNullGraphType<StringGraphType>>("service").Description("Name of the service.").Resolve(c => c.Source.Site.Name);
        Field<NonNullGraphType<ComplianceProfileType>>("profile").Description("The rules, as they were.").Resolve(c => c.Source.Profile);
        this.AddIssuable();
        AddFigures();
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("method")
            .Description("How the figures came about, in sentences.").Resolve(c => c.Source.Method);
    }

    private void AddFigures()
    {
        Field<NonNullGraphType<ComplianceChannelType>>("total").Description("The figures of all channels together.").Resolve(c => c.Source.Total);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceChannelType>>>>("channels")
            .Description("The figures channel by channel, by name: a mount, or a group of mounts that is configured.")
            .WithFirst(100)
            .Resolve(c => c.First(c.Source.Channels));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceDayType>>>>("days")
            .Description("Listening of all channels day by day.").WithFirst(366).Resolve(c => c.First(c.Source.Days));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceLinesType>>>>("leftOut")
            .Description("Lines that are in no figure, by class and reason.").WithFirst(50).Resolve(c => c.First(c.Source.LeftOut));
    }
}

internal sealed class CompliancePeriodType : ObjectGraphType<ReportedPeriod>
{
    public CompliancePeriodType()
    {
        Name = "CompliancePeriod";
        Description = "The whole days that a compliance report is of.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Its name, such as `2026-10`.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<LocalDateScalar>>("from").Description("First day.").Resolve(c => c.Source.From);
        Field<NonNullGraphType<LocalDateScalar>>("to").Description("First day after the period.").Resolve(c => c.Source.To);
        Field<NonNullGraphType<StringGraphType>>("timeZone").Description("IANA name of the time zone of the days.").Resolve(c => c.Source.TimeZone);
        Field<NonNullGraphType<DateTimeScalar>>("start").Description("First instant, in UTC.").Resolve(c => c.Source.Start);
        Field<NonNullGraphType<DateTimeScalar>>("end").Description("First instant after the period, in UTC.").Resolve(c => c.Source.End);
    }
}

internal sealed class ComplianceChannelType : ObjectGraphType<ChannelFigures>
{
    public ComplianceChannelType()
    {
        Name = "ComplianceChannel";
        Description = "The figures of a channel, or of all of them. Listening in the territory, outside of it and of unknown country add up to all.";
        Field<StringGraphType>("name").Description("Name of the channel; null for all together.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("mounts")
            .Description("Its mounts; of all together, none are named.").Resolve(c => c.Source.Mounts);
        Field<NonNullGraphType<ComplianceListeningType>>("territory")
            .Description("In the territory; without one, in all countries that are known.").Resolve(c => c.Source.Territory);
        Field<NonNullGraphType<ComplianceListeningType>>("outside").Description("In other countries.").Resolve(c => c.Source.Outside);
        Field<NonNullGraphType<ComplianceListeningType>>("unknown").Description("Where the country is not known.").Resolve(c => c.Source.Unknown);
        Field<NonNullGraphType<ComplianceListeningType>>("all").Description("The three together.").Resolve(c => c.Source.All);
        Field<NonNullGraphType<LongScalar>>("activeSessions")
            .Description("Sessions that started in the period or were open when it began, of whatever country.").Resolve(c => c.Source.ActiveSessions);
        AddMeasures();
        Field<ComplianceThresholdUseType>("threshold")
            .Description("How much of the threshold was used in the first month of the period; null without a threshold, and of all channels together.")
            .Resolve(c => c.Source.Threshold.Count > 0 ? c.Source.Threshold[0] : null);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceThresholdUseType>>>>("thresholds")
            .Description("The same of every month of the period.").WithFirst(12).Resolve(c => c.First(c.Source.Threshold));
    }

    private void AddMeasures()
    {
        Field<FloatGraphType>("measure")
            .Description("The value of one measure of the profile, in the unit that its profile names (hours, sessions, listeners, seconds or 0 to 1); null where "
                + "there is no such measure, it has many values, or is a mean of nothing.")
            .Argument<NonNullGraphType<StringGraphType>>("name", "Name of the measure, such as `ATH`.")
            .Resolve(c => c.Source.Measures.FirstOrDefault(measure => measure.Name == c.GetArgument<string>("name"))?.Value);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceValueType>>>>("measures")
            .Description("The measures of the profile, in its order.").WithFirst(10).Resolve(c => c.First(c.Source.Measures));
    }
}

internal sealed class ComplianceListeningType : ObjectGraphType<Listening>
{
    public ComplianceListeningType()
    {
        Name = "ComplianceListening";
        Description = "Listening and sessions of some place.";
        Field<NonNullGraphType<FloatGraphType>>("tuningHours").Description("Hours of listening inside the period.").Resolve(c => c.Source.TuningHours);
        Field<NonNullGraphType<LongScalar>>("listeningSeconds")
            .Description("The same in whole seconds.").Resolve(c => c.Source.ListeningSeconds);
        Field<NonNullGraphType<LongScalar>>("sessions").Description("Sessions that started in the period.").Resolve(c => c.Source.Sessions);
    }
}

internal sealed class ComplianceValueType : ObjectGraphType<MeasureValue>
{
    public ComplianceValueType()
    {
        Name = "ComplianceValue";
        Description = "The value of a measure.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Name of the measure.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("title").Description("What it is, for people.").Resolve(c => c.Source.Title);
        Field<NonNullGraphType<StringGraphType>>("unit").Description("What it is counted in, such as `hours`.").Resolve(c => c.Source.Unit);
        Field<FloatGraphType>("value")
            .Description("The value, in `unit`: hours, sessions, listeners, seconds or 0 to 1; null for a mean of nothing and a measure of many values.")
            .Resolve(c => c.Source.Value);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<CompliancePointType>>>>("points")
            .Description("The values of a measure that has many, such as one by hour.").WithFirst(24).Resolve(c => c.First(c.Source.Points ?? []));
    }
}

internal sealed class CompliancePointType : ObjectGraphType<MeasurePoint>
{
    public CompliancePointType()
    {
        Name = "CompliancePoint";
        Description = "One of many values.";
        Field<NonNullGraphType<StringGraphType>>("key")
            .Description("An hour of the day `00` to `23`, an hour of the period as an instant, or a country code.").Resolve(c => c.Source.Key);
        Field<NonNullGraphType<FloatGraphType>>("value").Description("The value: sessions on average, or a share of the hours, 0 to 1.").Resolve(c => c.Source.Value);
    }
}

internal sealed class ComplianceThresholdUseType : ObjectGraphType<ThresholdUse>
{
    public ComplianceThresholdUseType()
    {
        Name = "ComplianceThresholdUse";
        Description = "How much of a threshold a channel used in a calendar month.";
        Field<NonNullGraphType<StringGraphType>>("month").Description("The month: `2026-10`.").Resolve(c => c.Source.Month);
        Field<NonNullGraphType<FloatGraphType>>("limit").Description("Hours of the threshold.").Resolve(c => c.Source.Threshold);
        Field<NonNullGraphType<FloatGraphType>>("tuningHours")
            .Description("Hours of listening in the territory, in that month.").Resolve(c => c.Source.TuningHours);
        Field<NonNullGraphType<FloatGraphType>>("share").Description("Part of the threshold that they are, 0 to 1, above 1 where it is passed.").Resolve(c => c.Source.Share);
        Field<FloatGraphType>("elapsed")
            .Description("Part of the month, 0 to 1, that the data cover while it runs; null once they reach its end.").Resolve(c => c.Source.Projection?.Elapsed);
        Field<FloatGraphType>("projectedTuningHours")
            .Description("Hours that the whole month comes to at the rate so far; null once the data reach its end.").Resolve(c => c.Source.Projection?.TuningHours);
        Field<FloatGraphType>("projectedShare")
            .Description("Part of the threshold that those are, 0 to 1 and above; null once the data reach its end.").Resolve(c => c.Source.Projection?.Share);
        Field<NonNullGraphType<StringGraphType>>("text").Description("The same in a sentence.").Resolve(c => c.Source.Text);
    }
}

internal sealed class ComplianceDayType : ObjectGraphType<DayListening>
{
    public ComplianceDayType()
    {
        Name = "ComplianceDay";
        Description = "Listening of a day, on all channels.";
        Field<NonNullGraphType<LocalDateScalar>>("date").Description("The day.").Resolve(c => c.Source.Date);
        Field<NonNullGraphType<FloatGraphType>>("territoryHours").Description("Hours of listening in the territory.").Resolve(c => Listening.HoursOf(c.Source.Territory));
        Field<NonNullGraphType<FloatGraphType>>("outsideHours").Description("Hours of listening in other countries.").Resolve(c => Listening.HoursOf(c.Source.Outside));
        Field<NonNullGraphType<FloatGraphType>>("unknownHours")
            .Description("Hours of listening where the country is not known.").Resolve(c => Listening.HoursOf(c.Source.Unknown));
    }
}

internal sealed class ComplianceLinesType : ObjectGraphType<LeftOutLines>
{
    public ComplianceLinesType()
    {
        Name = "ComplianceLines";
        Description = "Lines that are in no figure of a report.";
        Field<NonNullGraphType<StringGraphType>>("class").Description("Class of the lines, such as `bot` or `rejected`.").Resolve(c => c.Source.Class);
        Field<StringGraphType>("reason").Description("Why they were left out of their class; null where the class says all.").Resolve(c => c.Source.Reason);
        Field<NonNullGraphType<LongScalar>>("lines")
            .Description("Lines with a stamp in the period; of sessions that were too short, those that started in it.").Resolve(c => c.Source.Lines);
        Field<NonNullGraphType<LongScalar>>("undated")
            .Description("Lines of the site, of whatever time, without a stamp that can be read.").Resolve(c => c.Source.Undated);
    }
}
