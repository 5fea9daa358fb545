using System.Globalization;
using StatsGraph.Reports.Engine;

namespace StatsGraph.Reports.Sessions;

/// <summary>
/// The session tables that the engine holds: one for each site, version of the lake and minimum duration that was asked for lately.
/// A table is made once, however many ask for it at a time, and lives while it is in use or among the newest.
/// </summary>
internal sealed class SessionTables(QueryEngine engine)
{
    /// <summary>Tables of the newest version kept although nobody uses them.</summary>
    private const int Idle = 8;

    private readonly Lock gate = new();
    private readonly Dictionary<(long Version, string Site, long MinDuration), Entry> entries = [];
    private long clock;

    /// <summary>Takes a table into use, making it where it is missing.</summary>
    public async Task<SessionTable> UseAsync(
        SiteLines lines, IReadOnlyDictionary<string, string> aliases, long minDuration, CancellationToken cancellation)
    {
        var key = (lines.Version, lines.Site, minDuration);
        Entry entry;
        lock (gate)
        {
            if (!entries.TryGetValue(key, out entry!) || (entry.Ready.IsValueCreated && entry.Ready.Value.IsFaulted))
            {
                var name = "sessions_" + (++clock).ToString(CultureInfo.InvariantCulture);
                entry = entries[key] = new Entry(name, new Lazy<Task>(() => CreateAsync(name, lines, aliases, minDuration)));
            }

            entry.Users++;
            entry.LastUsed = ++clock;
        }

        try
        {
            await entry.Ready.Value.WaitAsync(cancellation);
            return new SessionTable(entry.Name, () => Release(entry));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    // Made for everyone who waits for it, so that one who gives up does not take it from the others.
    private Task CreateAsync(string name, SiteLines lines, IReadOnlyDictionary<string, string> aliases, long minDuration)
    {
        var statement = lines.Read(SqlText.Load("Sessions/Sessions").With("name", name))
            .Bind("min_duration", minDuration)
            .Bind("alias_from", aliases.Keys.ToList())
            .Bind("alias_to", aliases.Values.ToList());
        return engine.ExecuteAsync(statement, CancellationToken.None);
    }

    private void Release(Entry released)
    {
        List<Entry> dropped = [];
        lock (gate)
        {
            released.Users--;
            var newest = entries.Keys.Select(key => key.Version).DefaultIfEmpty().Max();
            var idle = entries.Where(pair => pair.Value.Users == 0 && pair.Value.Ready.Value.IsCompleted).ToList();
            var kept = idle.Where(pair => pair.Key.Version == newest && pair.Value.Ready.Value.IsCompletedSuccessfully)
                .OrderByDescending(pair => pair.Value.LastUsed)
                .Take(Idle);
            foreach (var (key, entry) in idle.Except(kept).ToList())
            {
                entries.Remove(key);
                if (entry.Ready.Value.IsCompletedSuccessfully)
                    dropped.Add(entry);
            }
        }

        foreach (var entry in dropped)
            _ = DropAsync(entry.Name);
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

    private sealed class Entry(string name, Lazy<Task> ready)
    {
        public string Name { get; } = name;

        public Lazy<Task> Ready { get; } = ready;

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
