using GraphQL.Types;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Lake;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class ComplianceProfileType : ObjectGraphType<ComplianceProfile>
{
    public ComplianceProfileType()
    {
        Name = "ComplianceProfile";
        Description = "The rules of a compliance report: what counts, where, and what is told of it.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Names the profile: `US-ATH`.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("title").Description("Headline of its reports.").Resolve(c => c.Source.Title);
        Field<NonNullGraphType<IntGraphType>>("version").Description("Counts the versions of these rules, from 1.").Resolve(c => c.Source.Version);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceSourceType>>>>("sources")
            .Description("Where the rules are from.").HasUpTo(20).Resolve(c => c.Source.Sources);
        Field<LocalDateScalar>("effectiveFrom")
            .Description("First day on which the rules hold; null where none is known.").Resolve(c => c.Source.Effective.From);
        Field<LocalDateScalar>("effectiveTo").Description("Last day on which the rules hold; null while they do.").Resolve(c => c.Source.Effective.To);
        Field<StringGraphType>("territory")
            .Description("What the countries are together; null where the whole world counts.").Resolve(c => c.Source.Territory?.Name);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("countries")
            .Description("The countries of the territory, ISO 3166-1 alpha-2; empty where the whole world counts.")
            .Resolve(c => c.Source.Territory?.Countries ?? []);
        Field<NonNullGraphType<LongScalar>>("minimumDuration")
            .Description("Seconds: shorter sessions are left out.").Resolve(c => c.Source.MinimumDuration);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<RequestKindType>>>>("excludedKinds")
            .Description("Kinds of sessions that are left out.").Resolve(c => c.Source.ExcludedKinds.Select(Kind));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceMeasureType>>>>("measures")
            .Description("Figures that its reports tell beside tuning hours and sessions by territory.").HasUpTo(50).Resolve(c => c.Source.Measures);
        Field<ComplianceThresholdType>("threshold")
            .Description("Hours that something depends on, such as a fee; null without such a limit.").Resolve(c => c.Source.Threshold);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("notes")
            .Description("What a reader should know of the rules, such as what could not be verified.").Resolve(c => c.Source.Notes);
    }

    private static object Kind(SessionKind kind) => (kind == SessionKind.Relay ? LineClass.Relay : LineClass.Bot).Text();
}

internal sealed class ComplianceSourceType : ObjectGraphType<ProfileSource>
{
    public ComplianceSourceType()
    {
        Name = "ComplianceSource";
        Description = "Where a rule is from.";
        Field<NonNullGraphType<StringGraphType>>("title").Description("What it is.").Resolve(c => c.Source.Title);
        Field<NonNullGraphType<StringGraphType>>("address").Description("Public address at which it can be read.").Resolve(c => c.Source.Address);
        Field<NonNullGraphType<LocalDateScalar>>("read").Description("Day on which it was read there.").Resolve(c => c.Source.Read);
    }
}

internal sealed class ComplianceMeasureType : ObjectGraphType<ProfileMeasure>
{
    public ComplianceMeasureType()
    {
        Name = "ComplianceMeasure";
        Description = "A figure that a profile asks for.";
        Field<NonNullGraphType<StringGraphType>>("name").Description("Its short name, unique in the profile.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("title").Description("What it is, for people.").Resolve(c => c.Source.Title);
        Field<NonNullGraphType<ComplianceFigureType>>("figure").Description("Which figure it is.").Resolve(c => c.Source.Figure);
        Field<NonNullGraphType<ComplianceScopeType>>("in").Description("Which sessions it is of.").Resolve(c => c.Source.In);
        Field<NonNullGraphType<StringGraphType>>("unit").Description("What it is counted in, such as `hours`.").Resolve(c => c.Source.Figure.Unit());
    }
}

internal sealed class ComplianceThresholdType : ObjectGraphType<ProfileThreshold>
{
    public ComplianceThresholdType()
    {
        Name = "ComplianceThreshold";
        Description = "Hours of listening in the territory that something depends on, of each channel and calendar month by itself.";
        Field<NonNullGraphType<FloatGraphType>>("tuningHours").Description("The hours.").Resolve(c => c.Source.TuningHours);
        Field<NonNullGraphType<ComplianceSourceType>>("source").Description("Where the number is from.").Resolve(c => c.Source.Source);
    }
}

internal sealed class ComplianceScopeType : EnumerationGraphType
{
    public ComplianceScopeType()
    {
        Name = "ComplianceScope";
        Description = "Which sessions a measure is of.";
        Add("TERRITORY", MeasureScope.Territory, "Those whose country is in the territory; without a territory, those whose country is known.");
        Add("EVERYWHERE", MeasureScope.Everywhere, "All of them, those of unknown country too.");
    }
}

internal sealed class ComplianceFigureType : EnumerationGraphType
{
    public ComplianceFigureType()
    {
        Name = "ComplianceFigure";
        Description = "The figures that a profile can ask for.";
        Add("TUNING_HOURS", ComplianceFigure.TuningHours, "Hours of listening inside the period.");
        Add("SESSIONS", ComplianceFigure.Sessions, "Sessions that started in the period.");
        Add("ACTIVE_SESSIONS", ComplianceFigure.ActiveSessions, "Sessions that started in the period or were open when it began.");
        Add("VISITS", ComplianceFigure.Visits, "Visits whose first session started in the period.");
        Add("LISTENERS", ComplianceFigure.Listeners, "Distinct listeners.");
        Add("AVERAGE_CONCURRENT", ComplianceFigure.AverageConcurrent, "Sessions open at a time, on average.");
        Add("PEAK_CONCURRENT", ComplianceFigure.PeakConcurrent, "Most sessions open at one instant.");
        Add("AVERAGE_QUARTER_HOUR", ComplianceFigure.AverageQuarterHour, "Listeners with five minutes in a quarter hour, on average.");
        Add("AVERAGE_DURATION", ComplianceFigure.AverageDuration, "Mean full duration in seconds of the sessions that started in the period.");
        Add("AVERAGE_LISTENING", ComplianceFigure.AverageListening, "Hours of listening inside the period over its active sessions.");
        Add("TERRITORY_SHARE", ComplianceFigure.TerritoryShare, "Part of all hours, 0 to 1, that was heard in the territory.");
        Add("COUNTRY_SHARES", ComplianceFigure.CountryShares, "Part of all hours, 0 to 1, by country.");
        Add("AVERAGE_CONCURRENT_BY_HOUR_OF_DAY", ComplianceFigure.AverageConcurrentByHourOfDay, "Sessions open at a time, on average, by hour of the day.");
        Add("AVERAGE_CONCURRENT_BY_HOUR", ComplianceFigure.AverageConcurrentByHour, "Sessions open at a time, on average, in each hour of the period.");
    }
}
