using StatsGraph.Lake.Disk;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>
/// A compaction, a prune and a vacuum are killed at the points around their writes and deletions; then they run again, and the lake is as
/// if nothing had happened.
/// </summary>
public sealed class UpkeepFailPointTests(UpkeepFailPointTests.Made made) : IClassFixture<UpkeepFailPointTests.Made>
{
    /// <summary>The points that only a vacuum passes.</summary>
    public static readonly IReadOnlyList<string> OfVacuum =
        [.. FailPoints.All.Where(point => point.EndsWith(".deleted", StringComparison.Ordinal) || point.StartsWith("mark.", StringComparison.Ordinal))];

    /// <summary>The commits' and data files' points, of which an import is killed at every one.</summary>
    private static readonly string[] OfCompaction =
    [
        "data.created", "data.group-written", "data.folder-flushed", "commit.half-written", "commit.flushed", "commit.named", "commit.folder-flushed",
    ];

    private const int Killed = 128 + 9;
    private const int Young = 7;
    private const int Old = 6;

    /// <summary>Two checkpoints come before so many commits.</summary>
    private const int ManyCommits = 201;

    /// <summary>
    /// For a compaction, which makes one data file and one commit, points on the way of both; for a prune those after which its two commits,
    /// of what is wholly old and of what is mixed, are made or not.
    /// </summary>
    public static TheoryData<string, string> Rewrites
    {
        get
        {
            var rewrites = new TheoryData<string, string>();
            foreach (var point in OfCompaction)
            {
                rewrites.Add("compact", point);
            }

            foreach (var point in (string[])["data.folder-flushed", "commit.half-written:2", "commit.named", "commit.named:2"])
            {
                rewrites.Add("prune --older-than 20y", point);
            }

            return rewrites;
        }
    }

    public static TheoryData<string> Deletions => [.. OfVacuum];

    [Theory]
    [MemberData(nameof(Rewrites))]
    public async Task A_rewrite_that_is_killed_there_and_run_again_is_whole_and_leaves_nothing(string verb, string point)
    {
#if !DEBUG
        Assert.Skip("a release build has no fail points");
#endif
        using var folder = Copy(await made.SmallFiles.Value);
        var isCompaction = verb == "compact";

        await AssertKilledAsync(folder, verb, point);
        Leftovers.Age(folder["data"]);
        var between = await VerifiedRowsAsync(folder);
        Assert.True(isCompaction ? between == Old + Young : between is Old + Young or Young + 1 or Young, $"{between} rows");
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, verb.Split(' '))).ExitStatus);
        await StatsGraphProcess.RunAsync(folder, ["vacuum"]);

        Assert.Empty(Leftovers.In(folder["data"]));
        Assert.Equal((isCompaction ? Old + Young : Young, Young, Young / 60.0), await Lake.TotalsAsync(folder, "data"));
    }

    [Theory]
    [MemberData(nameof(Deletions))]
    public async Task A_vacuum_that_is_killed_there_and_run_again_leaves_the_lake_alone_and_nothing_else(string point)
    {
#if !DEBUG
        Assert.Skip("a release build has no fail points");
#endif
        using var folder = Copy(await made.ManyCommits.Value);
        folder.Write($"data/lake/_delta_log/.{300:D20}.json.{Guid.NewGuid():N}.tmp", "half a com");
        Leftovers.Age(folder["data"]);

        await AssertKilledAsync(folder, "vacuum --older-than 0h", point);
        Assert.Equal(ManyCommits, await VerifiedRowsAsync(folder));
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["vacuum", "--older-than", "0h"])).ExitStatus);

        var verified = await StatsGraphProcess.RunAsync(folder, ["verify", "--json"]);
        Assert.Equal((0, "", 0), (verified.ExitStatus, verified.Error, verified.Json.GetProperty("findings").GetArrayLength()));
        Assert.Equal(verified.Json.GetProperty("files").GetInt32(),
            Directory.GetFiles(folder["data/lake"], "part-*", SearchOption.AllDirectories).Length);
        Assert.Single(Directory.GetFiles(folder["data/lake/_delta_log"], "*.checkpoint.parquet"));
        Assert.Empty(Directory.GetFiles(folder["data/lake/_delta_log"], ".*"));
        var again = await StatsGraphProcess.RunAsync(folder, ["ingest", "--json", "access.log"]);
        Assert.Equal(ManyCommits, again.Json.GetProperty("alreadyIngested").GetInt32());
    }

    /// <summary>Three files: one of old lines, one of old and young ones, one of young ones.</summary>
    private static async Task<TemporaryFolder> SmallFilesAsync()
    {
        var folder = new TemporaryFolder();
        var young = SomeLog.Sessions(Young).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n").ToList();
        var old = young.Take(Old).Select(line => line.Replace("/2026:", "/2001:", StringComparison.Ordinal)).ToList();
        string[] logs = [string.Concat(old.Skip(1)), old[0] + young[0], string.Concat(young.Skip(1))];
        foreach (var log in logs)
        {
            Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "-"], log)).ExitStatus);
        }

        return folder;
    }

    /// <summary>A commit of each line, two checkpoints, and the small files beside the one that replaced them.</summary>
    private static async Task<TemporaryFolder> ManyCommitsAsync()
    {
        var folder = new TemporaryFolder();
        folder.Write("access.log", SomeLog.Sessions(ManyCommits));
        var one = ("STATSGRAPH_Ingest__LinesPerCommit", "1");
        Assert.Equal(0, (await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", one)).ExitStatus);
        return folder;
    }

    private static TemporaryFolder Copy(TemporaryFolder folder)
    {
        var copy = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories))
        {
            var target = copy[Path.GetRelativePath(folder.Path, path)];
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }

    private static async Task AssertKilledAsync(TemporaryFolder folder, string verb, string point)
    {
        var killed = await StatsGraphProcess.RunAsync(folder, verb.Split(' '), "", (FailPoints.Variable, point));
        Assert.Equal((Killed, "", ""), (killed.ExitStatus, killed.Output, killed.Error));
    }

    private static async Task<int> VerifiedRowsAsync(TemporaryFolder folder)
    {
        var verified = await StatsGraphProcess.RunAsync(folder, ["verify", "--json"]);
        Assert.True(verified.ExitStatus == 0, verified.Output + verified.Error);
        return verified.Json.GetProperty("rows").GetInt32();
    }

    /// <summary>Lakes that are made once and copied.</summary>
    public sealed class Made : IAsyncDisposable
    {
        public Lazy<Task<TemporaryFolder>> SmallFiles { get; } = new(SmallFilesAsync);

        public Lazy<Task<TemporaryFolder>> ManyCommits { get; } = new(ManyCommitsAsync);

        public async ValueTask DisposeAsync()
        {
            foreach (var folder in new[] { SmallFiles, ManyCommits }.Where(folder => folder.IsValueCreated))
            {
                (await folder.Value).Dispose();
            }
        }
    }
}
