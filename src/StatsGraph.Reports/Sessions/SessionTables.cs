using System.Globalization;
using StatsGraph.Lake;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Sessions;

/// <summary>
/// The session tables that the engine holds: one for each site, version of the lake and minimum duration that was asked for lately.
/// A table is made once, however many ask for it at a time, and lives while it is in use or among the newest. Its making ends when all who
/// wait for it have given up.
/// </summary>
internal sealed class SessionTables(QueryEngine engine)
{
    /// <summary>Tables of the newest version kept although nobody uses them.</summary>
    private const int Idle = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<TableKey, Entry> entries = [];
    private long clock;

    /// <summary>Takes a table into use, making it where it is missing.</summary>
    public async Task<SessionTable> UseAsync(
        SiteLines lines, IReadOnlyDictionary<string, string> aliases, long minDuration, CancellationToken cancellation)
    {
        var key = new TableKey(lines.Version, lines.Site, minDuration);
        Entry entry;
        lock (gate)
        {
            if (!entries.TryGetValue(key, out entry!) || entry.HasFailed)
            {
                var name = "sessions_" + (++clock).ToString(CultureInfo.InvariantCulture);
                entry = entries[key] = new Entry(key, name, stop => CreateAsync(name, lines, aliases, minDuration, stop));
            }

            entry.Users++;
            entry.LastUsed = ++clock;
        }

        try
        {
            await entry.Ready.WaitAsync(cancellation);
            return new SessionTable(entry.Name, () => Release(entry));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    /// <summary>How many sessions a table in use has.</summary>
    public static async Task<long> CountAsync(QueryEngine engine, string name, CancellationToken cancellation) =>
        (await engine.QueryAsync(
            new Statement(SqlText.Load("Sessions/Count").With("name", name)), record => record.GetInt64(0), cancellation)).Single();

    private Task CreateAsync(
        string name, SiteLines lines, IReadOnlyDictionary<string, string> aliases, long minDuration, CancellationToken stop)
    {
        var statement = lines.Read(SqlText.Load("Sessions/Sessions").With("name", name))
            .Bind("min_duration", minDuration)
            .Bind("alias_from", aliases.Keys.ToList())
            .Bind("alias_to", aliases.Values.ToList());
        return engine.ExecuteAsync(statement, stop);
    }

    private void Release(Entry released)
    {
        List<Entry> dropped = [];
        bool isAbandoned;
        lock (gate)
        {
            released.Users--;
            isAbandoned = released.Users == 0 && !released.Ready.IsCompleted;
            if (isAbandoned)
                Forget(released);
            var newest = entries.Keys.Select(key => key.Version).DefaultIfEmpty().Max();
            var idle = entries.Values.Where(entry => entry.Users == 0 && entry.Ready.IsCompleted).ToList();
            var kept = idle.Where(entry => entry.Key.Version == newest && !entry.HasFailed)
                .OrderByDescending(entry => entry.LastUsed)
                .Take(Idle);
            foreach (var entry in idle.Except(kept).ToList())
            {
                Forget(entry);
                if (!entry.HasFailed)
                    dropped.Add(entry);
            }
        }

        foreach (var entry in dropped)
            _ = DropAsync(entry.Name);
        if (isAbandoned)
            _ = AbandonAsync(released);
    }

    /// <summary>Whoever asks from now on begins anew.</summary>
    private void Forget(Entry entry)
    {
        if (entries.GetValueOrDefault(entry.Key) == entry)
            entries.Remove(entry.Key);
    }

    /// <summary>Ends the making of a table that nobody waits for, and drops one that was finished all the same.</summary>
    private async Task AbandonAsync(Entry entry)
    {
        entry.Stop();
        try
        {
            await entry.Ready;
        }
        catch (Exception exception) when (exception is OperationCanceledException or QueryException or LakeException)
        {
            return;
        }

        await DropAsync(entry.Name);
    }

    private async Task DropAsync(string name)
    {
        try
        {
            await engine.ExecuteAsync(new Statement(SqlText.Load("Sessions/Drop").With("name", name)), CancellationToken.None);
        }
        catch (QueryException)
        {
            // The table goes with the scratch file, at the latest.
        }
    }

    private readonly record struct TableKey(long Version, string Site, long MinDuration);

    private sealed class Entry
    {
        /// <summary>
        /// Begins to make the table; by a token of its own, so that one who gives up does not take the table from the others who wait.
        /// </summary>
        public Entry(TableKey key, string name, Func<CancellationToken, Task> create)
        {
            var stop = new CancellationTokenSource();
            (Key, Name, Ready, Stop) = (key, name, create(stop.Token), stop.Cancel);
        }

        public TableKey Key { get; }

        public string Name { get; }

        /// <summary>Ends when the table is there.</summary>
        public Task Ready { get; }

        /// <summary>Ends the making.</summary>
        public Action Stop { get; }

        public bool HasFailed => Ready is { IsCompleted: true, IsCompletedSuccessfully: false };

        public int Users { get; set; }

        public long LastUsed { get; set; }
    }
}

/// <summary>A session table in use; giving it back is the caller's duty.</summary>
internal sealed class SessionTable(string name, Action release) : IDisposable
{
    /// <summary>Name of the table.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public void Dispose() => release();
}
