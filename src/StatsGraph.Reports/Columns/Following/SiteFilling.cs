using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns.Following;

/// <summary>Puts the sessions of files of the lake into columns, batch by batch, so that never more than a few batches are in memory.</summary>
/// <param name="lake">The lake.</param>
/// <param name="aliases">Mounts that count as others.</param>
/// <param name="batchRows">Sessions of a batch.</param>
/// <param name="keep">Called between two batches: puts what is in the columns out of memory, as far as that can be.</param>
/// <param name="progress">Takes numbers of lines that are done.</param>
internal sealed class SiteFilling(
    LakeTable lake, IReadOnlyDictionary<string, string> aliases, int batchRows, Action<SiteColumnsWriter> keep, Action<long> progress)
{
    /// <summary>Puts files in, the earliest first, so that a batch goes into few chunks.</summary>
    /// <param name="writer">The columns. Where it fails midway, the sessions of some batches are in them.</param>
    /// <param name="files">Files of which no line is in the columns yet.</param>
    /// <param name="cancellation">Ends it between two steps.</param>
    /// <exception cref="LakeException">A file cannot be read.</exception>
    /// <exception cref="UnfitSessionException">A session cannot be held by columns.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Fill(SiteColumnsWriter writer, IReadOnlyList<LakeFile> files, CancellationToken cancellation)
    {
        if (files.Count == 0)
            return;
        // What is damaged is found before work is done that would be in vain.
        lake.Check(files, cancellation);
        var reader = new SessionReader(lake, writer.Columns.Texts, aliases);
        var left = files.Sum(file => file.Rows);
        var isFirst = true;
        foreach (var rows in reader.Read([.. files.OrderBy(file => file.FirstEnd ?? DateTimeOffset.MaxValue)], batchRows, cancellation))
        {
            if (!isFirst)
                keep(writer);
            isFirst = false;
            writer.Add(rows, cancellation);
            progress(rows.Count);
            left -= rows.Count;
        }

        progress(left);
    }
}
