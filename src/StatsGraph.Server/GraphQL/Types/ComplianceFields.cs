using GraphQL;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Use;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Conversion;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>All that was issued of one profile, or kind of report of use, and period.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Key">What it is of.</param>
internal sealed record IssuedSeries<TReport>(IssuedFolder<TReport> Folder, IssuedKey Key)
    where TReport : IssuableReport, IIssuable<TReport>
{
    /// <summary>The newest revisions, the newest first.</summary>
    /// <param name="first">How many.</param>
    /// <exception cref="ComplianceException">One is damaged or missing.</exception>
    public IReadOnlyList<TReport> Newest(int first)
        => [.. Pages.First(Enumerable.Range(1, Folder.Count(Key)).Reverse(), first).Select(revision => Folder.Read(Key, revision).Report)];
}

/// <summary>Answers the fields of a site that are compliance reports.</summary>
internal static class ComplianceFields
{
    /// <summary>A report that is computed and not kept.</summary>
    /// <exception cref="ReportException">There is no such profile, or the period is none of whole days.</exception>
    public static async Task<ComplianceReport> DraftAsync(IResolveFieldContext<SiteReports> context)
    {
        var desk = RequestScope.Of(context).Compliance;
        var name = context.GetArgument<string>("profile");
        var profile = desk.Profiles.Find(name) ?? throw new ReportException(
            ErrorCodes.ProfileUnknown,
            $"There is no profile '{name}'; expected one of {string.Join(", ", desk.Profiles.All.Select(known => known.Name))}.",
            name);
        var asked = PeriodConverter.Convert(context.InputObject(SiteType.PeriodArgument)!);
        var resolved = (await context.Source.ReportAsync(new ReportRequest(asked, null, 0, null), context.Deadline())).Period;
        return await desk.DraftAsync((LakeReports)context.RootValue!, context.Source, profile, CompliancePeriod.Of(resolved), context.Deadline());
    }

    /// <summary>A page of the compliance reports that were issued.</summary>
    public static Page<IssuedSeries<ComplianceReport>> Issued(IResolveFieldContext<SiteReports> context)
        => Issued(context, RequestScope.Of(context).Compliance, "IssuedReports", context.GetArgument<string?>("profile"));

    /// <summary>A page of the reports of use that were issued.</summary>
    public static Page<IssuedSeries<ReportOfUse>> IssuedOfUse(IResolveFieldContext<SiteReports> context)
        => Issued(context, RequestScope.Of(context).Compliance.Use, "IssuedReportsOfUse", profile: null);

    /// <summary>What was issued is no part of the lake, so that the answer holds no longer than now.</summary>
    private static Page<IssuedSeries<TReport>> Issued<TReport>(IResolveFieldContext<SiteReports> context, IssuingDesk<TReport> desk, string list, string? profile)
        where TReport : IssuableReport, IIssuable<TReport>
    {
        var lake = (LakeReports)context.RootValue!;
        lake.EndAnswersAt(lake.Now);
        var keys = desk.KeepsReports ? desk.Issued.Keys(context.Source.Key, profile) : [];
        return Pages.ByKey(list, keys.Select(key => new IssuedSeries<TReport>(desk.Issued, key)), series => $"{series.Key.Profile}/{series.Key.Period}", context.Page());
    }
}
