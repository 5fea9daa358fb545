using Apache.Arrow;
using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake;

/// <summary>
/// One append on its way into the lake: compares with what is there, writes a data file, tries to commit. When another commit
/// was faster, only what that brought is compared again. For one thread at a time.
/// </summary>
public sealed class LakeAppend : IDisposable
{
    private readonly LakeFolder folder;
    private readonly DeltaLog log;
    private readonly IntactFiles intact;
    private readonly RecentLines recent;
    private readonly TimeProvider time;
    private readonly string site;
    private readonly IReadOnlyList<RecordBatch> batches;
    private readonly IReadOnlyList<SourceProgress> sources;
    private readonly AppendedLines lines;
    private readonly DataFileWriter writer;
    private readonly HashSet<string> compared = [];
    private AddAction? file;
    private int fileRows;
    private bool mayBeCommitted;

    internal LakeAppend(
        LakeFolder folder,
        DeltaLog log,
        IntactFiles intact,
        RecentLines recent,
        TimeProvider time,
        string site,
        IReadOnlyList<RecordBatch> batches,
        IReadOnlyList<SourceProgress> sources)
    {
        (this.folder, this.log, this.intact, this.recent, this.time) = (folder, log, intact, recent, time);
        (this.site, this.batches, this.sources) = (site, batches, sources);
        lines = new AppendedLines(batches, folder.Layout);
        writer = new DataFileWriter(folder, site, time);
    }

    /// <summary>Ends the append; without a commit nothing of it is left.</summary>
    public void Dispose()
    {
        if (!mayBeCommitted)
            DeleteFile();
        lines.Dispose();
    }

    /// <summary>
    /// Does what can be done before a commit, as while another one is being made: compares with the newest version, and writes the data file.
    /// </summary>
    /// <exception cref="LakeException">The lake cannot be read or written; it is then as it was.</exception>
    /// <exception cref="OperationCanceledException">The append was cancelled.</exception>
    public void Prepare(CancellationToken cancellation)
    {
        if (TryCompare(log.Refresh(), cancellation))
            WriteFile(cancellation);
    }

    /// <summary>Adds the rows that are not in the lake yet, as <see cref="LakeTable.Append"/> does. Once.</summary>
    /// <exception cref="LakeException">The lake cannot be read or written; it is then as it was.</exception>
    /// <exception cref="OperationCanceledException">The append was cancelled before its commit.</exception>
    public AppendResult Commit(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var state = log.Refresh();
                if (!TryCompare(state, cancellation))
                    continue;
                var progress = Progress(state);
                if (lines.New == 0 && progress.Count == 0)
                    return Result(state.Version);

                WriteFile(cancellation);
                cancellation.ThrowIfCancellationRequested();
                var actions = Actions(state, progress);
                if (!log.TryCommit(state, actions, "WRITE"))
                    continue;

                // From here on the data file is part of the lake, whatever happens.
                mayBeCommitted = true;
                Remember();
                log.Settle(state, actions);
                return Result(state.Version + 1);
            }
        }
        catch (LakeException exception) when (exception.InnerException is UncertainNameException)
        {
            mayBeCommitted = true;
            throw;
        }
        finally
        {
            if (!mayBeCommitted)
                DeleteFile();
        }
    }

    /// <inheritdoc cref="LakeTable.Compare"/>
    internal AppendResult Compare(CancellationToken cancellation)
    {
        while (true)
        {
            var state = log.Refresh();
            if (TryCompare(state, cancellation))
                return Result(state.Version);
        }
    }

    /// <summary>
    /// Compares with every file of the version. A file that a rewrite replaced in the meantime may be deleted already: then its rows are
    /// in the files of a newer version, and that is the one to compare with. Comparing with rows twice, at their old place and at their new
    /// one, changes nothing.
    /// </summary>
    /// <returns>False when there is a newer version to look at.</returns>
    private bool TryCompare(LogState state, CancellationToken cancellation)
    {
        if (state.Protocol is { } protocol)
            TableDefinition.CheckWritable(protocol, folder.Log);
        if (state.MetaData is { } metaData)
            LakeKey.Check(folder, metaData.Configuration);
        foreach (var known in state.Snapshot.Files)
        {
            if (known.Site != site || !compared.Add(known.Path))
                continue;
            try
            {
                KnownLines.Strike(lines, known, folder.Layout, state.Undated(known.Path), intact, recent, cancellation);
            }
            catch (LakeException) when (!File.Exists(known.Path) && log.Refresh().Find(known.Path) is null)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The sources that got further than the lake knows them to be.</summary>
    private List<TxnAction> Progress(LogState state)
    {
        var updated = time.GetUtcNow().ToUnixTimeMilliseconds();
        return
        [
            .. sources.GroupBy(source => source.Source).Select(reports => reports.MaxBy(report => report.Length)!)
                .Where(source => source.Length > (SourceTransactions.Find(state.Snapshot, site, source.Source)?.Length ?? 0))
                .SelectMany(source => SourceTransactions.Actions(site, source, updated)),
        ];
    }

    /// <summary>Writes the new rows, again where some of those written became known since.</summary>
    private void WriteFile(CancellationToken cancellation)
    {
        if (file is not null && fileRows == lines.New)
            return;

        DeleteFile();
        if (lines.New > 0)
            (file, fileRows) = (writer.Write(batches, lines, cancellation), lines.New);
    }

    private void Remember()
    {
        if (file is null)
            return;
        var path = FilePath.Decode(folder.Table, file.Path);
        intact.Add(path);
        recent.Keep(path, lines);
    }

    private void DeleteFile()
    {
        if (file is not null)
            writer.Delete(file);
        (file, fileRows) = (null, 0);
    }

    private List<LogAction> Actions(LogState state, List<TxnAction> progress)
    {
        var actions = new List<LogAction>();
        if (state.Version < 0)
            actions.AddRange(TableDefinition.FirstActions(folder.Layout, time.GetUtcNow(), LakeKey.Configuration(folder)));
        if (file is not null)
            actions.Add(file);
        actions.AddRange(progress);
        return actions;
    }

    private AppendResult Result(long version) => new(version, [.. batches.Select((_, i) => lines.Added(i))]);
}
