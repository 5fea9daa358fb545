using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Columns.Following;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>A follower of a lake that looks when it is told to, with all that it tells.</summary>
internal sealed class SomeFollower : IDisposable
{
    private readonly ColumnFollower follower;

    public SomeFollower(string data, IReadOnlyDictionary<string, string>? aliases = null, int batchRows = 1_000)
    {
        SiteProfile[] profiles = aliases is null ? [] : [new SiteProfile { Key = "radio", MountAliases = aliases }];
        follower = new ColumnFollower(LakeTable.Open(data), data, profiles, Told.Add, batchRows);
    }

    /// <summary>All lines that it told.</summary>
    public List<string> Told { get; } = [];

    /// <summary>How far it is with the version at hand.</summary>
    public ColumnProgress Progress => follower.Progress;

    /// <summary>Looks once and gives what is published then.</summary>
    public ColumnSet Look()
    {
        follower.TryLook(TestContext.Current.CancellationToken);
        return follower.Published!;
    }

    public void Save() => follower.TrySave();

    public void Dispose() => follower.Dispose();

    /// <summary>The columns of all sites as they are when they are made of nothing but the lake, in memory.</summary>
    public static Dictionary<string, List<string>> Fresh(string data, IReadOnlyDictionary<string, string>? aliases = null)
    {
        var nowhere = Path.Combine(data, "no-folder-but-a-file");
        File.WriteAllText(nowhere, "");
        SiteProfile[] profiles = aliases is null ? [] : [new SiteProfile { Key = "radio", MountAliases = aliases }];
        using var fresh = new ColumnFollower(LakeTable.Open(data), nowhere, profiles, _ => { });
        fresh.TryLook(TestContext.Current.CancellationToken);
        return Text(fresh.Published!);
    }

    /// <summary>All of a set, written out.</summary>
    public static Dictionary<string, List<string>> Text(ColumnSet set) => set.Sites.ToDictionary(site => site.Key, site => ColumnsText.Of(site.Value));
}
