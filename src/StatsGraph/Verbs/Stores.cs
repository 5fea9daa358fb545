using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Configuration;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Terminal;

namespace StatsGraph.Verbs;

/// <summary>Opens the reports of a data folder as it is configured.</summary>
internal static class Stores
{
    /// <summary>A store on the lake of the data folder; the caller disposes it.</summary>
    /// <param name="host">Tells the time.</param>
    /// <param name="settings">Names the folder and the sites.</param>
    /// <param name="columns">What it answers from, where that is there; null for the lake alone.</param>
    public static ReportStore Open(CommandHost host, Settings settings, ColumnStore? columns = null) => new(
        LakeTable.Open(settings.DataFolder), Profiles(settings), host.Clock, settings.Reports, columns);

    /// <summary>
    /// The columns of the data folder, which begin to be loaded or made; the caller disposes them. Null where they are switched off.
    /// </summary>
    public static ColumnStore? StartColumns(CommandHost host, Settings settings)
    {
        if (!settings.Columns)
        {
            return null;
        }

        var columns = new ColumnStore(
            LakeTable.Open(settings.DataFolder), settings.DataFolder, Profiles(settings), line => host.Error.WriteLine(ErrorLine.Of(line)));
        columns.Start();
        return columns;
    }

    /// <summary>The tables of the data folder: that of lines and that of plays.</summary>
    public static IReadOnlyList<LakeTable> Tables(CommandHost host, string dataFolder)
        => [LakeTable.Open(dataFolder, host.Clock), LakeTable.OpenPlays(dataFolder, host.Clock)];

    /// <summary>What compliance reports of the data folder go by.</summary>
    /// <exception cref="ComplianceException">A file in the folder of profiles is none; the message names it.</exception>
    public static ComplianceOptions Compliance(Settings settings) => new()
    {
        Profiles = settings.ProfilesFolder is { } folder ? ComplianceProfiles.With(folder) : ComplianceProfiles.BuiltIn,
        Channels = settings.Sites.Where(site => site.Value.Channels is not null).ToDictionary(site => site.Key, site => site.Value.Channels!),
        Use = settings.Sites.ToDictionary(site => site.Key, site => site.Value.Use),
        DataFolder = settings.DataFolder,
    };

    private static IReadOnlyList<SiteProfile> Profiles(Settings settings) => [.. settings.Sites.Values.Select(site => site.Profile)];
}
