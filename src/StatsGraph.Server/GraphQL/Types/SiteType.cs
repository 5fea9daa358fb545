using GraphQL;
using GraphQL.Types;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Conversion;
using StatsGraph.Server.GraphQL.Cost;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

internal sealed class SiteType : ObjectGraphType<SiteReports>
{
    /// <summary>Name of the field that is a report.</summary>
    public const string ReportField = "report";

    /// <summary>Name of the argument that is the report's period.</summary>
    public const string PeriodArgument = "period";

    public SiteType()
    {
        Name = "Site";
        Description = "A station or network whose logs are ingested together.";
        Field<NonNullGraphType<StringGraphType>>("key").Description("Its key.").Resolve(c => c.Source.Key);
        Field<NonNullGraphType<StringGraphType>>("name")
            .Description("Its name for people; the key unless configured.").Resolve(c => c.Source.Name);
        Field<NonNullGraphType<StringGraphType>>("timeZone")
            .Description("IANA name of the time zone of its days and hours; UTC unless configured.").Resolve(c => c.Source.TimeZone);
        Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("mounts")
            .Description("Mounts that listeners ever tuned in to, in the order of their characters.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.MountsAsync(c.Deadline()));
        Field<DateTimeScalar>("dataThrough")
            .Description("The latest stamp of an accepted line that is not in the future; null while there is none.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.DataThroughAsync(c.Deadline()));
        Field<NonNullGraphType<IntakeType>>("intake")
            .Description("What became of every line ever ingested: nothing is dropped unseen.")
            .Weighs(5)
            .ResolveAsync(async c => await c.Source.IntakeAsync(c.Deadline()));
        AddReport();
        AddCompliance();
    }

    private void AddReport()
        => Field<NonNullGraphType<ReportType>>(ReportField)
            .Description("The figures of a period.")
            .Argument<NonNullGraphType<PeriodInputType>>(PeriodArgument, "The period, half open.")
            .Argument<StringGraphType>("timeZone", "IANA name of a time zone that replaces the site's throughout the answer.")
            .Argument<NonNullGraphType<IntGraphType>>("minDuration", a =>
            {
                a.Description = "Seconds. Shorter sessions are dropped before visits are formed: 0 is the statutory reading, 60 the "
                    + "industry's.";
                a.DefaultValue = 0;
            })
            .Argument<SessionFilterInputType>("where", "Conditions on sessions.")
            .Weighs(1)
            .ResolveAsync(async c => await c.Source.ReportAsync(Request(c), c.Deadline()));

    private void AddCompliance()
    {
        Field<NonNullGraphType<ComplianceReportType>>("compliance")
            .Description("A compliance report by the rules of a profile, computed from the newest data and kept nowhere: a draft.")
            .Argument<NonNullGraphType<StringGraphType>>("profile", "Name of the profile, such as `US-ATH`; see `complianceProfiles`.")
            .Argument<NonNullGraphType<PeriodInputType>>(PeriodArgument, "The period: whole days of the site's time zone, a month mostly.")
            .Weighs(100)
            .ResolveAsync(async c => await ComplianceFields.DraftAsync(c));
        Field<NonNullGraphType<IssuedReportsConnectionType>>("issuedReports")
            .Description("Compliance reports that were issued, by profile and period, each with its revisions.")
            .Argument<StringGraphType>("profile", "Name of a profile; all of them without it.")
            .WithPages(together: false)
            .Weighs(1)
            .Resolve(ComplianceFields.Issued);
        Field<NonNullGraphType<IssuedReportsOfUseConnectionType>>("issuedReportsOfUse")
            .Description("Reports of use of sound recordings that were issued, by kind and period, each with its revisions.")
            .WithPages(together: false)
            .Weighs(1)
            .Resolve(ComplianceFields.IssuedOfUse);
    }

    private static ReportRequest Request(IResolveFieldContext<SiteReports> context) => new(
        PeriodConverter.Convert(context.InputObject(PeriodArgument)!),
        context.GetArgument<string?>("timeZone"),
        context.GetArgument<int>("minDuration"),
        FilterConverter.Sessions(context.InputObject("where")));
}
