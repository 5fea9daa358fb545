using StatsGraph.Lake;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Sessions;

/// <summary>The lines of one site at one version of the lake, or of some of its files, as a relation to select from.</summary>
internal sealed record SiteLines(long Version, string Site, IReadOnlyList<LakeFile> Files)
{
    private Action<IReadOnlyList<LakeFile>, CancellationToken> check = (_, _) => { };

    /// <summary>How many there are.</summary>
    public long Rows => Files.Sum(file => file.Rows);

    /// <summary>The lines of a site in a snapshot of a lake.</summary>
    public static SiteLines Of(LakeTable lake, LakeSnapshot snapshot, string site)
        => new(snapshot.Version, site, snapshot.Files.Where(file => file.Site == site).ToList()) { check = lake.Check };

    /// <summary>The lines of some of the files.</summary>
    public SiteLines Only(IReadOnlyList<LakeFile> files) => this with { Files = files };

    /// <summary>
    /// A statement that reads them where its text says <c>{{lines}}</c>, once their files are found to be what the log says of them. The
    /// column <c>filename</c> is the path of a line's file.
    /// </summary>
    public Statement Read(string text)
    {
        if (Files.Count == 0)
            return new Statement(text.With("lines", SqlText.Load("Sessions/NoLines")));
        return new Statement(text.With("lines", SqlText.Load("Sessions/Lines"))).Bind("files", Files.Select(file => file.Path).ToList())
            .RunsAfter(cancellation => check(Files, cancellation));
    }
}
