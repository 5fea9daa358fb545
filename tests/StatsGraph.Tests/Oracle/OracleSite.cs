using System.Text;

namespace StatsGraph.Tests.Oracle;

/// <summary>All sites at one instant, in Unix seconds.</summary>
public sealed record OracleModel(IReadOnlyList<OracleSite> Sites, long Now, OracleWorld World);

/// <summary>A site and the set of its lines. The aliases go from a mount in the log to the mount that it counts as.</summary>
public sealed record OracleSite(
    string Key, string Name, string TimeZone, IReadOnlyDictionary<string, string> Aliases, IReadOnlyList<OracleRow> Rows)
{
    /// <summary>Texts in the order of their UTF-8 bytes.</summary>
    public static readonly Comparer<string> ByBytes = Comparer<string>.Create(
        (one, other) => Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other)));

    private readonly Dictionary<long, IReadOnlyList<OracleSession>> sessions = [];

    /// <summary>The mount that a path counts as.</summary>
    public string Mount(string path) => Aliases.TryGetValue(path, out var mount) ? mount : path;

    /// <summary>Mounts that listeners ever tuned in to.</summary>
    public IReadOnlyList<string> Mounts()
        => [.. Rows.Where(row => row.Class == "listener").Select(row => Mount(row.Record!.Path)).Distinct().Order(ByBytes)];

    /// <summary>Latest stamp of an accepted line that is not in the future.</summary>
    public long? DataThrough(long now) => Rows.Where(row => row.EndedAt <= now).Max(row => row.EndedAt);

    /// <summary>
    /// Sessions of listeners, relays and bots of at least some seconds, each with the visit that it belongs to: one listener's
    /// sessions of one kind, in order, chained while the next start is less than 30 minutes after the latest end so far.
    /// </summary>
    public IReadOnlyList<OracleSession> Sessions(long minDuration)
    {
        if (sessions.TryGetValue(minDuration, out var known))
            return known;

        return sessions[minDuration] = Rows
            .Where(row => row.Class is "listener" or "relay" or "bot" && row.Record!.Duration >= (ulong)minDuration)
            .GroupBy(row => (row.Class, row.Record!.Address, row.Record.UserAgent))
            .SelectMany(Chain)
            .ToList();
    }

    private IEnumerable<OracleSession> Chain(IEnumerable<OracleRow> rows)
    {
        OracleSession? entry = null;
        var latestEnd = 0L;
        var ordered = rows.OrderBy(row => row.StartedAt)
            .ThenBy(row => row.EndedAt)
            .ThenBy(row => Mount(row.Record!.Path), ByBytes)
            .ThenBy(row => row.Hash)
            .ThenBy(row => row.Ordinal);
        foreach (var row in ordered)
        {
            var mount = Mount(row.Record!.Path);
            var continues = entry is not null && row.StartedAt - latestEnd < 30 * 60;
            var session = new OracleSession(row, mount, continues ? entry!.EntryMount : mount, IsEntry: !continues);
            latestEnd = continues ? Math.Max(latestEnd, session.End) : session.End;
            entry = continues ? entry : session;
            yield return session;
        }
    }
}

/// <summary>A session.</summary>
/// <param name="Row">Its line.</param>
/// <param name="Mount">The mount it counts for.</param>
/// <param name="EntryMount">Mount of the first session of its visit.</param>
/// <param name="IsEntry">Whether it is the first session of its visit.</param>
public sealed record OracleSession(OracleRow Row, string Mount, string EntryMount, bool IsEntry)
{
    /// <summary>Unix seconds.</summary>
    public long Start => (Row.StartedAt ?? Row.EndedAt)!.Value;

    /// <summary>Unix seconds.</summary>
    public long End => Row.EndedAt!.Value;

    /// <summary>Seconds.</summary>
    public long Duration => (long)Row.Record!.Duration;

    /// <summary>Who listens: address and user agent.</summary>
    public (string Address, string? UserAgent) Listener => (Row.Record!.Address, Row.Record.UserAgent);
}
