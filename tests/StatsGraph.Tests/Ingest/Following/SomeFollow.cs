using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Ingest.Following;

/// <summary>A following of logs into a data folder, look by look, with a clock that the test moves.</summary>
internal sealed class SomeFollow : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly LogFollow follow;
    private readonly ManualClock clock;

    public SomeFollow(DataFolder folder, ManualClock clock, IReadOnlyList<string> paths, int linesPerCommit = 250_000)
    {
        this.clock = clock;
        follow = new LogFollow(
            LakeTable.Open(folder.Data),
            new IngestOptions { DataFolder = folder.Data, Site = "main", LinesPerCommit = linesPerCommit },
            paths,
            new FollowOptions { Time = clock },
            News.Add);
    }

    /// <summary>A clock that is about right, as the stamps of files are the system's.</summary>
    public static ManualClock Clock => new(TimeProvider.System.GetUtcNow());

    public List<FollowNews> News { get; } = [];

    public IEnumerable<string> Texts(FollowNewsKind kind) => News.Where(news => news.Kind == kind).Select(news => news.Text);

    public void Dispose() => follow.Dispose();

    /// <summary>Looks once.</summary>
    public void Look() => follow.Look(TestContext.Current.CancellationToken);

    /// <summary>Lets time pass, looking every second.</summary>
    public void Pass(int seconds)
    {
        for (var second = 0; second < seconds; second++)
        {
            clock.Pass(Step);
            Look();
        }
    }

    /// <summary>Commits what was read.</summary>
    public IngestSummary Finish() => follow.Finish();
}
