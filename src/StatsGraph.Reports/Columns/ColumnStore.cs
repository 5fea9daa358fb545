using StatsGraph.Lake;
using StatsGraph.Reports.Columns.Following;
using StatsGraph.Reports.Rollups;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// The columns of all sites of a lake, for a process that answers for long: they are loaded from the folder <c>columns</c> of the data folder,
/// or made from the lake, and then follow it within a second or two. Whatever fails is told in one line and tried again; what has no columns is
/// answered from the lake itself.
/// </summary>
public sealed class ColumnStore : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenSaves = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource stop = new();
    private readonly ColumnFollower follower;
    private readonly Thread thread;

    /// <param name="lake">The lake.</param>
    /// <param name="dataFolder">Its data folder.</param>
    /// <param name="sites">Profiles of the configured sites.</param>
    /// <param name="tell">Takes a line about what is wrong, on a thread of the store.</param>
    public ColumnStore(LakeTable lake, string dataFolder, IReadOnlyList<SiteProfile> sites, Action<string> tell)
    {
        follower = new ColumnFollower(lake, dataFolder, sites, tell);
        thread = new Thread(Follow) { Name = "Columns", IsBackground = true };
    }

    /// <summary>Begins to load, to make and to follow.</summary>
    public void Start() => thread.Start();

    /// <summary>How far the first columns are; null once they are there.</summary>
    public ColumnProgress? Progress => follower.Published is null ? follower.Progress : null;

    /// <summary>
    /// How far the columns are behind the lake: since when a newer version than the published one is known, or how long the last one took that is
    /// published.
    /// </summary>
    public TimeSpan FollowDelay => follower.Delay;

    /// <summary>The newest that is complete; null before the first.</summary>
    internal ColumnSet? Published => follower.Published;

    /// <summary>The roads over the columns.</summary>
    internal ColumnRoads Roads { get; } = new();

    /// <summary>Stops following, and writes down what is not on disk yet.</summary>
    public void Dispose()
    {
        stop.Cancel();
        if (thread.IsAlive)
            thread.Join();
        follower.Dispose();
        stop.Dispose();
    }

    private void Follow()
    {
        var (saved, pause) = (TimeProvider.System.GetTimestamp(), BetweenSaves);
        while (!stop.IsCancellationRequested)
        {
            var isFirst = follower.Published is null;
            follower.TryLook(stop.Token);
            Warm();
            if ((isFirst && follower.Published is not null) || TimeProvider.System.GetElapsedTime(saved) >= pause)
            {
                pause = follower.TrySave() ? BetweenSaves : PauseAfterFailure;
                saved = TimeProvider.System.GetTimestamp();
            }

            stop.Token.WaitHandle.WaitOne(BetweenLooks);
        }

        follower.TrySave();
    }

    private void Warm()
    {
        try
        {
            if (follower.Published is { } set)
                Roads.WarmAsync(set.Sites, stop.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // Whoever asks counts what was not counted here.
        }
    }
}
