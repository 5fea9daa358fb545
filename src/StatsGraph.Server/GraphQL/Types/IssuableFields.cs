using System.Text;
using GraphQL.Types;
using StatsGraph.Compliance;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>The fields of every report that can be issued.</summary>
internal static class IssuableFields
{
    /// <summary>Adds them.</summary>
    public static void AddIssuable<TReport>(this ObjectGraphType<TReport> type)
        where TReport : IssuableReport
    {
        type.Field<NonNullGraphType<CompliancePeriodType>>("period").Description("The period.").Resolve(c => c.Source.Period);
        type.Field<DateTimeScalar>("dataThrough")
            .Description("The latest stamp of the log that was not in the future; null without one.").Resolve(c => c.Source.Data.Through);
        type.Field<NonNullGraphType<BooleanGraphType>>("complete")
            .Description("Whether the data reached past the end of the period by the settling time.").Resolve(c => c.Source.Data.Complete);
        type.Field<NonNullGraphType<LongScalar>>("lakeVersion")
            .Description("Which of the versions of the lake it was computed from.").Resolve(c => c.Source.Data.LakeVersion);
        type.Field<NonNullGraphType<ListGraphType<NonNullGraphType<StringGraphType>>>>("remarks")
            .Description("What a reader has to know of this report, in sentences.").Resolve(c => c.Source.Remarks);
        type.Field<ComplianceIssueType>("issue").Description("Its place among the reports that were issued; null for a draft.").Resolve(c => c.Source.Issue);
        type.Field<NonNullGraphType<StringGraphType>>("checksum")
            .Description("`sha256:` and the digits of the SHA-256 of the canonical JSON (RFC 8785) of all the rest of `document`.").Resolve(c => c.Source.Checksum);
        type.Field<NonNullGraphType<StringGraphType>>("document")
            .Description("All of the report as canonical JSON (RFC 8785), as it is kept when it is issued.")
            .Resolve(c => Encoding.UTF8.GetString(ReportDocument.Write(c.Source)));
    }
}
