using Microsoft.Extensions.Caching.Memory;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// Facts about a site that hold for a whole version of the lake, read once and kept while they are asked for. Only what was read to its end
/// is kept, so that a cancelled reading spoils nothing.
/// </summary>
internal sealed class SiteFacts : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>The fact, read where it is not known.</summary>
    /// <param name="lines">The site and the version.</param>
    /// <param name="read">Reads it.</param>
    public async Task<T> GetAsync<T>(SiteLines lines, Func<Task<T>> read)
        where T : class
    {
        var key = (lines.Version, lines.Site, typeof(T));
        if (cache.TryGetValue(key, out T? known))
            return known!;
        var fact = await read();
        cache.Set(key, fact, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = Kept });
        return fact;
    }

    /// <inheritdoc/>
    public void Dispose() => cache.Dispose();
}
