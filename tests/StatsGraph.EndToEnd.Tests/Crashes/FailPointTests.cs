using StatsGraph.Lake.Disk;

namespace StatsGraph.EndToEnd.Tests.Crashes;

/// <summary>An import is killed at every point around every write; then the same logs are read again.</summary>
public sealed class FailPointTests
{
    private const int Killed = 128 + 9;
    private const int Lines = 110;

    private const string Question = """
        {
          site(key: "default") {
            intake { lines blank classes { class lines } rejections { reason lines examples } }
            report(period: { month: "2026-10" }) {
              totals { sessions visits listeners tuningHours averageDuration bytes peakConcurrent { sessions at } }
              timeSeries(interval: HOUR) { buckets { metrics { sessions tuningHours } } }
              groups(by: [MOUNT, COUNTRY]) { nodes { keys { value } metrics { sessions visits tuningHours } } }
            }
          }
        }
        """;

    private static readonly string[] InLaterCommit =
        ["data.group-written:2", "data.folder-flushed:2", "commit.half-written:2", "commit.named:2", "commit.folder-flushed:2"];

    private static readonly Lazy<Task<string>> Clean = new(CleanAsync);

    /// <summary>
    /// Every point in the first commit, which makes the table, and some in a later one too. A checkpoint comes after a hundred commits, so
    /// those are of a line each.
    /// </summary>
    public static TheoryData<string, int> Points
    {
        get
        {
            var points = new TheoryData<string, int>();
            foreach (var point in FailPoints.All.Except(UpkeepFailPointTests.OfVacuum))
            {
                points.Add(point, IsOfCheckpoint(point) ? 1 : 40);
            }

            foreach (var later in InLaterCommit)
            {
                points.Add(later, 40);
            }

            return points;
        }
    }

    [Theory]
    [MemberData(nameof(Points))]
    public async Task A_run_that_is_killed_there_and_run_again_answers_like_one_that_was_not(string point, int linesPerCommit)
    {
#if !DEBUG
        Assert.Skip("a release build has no fail points");
#endif
        using var folder = new TemporaryFolder();
        folder.Write("access.log", CrashLog.Lines(Lines));
        var commit = ("STATSGRAPH_Ingest__LinesPerCommit", $"{linesPerCommit}");
        var killed = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", commit, (FailPoints.Variable, point));
        Assert.Equal((Killed, "", ""), (killed.ExitStatus, killed.Output, killed.Error));

        Leftovers.Age(folder["data"]);
        var verified = await StatsGraphProcess.RunAsync(folder, ["verify"]);
        Assert.True(verified.ExitStatus == 0, verified.Output + verified.Error);

        var again = await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"], "", commit);
        Assert.Equal((0, ""), (again.ExitStatus, again.Error));
        Assert.Empty(Leftovers.In(folder["data"]));
        Assert.Equal(await Clean.Value, await AnswerAsync(folder));
    }

    private static bool IsOfCheckpoint(string point)
        => point.StartsWith("checkpoint.", StringComparison.Ordinal) || point.StartsWith("pointer.", StringComparison.Ordinal);

    private static async Task<string> CleanAsync()
    {
        using var folder = new TemporaryFolder();
        folder.Write("access.log", CrashLog.Lines(Lines));
        await StatsGraphProcess.RunAsync(folder, ["ingest", "access.log"]);
        return await AnswerAsync(folder);
    }

    private static async Task<string> AnswerAsync(TemporaryFolder folder)
        => (await Lake.QueryAsync(folder, "data", Question, "{}")).GetRawText();
}
