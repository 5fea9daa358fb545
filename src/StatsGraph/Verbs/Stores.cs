using StatsGraph.Configuration;
using StatsGraph.Lake;
using StatsGraph.Reports;

namespace StatsGraph.Verbs;

/// <summary>Opens the reports of a data folder as it is configured.</summary>
internal static class Stores
{
    /// <summary>A store on the lake of the data folder; the caller disposes it.</summary>
    public static ReportStore Open(CommandHost host, Settings settings) => new(
        LakeTable.Open(settings.DataFolder), [.. settings.Sites.Values.Select(site => site.Profile)], host.Clock, settings.Reports);
}
