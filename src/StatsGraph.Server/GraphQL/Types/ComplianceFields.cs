using GraphQL;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Reports;
using StatsGraph.Server.GraphQL.Conversion;
using StatsGraph.Server.GraphQL.Execution;

namespace StatsGraph.Server.GraphQL.Types;

/// <summary>All that was issued of one profile and period.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Key">What it is of.</param>
internal sealed record IssuedSeries(IssuedFolder Folder, IssuedKey Key)
{
    /// <summary>The newest revisions, the newest first.</summary>
    /// <param name="first">How many.</param>
    /// <exception cref="ComplianceException">One is damaged or missing.</exception>
    public IReadOnlyList<ComplianceReport> Newest(int first)
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

    /// <summary>A page of what was issued. It is no part of the lake, so that the answer holds no longer than now.</summary>
    public static Page<IssuedSeries> Issued(IResolveFieldContext<SiteReports> context)
    {
        var desk = RequestScope.Of(context).Compliance;
        var lake = (LakeReports)context.RootValue!;
        lake.EndAnswersAt(lake.Now);
        var keys = desk.KeepsReports ? desk.Issued.Keys(context.Source.Key, context.GetArgument<string?>("profile")) : [];
        return Pages.ByKey("IssuedReports", keys.Select(key => new IssuedSeries(desk.Issued, key)), series => $"{series.Key.Profile}/{series.Key.Period}", context.Page());
    }
}
