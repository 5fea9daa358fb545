using System.Collections.Concurrent;
using StatsGraph.Lake;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>
/// Something that is known of each data file of a site. A file never changes, so it is read once: a new version costs what its new files cost.
/// Safe for any number of threads.
/// </summary>
/// <typeparam name="T">What is known of a file.</typeparam>
/// <param name="figure">What a trace calls it.</param>
/// <param name="read">Reads it of some files, by their paths. Files that it leaves out have no fact.</param>
internal sealed class FileFacts<T>(string figure, Func<SiteLines, CancellationToken, Task<IReadOnlyDictionary<string, T>>> read)
    where T : class
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, T?>> sites = new(StringComparer.Ordinal);

    /// <summary>The facts of some files of a site, those that have one.</summary>
    /// <param name="lines">The site.</param>
    /// <param name="files">Some of its files.</param>
    /// <param name="trace">Is told of what is read; null where nobody asks.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<IReadOnlyList<T>> OfAsync(
        SiteLines lines, IReadOnlyList<LakeFile> files, SiteTrace? trace, CancellationToken cancellation)
    {
        var known = sites.GetValueOrDefault(lines.Site) ?? new Dictionary<string, T?>();
        var missing = files.Where(file => !known.ContainsKey(file.Path)).ToList();
        if (missing.Count > 0)
        {
            var step = trace?.Begin(figure, LakeRoad.Name);
            var fresh = await read(lines.Only(missing), cancellation);
            step?.End(missing.Sum(file => file.Rows), fresh.Count);
            // Of files that are in the site no more nothing is kept.
            var kept = new Dictionary<string, T?>(StringComparer.Ordinal);
            foreach (var file in lines.Files.Where(file => known.ContainsKey(file.Path)))
                kept[file.Path] = known[file.Path];
            foreach (var file in missing)
                kept[file.Path] = fresh.GetValueOrDefault(file.Path);
            sites[lines.Site] = known = kept;
        }

        return [.. files.Select(file => known[file.Path]).OfType<T>()];
    }
}
