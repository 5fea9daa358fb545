using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// How far back the visits reach that go on at or after a cut-off. A visit is a chain of sessions of one listener and kind with breaks under
/// 30 minutes; filters by duration only make its breaks longer, so that every visit anybody can ask for lies within one such chain.
/// <para>
/// Found by going backwards: of the sessions that end at or after the cut-off only those can be reached that start less than a break after
/// it. From their starts on, day by day, a session that ends less than a break before the start of its owner's chain belongs to it and
/// moves that start. Takes the memory of the owners of these chains and of their sessions of a day, however much there is.
/// </para>
/// </summary>
internal sealed class VisitFrontier
{
    /// <summary>Microseconds from the end of a session on in which the next one goes on with the visit.</summary>
    public const long Break = 1_800_000_000;

    private const long Day = 86_400_000_000;

    private readonly Dictionary<SessionOwner, long> starts = [];
    private readonly IntactFiles intact;

    private VisitFrontier(IntactFiles intact) => this.intact = intact;

    /// <summary>Start of the longest of the chains, in microseconds since 1970; the largest number when there is none.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    /// <summary>Finds the chains.</summary>
    /// <param name="files">All files of the site.</param>
    /// <param name="cutoff">Microseconds since 1970.</param>
    /// <param name="intact">Tells whether a file is what the log says.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="LakeException">A file cannot be read, or is not what the log says.</exception>
    public static VisitFrontier Of(IReadOnlyList<LakeFile> files, long cutoff, IntactFiles intact, CancellationToken cancellation)
    {
        var frontier = new VisitFrontier(intact);
        frontier.Begin(files.Where(file => Microseconds(file.LastEnd) is { } last && last + 1_000 > cutoff), cutoff, cancellation);
        var older = files.Where(file => Microseconds(file.FirstEnd) < cutoff).ToList();
        for (var until = cutoff; frontier.IsOpen(until); until -= Day)
            frontier.StepBack(older, until, cancellation);
        frontier.Earliest = frontier.starts.Count > 0 ? frontier.starts.Values.Min() : long.MaxValue;
        return frontier;
    }

    /// <summary>Whether a session from before the cut-off belongs to a visit that goes on.</summary>
    public bool Holds(SessionOwner owner, long end) => starts.TryGetValue(owner, out var start) && end + Break > start;

    /// <summary>Microseconds since 1970; what the log says of a file is cut to milliseconds.</summary>
    public static long? Microseconds(DateTimeOffset? instant) => instant?.ToUnixTimeMilliseconds() * 1_000;

    private void Begin(IEnumerable<LakeFile> late, long cutoff, CancellationToken cancellation)
    {
        foreach (var file in late)
        {
            var range = new SessionRange(long.MinValue, cutoff + Break, cutoff, long.MaxValue);
            SessionScan.Read(file, range, Add, intact, cancellation);
        }
    }

    private bool IsOpen(long until) => starts.Values.Any(start => start < until + Break);

    /// <summary>Goes back over the day that ends at an instant.</summary>
    private void StepBack(List<LakeFile> files, long until, CancellationToken cancellation)
    {
        var sessions = new List<(long End, long Start, SessionOwner Owner)>();
        foreach (var file in files.Where(file => Microseconds(file.FirstEnd) < until && Microseconds(file.LastEnd) + 1_000 > until - Day))
        {
            SessionScan.Read(file, new SessionRange(long.MinValue, long.MaxValue, until - Day, until), Collect, intact, cancellation);
        }

        foreach (var (end, start, owner) in sessions.OrderByDescending(session => session.End))
        {
            if (Holds(owner, end))
                starts[owner] = Math.Min(starts[owner], start);
        }

        void Collect(SessionOwner owner, long start, long end)
        {
            if (starts.ContainsKey(owner))
                sessions.Add((end, start, owner));
        }
    }

    private void Add(SessionOwner owner, long start, long end)
    {
        if (!starts.TryGetValue(owner, out var known) || start < known)
            starts[owner] = start;
    }
}
