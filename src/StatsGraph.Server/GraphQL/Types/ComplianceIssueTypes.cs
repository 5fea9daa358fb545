using GraphQL;
using GraphQL.Types;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Use;
using StatsGraph.Server.GraphQL.Cost;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>A report with all its revisions, whatever it is.</summary>
internal abstract class IssuedSeriesType<TReport, TReportType> : ObjectGraphType<IssuedSeries<TReport>>
    where TReport : IssuableReport, IIssuable<TReport>
    where TReportType : ObjectGraphType<TReport>
{
    /// <param name="weight">What reading revisions costs: milliseconds, about.</param>
    protected IssuedSeriesType(int weight)
    {
        Field<NonNullGraphType<StringGraphType>>("period").Description("Name of the period, such as `2026-10`.").Resolve(c => c.Source.Key.Period);
        Field<NonNullGraphType<IntGraphType>>("revisionCount")
            .Description("Number of its revisions.").Weighs(1).Resolve(c => c.Source.Folder.Count(c.Source.Key));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<TReportType>>>>("revisions")
            .Description("Its revisions, the newest first.")
            .WithFirst(10)
            .Weighs(weight)
            .Resolve(c => c.Source.Newest(c.GetArgument<int>("first")));
    }
}

internal sealed class IssuedReportType : IssuedSeriesType<ComplianceReport, ComplianceReportType>
{
    public IssuedReportType()
        : base(weight: 1)
    {
        Name = "IssuedReport";
        Description = "A compliance report of one profile and period that was issued, with all its revisions. What was issued is never changed.";
        Field<NonNullGraphType<StringGraphType>>("profile").Description("Name of the profile.").Resolve(c => c.Source.Key.Profile);
    }
}

internal sealed class IssuedReportOfUseType : IssuedSeriesType<ReportOfUse, ReportOfUseType>
{
    public IssuedReportOfUseType()
        : base(weight: 100)
    {
        Name = "IssuedReportOfUse";
        Description = "A report of use of one period that was issued, with all its revisions. What was issued is never changed.";
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description($"`{ReportOfUse.ByPerformancesName}`, or `{ReportOfUse.ByHoursName}`: what its files and schedules are called by.").Resolve(c => c.Source.Key.Profile);
    }
}

internal sealed class ComplianceIssueType : ObjectGraphType<ReportIssue>
{
    public ComplianceIssueType()
    {
        Name = "ComplianceIssue";
        Description = "The place of a report among those that were issued for the same site, profile and period.";
        Field<NonNullGraphType<IntGraphType>>("revision").Description("Which of the revisions it is, from 1.").Resolve(c => c.Source.Revision);
        Field<NonNullGraphType<DateTimeScalar>>("issuedAt").Description("When it was issued.").Resolve(c => c.Source.IssuedAt);
        Field<NonNullGraphType<DateTimeScalar>>("firstIssuedAt").Description("When the first revision was issued.").Resolve(c => c.Source.FirstIssuedAt);
        Field<StringGraphType>("previousChecksum").Description("Checksum of the revision before; null for the first.").Resolve(c => c.Source.PreviousChecksum);
        Field<NonNullGraphType<LongScalar>>("sessionsSinceFirst")
            .Description("Active sessions that the first revision did not know of; negative where lines were taken out of the lake.").Resolve(c => c.Source.SessionsSinceFirst);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<ComplianceChangeType>>>>("changes")
            .Description("The figures that are different from the revision before, the total first.").WithFirst(100).Resolve(c => c.First(c.Source.Changes));
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("otherChanges")
            .Description("What else is different from the revision before, in sentences: that the data are complete now, or that the threshold is another.")
            .Resolve(c => c.Source.OtherChanges);
    }
}

internal sealed class ComplianceChangeType : ObjectGraphType<FigureChange>
{
    public ComplianceChangeType()
    {
        Name = "ComplianceChange";
        Description = "A figure that is another one than in the revision before.";
        Field<StringGraphType>("channel").Description("Name of the channel; null for all together.").Resolve(c => c.Source.Channel);
        Field<NonNullGraphType<StringGraphType>>("figure").Description("Name of the figure.").Resolve(c => c.Source.Figure);
        Field<NonNullGraphType<StringGraphType>>("unit").Description("What it is counted in, such as `hours`.").Resolve(c => c.Source.Unit);
        Field<FloatGraphType>("before").Description("Its value before, in `unit`, such as hours; null where there was none.").Resolve(c => c.Source.Before);
        Field<FloatGraphType>("after").Description("Its value now, in `unit`, such as hours; null where there is none.").Resolve(c => c.Source.After);
        Field<NonNullGraphType<FloatGraphType>>("difference").Description("By how much it changed, in `unit`, such as hours.").Resolve(c => c.Source.Difference);
    }
}
