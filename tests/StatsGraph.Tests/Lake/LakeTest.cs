using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Lake;

/// <summary>A data folder of its own for every test.</summary>
public abstract class LakeTest : IDisposable
{
    protected LakeTest() => Lake = LakeTable.Open(Data);

    protected string Data { get; } = Path.Combine(Path.GetTempPath(), "statsgraph-lake-" + Guid.NewGuid().ToString("N"));

    protected string Table => Path.Combine(Data, "lake");

    protected string Log => Path.Combine(Table, "_delta_log");

    protected LakeTable Lake { get; }

    public void Dispose()
    {
        if (Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Appends lines of the site <c>radio</c> as one batch; returns how many were new.</summary>
    protected int Append(params IEnumerable<SomeLine> lines) => Append(Lake, lines);

    protected static int Append(LakeTable lake, IEnumerable<SomeLine> lines, params IReadOnlyList<SourceProgress> sources)
        => lake.Append("radio", [lines.Batch()], sources, CancellationToken.None).Added.Sum(added => added.Cast<bool>().Count(isNew => isNew));

    /// <summary>Hashes and ordinals that an independent reader finds, in order.</summary>
    private protected List<(long Hash, int Ordinal)> Found() => [.. new SpecDeltaReader(Table).Rows().Select(row => (row.Hash, row.Ordinal))];

    protected static IEnumerable<(long Hash, int Ordinal)> Identities(IEnumerable<SomeLine> lines)
        => lines.Select(line => (line.Hash, line.Ordinal)).Distinct().Order();

    /// <summary>Names of all files below the data folder that are neither data of the lake nor its log.</summary>
    protected IEnumerable<string> Strays()
    {
        var live = Lake.Snapshot().Files.Select(file => file.Path).ToHashSet();
        return Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
            .Where(path => !live.Contains(path) && !(Path.GetDirectoryName(path) == Log && !Path.GetFileName(path).StartsWith('.')));
    }
}
