using StatsGraph.Lake;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Sessions;

/// <summary>The lines of one site at one version of the lake, as a relation to select from.</summary>
internal sealed record SiteLines(long Version, string Site, IReadOnlyList<string> Files)
{
    /// <summary>The lines of a site in a snapshot.</summary>
    public static SiteLines Of(LakeSnapshot snapshot, string site) => new(
        snapshot.Version, site, snapshot.Files.Where(file => file.Site == site).Select(file => file.Path).ToList());

    /// <summary>A statement that reads them where its text says <c>{{lines}}</c>.</summary>
    public Statement Read(string text)
    {
        if (Files.Count == 0)
            return new Statement(text.With("lines", SqlText.Load("Sessions/NoLines")));
        return new Statement(text.With("lines", SqlText.Load("Sessions/Lines"))).Bind("files", Files);
    }
}
