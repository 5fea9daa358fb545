using System.Collections;
using Apache.Arrow;
using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Disk;
using StatsGraph.Lake.Log;
using StatsGraph.Lake.Upkeep;

namespace StatsGraph.Lake;

/// <summary>What is known of a log after a commit, so that its known part need not be parsed again.</summary>
/// <param name="Source">Names the log by the hash of its first line; letters, digits and dashes.</param>
/// <param name="Length">Uncompressed bytes, up to the end of a line, whose lines are all in the lake.</param>
/// <param name="Digest">Digest of those bytes; not negative.</param>
public sealed record SourceProgress(string Source, long Length, long Digest);

/// <summary>What became of appended lines.</summary>
/// <param name="Version">Version of the lake that holds them all.</param>
/// <param name="Added">For each batch, which of its rows were new. The others were in the lake already.</param>
public sealed record AppendResult(long Version, IReadOnlyList<BitArray> Added);

/// <summary>
/// A table of a data folder's lake: the Delta table of log lines under <c>lake/</c>, or that of plays under <c>plays/</c>. It is a set;
/// <see cref="Append"/> is set union. Any number of processes may append and read at once.
/// </summary>
public sealed class LakeTable
{
    private readonly LakeFolder folder;
    private readonly TimeProvider time;
    private readonly DeltaLog log;
    private readonly IntactFiles intact = new();
    private readonly RecentLines recent = new();

    private LakeTable(LakeFolder folder, TimeProvider time)
    {
        (this.folder, this.time) = (folder, time);
        log = new DeltaLog(folder, time);
    }

    /// <summary>Opens the lake of a data folder. Nothing is written before the first append.</summary>
    /// <param name="dataFolder">The data folder; it need not exist.</param>
    /// <param name="time">Tells when commits are made; null for the system's clock.</param>
    public static LakeTable Open(string dataFolder, TimeProvider? time = null)
        => new(new LakeFolder(Path.GetFullPath(dataFolder)), time ?? TimeProvider.System);

    /// <summary>Opens the table of plays of a data folder, which is a table of its own. Nothing is written before the first append.</summary>
    /// <param name="dataFolder">The data folder; it need not exist.</param>
    /// <param name="time">Tells when commits are made; null for the system's clock.</param>
    public static LakeTable OpenPlays(string dataFolder, TimeProvider? time = null)
        => new(new LakeFolder(Path.GetFullPath(dataFolder), TableLayout.Plays), time ?? TimeProvider.System);

    /// <summary>Opens the table of plays of the same data folder.</summary>
    public LakeTable OpenPlaysBeside() => new(new LakeFolder(folder.Data, TableLayout.Plays), time);

    /// <summary>
    /// Whether a file or folder belongs to the lake of whatever data folder it is in, or is one of <see cref="DataFolderNames"/> beside it: then
    /// it is no log that somebody wants to read.
    /// </summary>
    public static bool Owns(string path)
        => Directory.Exists(Path.Combine(path, LakeFolder.LogName))
            || (DataFolderNames.All.Contains(Path.GetFileName(path)) && Directory.Exists(new LakeFolder(Path.GetDirectoryName(path)!).Log))
            || (File.Exists(path) && FileNames.KindOf(path) is FileKind.Key or FileKind.Mark);

    /// <summary>
    /// The folder of a data folder for what a reader of the lake derives from it and wants to find again. The lake never looks into it.
    /// </summary>
    public static string DerivedFolder(string dataFolder) => Path.Combine(Path.GetFullPath(dataFolder), DataFolderNames.Columns);

    /// <summary>The newest version. Reads only what was committed since the last call. Safe to call from any thread.</summary>
    /// <exception cref="LakeException">The log is damaged or lost, or the table is none that is known; the message names the file.</exception>
    public LakeSnapshot Snapshot() => log.Refresh().Snapshot;

    /// <summary>
    /// An earlier version, as it was. Its files may be gone: a vacuum deletes those that left the lake, unless it is told to keep that version. Safe to call from any thread.
    /// </summary>
    /// <param name="version">Delta version; -1 for the lake before its first commit.</param>
    /// <returns>The snapshot; null where the log does not tell that version any more, or not yet.</returns>
    /// <exception cref="LakeException">The log is damaged, or the table is none that is known; the message names the file.</exception>
    public LakeSnapshot? SnapshotAt(long version) => log.At(version)?.Snapshot;

    /// <summary>
    /// Tells one who knows the lines of a version what came and went since. Reads only the commits in between. A commit whose data does not
    /// change, as that of a compaction, is none. Right beside whatever else is done to the lake; but a vacuum may delete an added file
    /// that is no part of the snapshot before it is read. Safe to call from any thread.
    /// </summary>
    /// <param name="version">The version that is known; -1 for the lake before its first commit.</param>
    /// <param name="upTo">The version that is wanted, of this table.</param>
    /// <returns>
    /// The changes; null when the log does not tell them, since a vacuum deleted the commits or the known version is newer than the wanted one:
    /// then all sites are to be read anew.
    /// </returns>
    /// <exception cref="LakeException">A commit is damaged, or a file that it adds cannot be described; the message names it.</exception>
    public LakeChanges? ChangesSince(long version, LakeSnapshot upTo) => ChangeFeed.Between(folder, version, upTo);

    /// <summary>
    /// The sessions of a data file: all rows of the row groups that hold lines of class listener, relay or bot; lines of other classes can be
    /// among them. The file is checked first, as by <see cref="Check(IEnumerable{LakeFile}, CancellationToken)"/>. Files of other writers are
    /// read too: whatever the order and the width of their columns is, and without those that may be null. Safe to call from any thread.
    /// </summary>
    /// <param name="file">A file of a snapshot, or one of <see cref="ChangesSince"/>.</param>
    /// <param name="cancellation">Ends the reading before the next row group.</param>
    /// <returns>Batches of <see cref="SessionColumns.Schema"/>, read when they are asked for; each belongs to the caller.</returns>
    /// <exception cref="LakeException">
    /// The file is not what the log says, cannot be read, or has a column that is none of the lake's; the message names it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public IEnumerable<RecordBatch> ReadSessions(LakeFile file, CancellationToken cancellation)
    {
        intact.Check(file, cancellation);
        using var reader = SessionFileReader.Open(file.Path);
        foreach (var group in reader.RowGroups)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in reader.Read(group))
                yield return batch;
        }
    }

    /// <summary>
    /// All rows of a data file that the table's own writer made. The file is checked first, as by
    /// <see cref="Check(IEnumerable{LakeFile}, CancellationToken)"/>. Safe to call from any thread.
    /// </summary>
    /// <param name="file">A file of a snapshot.</param>
    /// <param name="cancellation">Ends the reading before the next row group.</param>
    /// <returns>Batches of the table's schema, whose texts are dictionaries, read when they are asked for; each belongs to the caller.</returns>
    /// <exception cref="LakeException">
    /// The file is not what the log says, cannot be read, or has other columns than the table; the message names it.
    /// </exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public IEnumerable<RecordBatch> ReadRows(LakeFile file, CancellationToken cancellation)
    {
        intact.Check(file, cancellation);
        using var reader = DataFileReader.Open(file.Path, folder.Layout);
        for (var group = 0; group < reader.RowGroups; group++)
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (var batch in reader.Read(group))
                yield return batch;
        }
    }

    /// <summary>
    /// Adds the rows that are not in the lake yet, in one commit. A row is identified by site, line hash and ordinal.
    /// Rows of one identity within the batches count once. When nothing is new and no source got further, nothing is committed.
    /// Safe to call from any thread and process.
    /// </summary>
    /// <param name="site">Key of the site: 1 to 64 of a-z, 0-9, dot, dash and underscore.</param>
    /// <param name="batches">
    /// Batches of <see cref="LineColumns.Schema"/>, or of <see cref="PlayColumns.Schema"/> for plays; each becomes row groups of its own, so that like rows stay together.
    /// </param>
    /// <param name="sources">
    /// How far each source is in the lake once this append is committed. A source that the lake knows to be further stays so.
    /// </param>
    /// <param name="cancellation">Ends the append before its commit; the lake is then as it was.</param>
    /// <exception cref="ArgumentException">The site is no key, or a batch has other columns.</exception>
    /// <exception cref="LakeException">The lake cannot be read or written; it is then as it was.</exception>
    /// <exception cref="OperationCanceledException">The append was cancelled.</exception>
    public AppendResult Append(
        string site, IReadOnlyList<RecordBatch> batches, IReadOnlyList<SourceProgress> sources, CancellationToken cancellation)
    {
        using var append = Begin(site, batches, sources);
        return append.Commit(cancellation);
    }

    /// <summary>
    /// Begins what <see cref="Append"/> does in one go, for whoever has several appends under way. The result is to be disposed of before the
    /// batches change.
    /// </summary>
    /// <exception cref="ArgumentException">As from <see cref="Append"/>.</exception>
    public LakeAppend Begin(string site, IReadOnlyList<RecordBatch> batches, IReadOnlyList<SourceProgress> sources)
    {
        Check(site, batches);
        return new LakeAppend(folder, log, intact, recent, time, site, batches, sources);
    }

    /// <summary>
    /// Checks that data files are what the log says of them, down to the byte, before anything is made of them. Each file is read once.
    /// Safe to call from any thread.
    /// </summary>
    /// <param name="files">Files of a snapshot.</param>
    /// <param name="cancellation">Ends the check.</param>
    /// <exception cref="LakeException">A file is missing, cut, changed or cannot be read; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The check was cancelled.</exception>
    public void Check(IEnumerable<LakeFile> files, CancellationToken cancellation)
    {
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            intact.Check(file, cancellation);
        }
    }

    /// <summary>
    /// Loads and compiles what the first append needs, for whoever has a core to spare before it. Writes nothing. Safe to call from any thread.
    /// </summary>
    /// <param name="batches">Batches of some rows, as they will be appended.</param>
    /// <exception cref="ArgumentException">A batch has other columns than the lake.</exception>
    public static void Rehearse(IReadOnlyList<RecordBatch> batches)
    {
        foreach (var batch in batches)
            RowGroups.Check(batch, TableLayout.Lines);
        DataFileWriter.Rehearse(batches);
    }

    /// <summary>Tells which rows <see cref="Append"/> would add to the newest version, and writes nothing.</summary>
    /// <exception cref="ArgumentException">As from <see cref="Append"/>.</exception>
    /// <exception cref="LakeException">The lake cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The comparison was cancelled.</exception>
    public AppendResult Compare(string site, IReadOnlyList<RecordBatch> batches, CancellationToken cancellation)
    {
        Check(site, batches);
        using var append = new LakeAppend(folder, log, intact, recent, time, site, batches, []);
        return append.Compare(cancellation);
    }

    /// <summary>
    /// Makes few large files of many small ones: rows ordered as an append clusters them and by time within, files cut by time. The lake holds
    /// the same lines before, after and at every moment between; the old files stay until a vacuum, for those who are reading them.
    /// Any number of appends and compactions may run at once, and one that is killed leaves but files that no commit names. Takes the memory of
    /// one file's rows at most. Safe to call from any thread and process.
    /// </summary>
    /// <param name="options">How eager to be.</param>
    /// <param name="cancellation">Ends it; what was merged stays merged.</param>
    /// <returns>What was done, and which sites failed: what keeps one from being compacted, such as a damaged file, does not keep the others.</returns>
    /// <exception cref="LakeException">The log cannot be read; the lake holds the same lines as before.</exception>
    /// <exception cref="OperationCanceledException">The compaction was cancelled.</exception>
    public CompactionResult Compact(CompactionOptions options, CancellationToken cancellation)
    {
        var compaction = new LakeCompaction(folder, log, intact, time);
        return options.IsPolite ? PoliteThread.Run(() => compaction.Run(options, cancellation)) : compaction.Run(options, cancellation);
    }

    /// <summary>
    /// Deletes what the newest version does not need and nobody can be reading any more: data files that left the lake, what killed processes left
    /// behind, commits and checkpoints before one that is old enough. Only files of names that this program gives are deleted.
    /// May run beside everything else. Safe to call from any thread and process.
    /// </summary>
    /// <param name="options">What may be deleted.</param>
    /// <param name="cancellation">Ends it; what was deleted stays deleted.</param>
    /// <exception cref="LakeException">The lake cannot be read, or a file cannot be deleted; the message names it.</exception>
    /// <exception cref="OperationCanceledException">The vacuum was cancelled.</exception>
    public VacuumResult Vacuum(VacuumOptions options, CancellationToken cancellation)
    {
        var result = new LakeVacuum(folder, log, time, options).Run(cancellation);
        // Where there is no commit yet, no mark must say that there was one.
        if (!options.DryRun && log.Refresh().Version >= 0)
            Fault.Naming(folder.VacuumMark, "the time of the vacuum could not be kept", MarkVacuum);
        return result;
    }

    /// <summary>When the last vacuum was, of whichever process; null before the first.</summary>
    public DateTimeOffset? LastVacuum()
        => File.Exists(folder.VacuumMark) ? new DateTimeOffset(File.GetLastWriteTimeUtc(folder.VacuumMark)) : null;

    /// <summary>
    /// Takes the lines of a site with stamps before a cut-off out of the lake, but a session only with its whole visit: every figure of every
    /// period at or after the cut-off stays what it is. A line without a stamp goes when all lines of its file are old. Lines that come
    /// again later are new lines. The bytes go with the next vacuum. Any number of appends, compactions and prunes may run at once. Takes
    /// the memory of a row group, and of the listeners of the cut-off. Safe to call from any thread and process.
    /// </summary>
    /// <param name="site">Key of the site.</param>
    /// <param name="cutoff">The first instant of the first period to keep.</param>
    /// <param name="dryRun">Count only; then the bytes of files that would be rewritten are left out.</param>
    /// <param name="cancellation">Ends it; what was taken out is out, and each step leaves the figures to keep as they are.</param>
    /// <exception cref="ArgumentException">The site is no key.</exception>
    /// <exception cref="LakeException">The lake cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The prune was cancelled.</exception>
    public PruneResult Prune(string site, DateTimeOffset cutoff, bool dryRun, CancellationToken cancellation)
    {
        LakeFolder.CheckSite(site);
        return new LakePrune(folder, log, intact, time, site, cutoff, dryRun).Run(cancellation);
    }

    /// <summary>
    /// Tells a version of this lake from one of the same number in another lake, or in one that was put back to an earlier state and then went
    /// another way. Safe to call from any thread.
    /// </summary>
    /// <returns>A checksum of the version's commit; null where nothing has it any more, or yet.</returns>
    public string? MarkOf(long version) => log.MarkOf(version);

    /// <summary>First instant that a prune left of a site: lines from before it were taken out of the lake. Null where there was no prune. Safe to call from any thread.</summary>
    /// <param name="site">Key of the site.</param>
    /// <exception cref="LakeException">As from <see cref="Snapshot"/>.</exception>
    public DateTimeOffset? PrunedBefore(string site) => PruneTransaction.Find(log.Refresh().Transactions, site);

    /// <summary>How far a source is known, or null.</summary>
    /// <exception cref="LakeException">As from <see cref="Snapshot"/>.</exception>
    public SourceProgress? Progress(string site, string source) => SourceTransactions.Find(Snapshot(), site, source);

    private void Check(string site, IReadOnlyList<RecordBatch> batches)
    {
        LakeFolder.CheckSite(site);
        foreach (var batch in batches)
            RowGroups.Check(batch, folder.Layout);
    }

    private void MarkVacuum()
    {
        File.WriteAllBytes(folder.VacuumMark, []);
        FailPoint.Reach(folder.VacuumMark, "written");
        File.SetLastWriteTimeUtc(folder.VacuumMark, time.GetUtcNow().UtcDateTime);
        FailPoint.Reach(folder.VacuumMark, "dated");
    }
}
