using StatsGraph.Lake;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Sessions;

/// <summary>The lines of one site at one version of the lake, as a relation to select from.</summary>
internal sealed record SiteLines(long Version, string Site, IReadOnlyList<string> Files)
{
    private Action<CancellationToken> check = _ => { };

    /// <summary>How many there are.</summary>
    public long Rows { get; init; }

    /// <summary>The lines of a site in a snapshot of a lake.</summary>
    public static SiteLines Of(LakeTable lake, LakeSnapshot snapshot, string site)
    {
        var files = snapshot.Files.Where(file => file.Site == site).ToList();
        return new SiteLines(snapshot.Version, site, files.ConvertAll(file => file.Path))
        {
            Rows = files.Sum(file => file.Rows),
            check = cancellation => lake.Check(files, cancellation),
        };
    }

    /// <summary>
    /// A statement that reads them where its text says <c>{{lines}}</c>, once their files are found to be what the log says of them.
    /// </summary>
    public Statement Read(string text)
    {
        if (Files.Count == 0)
            return new Statement(text.With("lines", SqlText.Load("Sessions/NoLines")));
        return new Statement(text.With("lines", SqlText.Load("Sessions/Lines"))).Bind("files", Files).RunsAfter(check);
    }
}
