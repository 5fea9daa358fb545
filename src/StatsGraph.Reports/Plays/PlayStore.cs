using Microsoft.Extensions.Caching.Memory;
using StatsGraph.Lake;

namespace StatsGraph.Reports.Plays;

/// <summary>Keeps the plays of sites that were asked for lately. Safe for any number of requests at once.</summary>
/// <param name="table">The table of plays.</param>
internal sealed class PlayStore(LakeTable table) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 4_000_000 });

    /// <summary>The newest version of the table.</summary>
    /// <exception cref="LakeException">It cannot be read.</exception>
    public LakeSnapshot Snapshot() => table.Snapshot();

    /// <inheritdoc cref="LakeTable.SnapshotAt"/>
    public LakeSnapshot? SnapshotAt(long version) => table.SnapshotAt(version);

    /// <inheritdoc cref="LakeTable.MarkOf"/>
    public string? MarkOf(long version) => table.MarkOf(version);

    /// <summary>The plays of a site at a version.</summary>
    /// <exception cref="LakeException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public async Task<SitePlays> OfAsync(LakeSnapshot snapshot, SiteProfile profile, CancellationToken cancellation)
    {
        var key = (snapshot.Version, profile.Key);
        if (cache.TryGetValue(key, out SitePlays? known))
            return known!;
        var files = snapshot.Files.Where(file => file.Site == profile.Key).ToList();
        var plays = await Task.Run(() => SitePlays.Of(PlayRows.Read(table, files, cancellation), profile), cancellation);
        cache.Set(key, plays, new MemoryCacheEntryOptions { Size = plays.Plays.Count + 1, SlidingExpiration = Kept });
        return plays;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
