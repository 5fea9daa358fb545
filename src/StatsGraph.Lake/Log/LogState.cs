using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Log;

/// <summary>One version of the table as the replayed log gives it. Never changes once made.</summary>
internal sealed class LogState
{
    private readonly Dictionary<string, LiveFile> files;
    private readonly Dictionary<string, RemoveAction> tombstones;
    private readonly Dictionary<string, TxnAction> transactions;
    private readonly Lazy<LakeSnapshot> snapshot;
    private long added;

    private LogState(LogState? before)
    {
        files = before is null ? [] : new(before.files);
        tombstones = before is null ? [] : new(before.tombstones);
        transactions = before is null ? [] : new(before.transactions);
        (Protocol, MetaData, Version, added) = (before?.Protocol, before?.MetaData, before?.Version ?? -1, before?.added ?? 0);
        snapshot = new(MakeSnapshot, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The table before its first commit.</summary>
    public static LogState Empty { get; } = new(before: null);

    /// <summary>Delta version; -1 before the first commit.</summary>
    public long Version { get; private set; }

    public ProtocolAction? Protocol { get; private set; }

    public MetaDataAction? MetaData { get; private set; }

    /// <summary>The live data files by absolute path.</summary>
    public IEnumerable<(string Path, AddAction Add)> Adds => files.Select(file => (file.Key, file.Value.Add));

    /// <summary>Absolute paths of the data files that were removed, as far back as the log tells.</summary>
    public IEnumerable<string> Removed => tombstones.Keys;

    /// <summary>Latest of each transaction, by application id.</summary>
    public IReadOnlyDictionary<string, TxnAction> Transactions => transactions;

    /// <summary>The same version as the outside knows it.</summary>
    /// <exception cref="LakeException">A file's statistics cannot be read.</exception>
    public LakeSnapshot Snapshot => snapshot.Value;

    /// <summary>The action that added a live data file, by its absolute path; null when there is no such file.</summary>
    public AddAction? Find(string path) => files.GetValueOrDefault(path)?.Add;

    /// <summary>What <see cref="UndatedLines"/> says of a live data file, by its absolute path.</summary>
    public int[]? Undated(string path) => files[path].Undated.Value;

    /// <summary>When a data file was removed, by its absolute path; null when that is not known any more, or never happened.</summary>
    public DateTimeOffset? RemovedAt(string path)
        => tombstones.GetValueOrDefault(path)?.DeletionTimestamp is { } instant ? DateTimeOffset.FromUnixTimeMilliseconds(instant) : null;

    /// <summary>All that a checkpoint of this version holds, except removals before an instant.</summary>
    public IEnumerable<LogAction> Actions(DateTimeOffset removedSince) =>
    [
        Protocol!,
        MetaData!,
        .. transactions.Values,
        .. tombstones.Values.Where(remove => remove.DeletionTimestamp >= removedSince.ToUnixTimeMilliseconds())
            .Select(remove => remove with { DataChange = false }),
        .. InOrder().Select(file => file.Add with { DataChange = false }),
    ];

    /// <summary>The state after later commits, or after the checkpoint that a replay begins with.</summary>
    /// <param name="folder">Where the table is.</param>
    /// <param name="commits">Version, file and actions of each, in order.</param>
    /// <exception cref="LakeException">The table is none that this program knows; the message names the file that says so.</exception>
    public LogState After(LakeFolder folder, IEnumerable<(long Version, string File, IReadOnlyList<LogAction> Actions)> commits)
    {
        var next = new LogState(this);
        var last = "";
        foreach (var (version, file, actions) in commits)
        {
            foreach (var action in actions)
                next.Apply(folder, file, action);
            (next.Version, last) = (version, file);
        }
        if (next.Version / DeltaLog.CommitsPerCheckpoint > Version / DeltaLog.CommitsPerCheckpoint)
            next.ForgetRemovals();
        return next.Version < 0 || (next.Protocol is not null && next.MetaData is not null) ? next
            : throw new LakeException($"{last}: the log up to here has no protocol or no metaData, expected both in its first commit");
    }

    /// <summary>A process that follows the lake for years need not remember what no checkpoint would hold.</summary>
    private void ForgetRemovals()
    {
        var newest = tombstones.Values.Max(remove => remove.DeletionTimestamp);
        var kept = newest - (long)CheckpointWriter.TombstoneRetention.TotalMilliseconds;
        foreach (var (path, remove) in tombstones)
        {
            if (remove.DeletionTimestamp < kept)
                tombstones.Remove(path);
        }
    }

    private void Apply(LakeFolder folder, string file, LogAction action)
    {
        switch (action)
        {
            case ProtocolAction protocol:
                TableDefinition.CheckReadable(protocol, file);
                Protocol = protocol;
                break;
            case MetaDataAction metaData:
                TableDefinition.Check(metaData, folder.Layout, file);
                MetaData = metaData;
                break;
            case AddAction add:
                var path = FilePath.Decode(folder.Table, add.Path);
                var order = files.GetValueOrDefault(path)?.Order ?? added++;
                files[path] = new LiveFile(add, order, new(() => FileStatistics.Describe(add, path, file, folder.Layout), LazyThreadSafetyMode.PublicationOnly));
                tombstones.Remove(path);
                break;
            case RemoveAction remove:
                var removed = FilePath.Decode(folder.Table, remove.Path);
                files.Remove(removed);
                tombstones[removed] = remove;
                break;
            case TxnAction txn:
                transactions[txn.AppId] = txn;
                break;
        }
    }

    private LakeSnapshot MakeSnapshot() => new(
        Version,
        [.. InOrder().Select(file => file.File.Value)],
        transactions.ToDictionary(entry => entry.Key, entry => entry.Value.Version));

    private IEnumerable<LiveFile> InOrder() => files.Values.OrderBy(file => file.Order);

    /// <summary>A file is looked at only once it is known to be live: one that was removed later may be deleted.</summary>
    /// <param name="Add">The action that added it.</param>
    /// <param name="Order">Number of files added before it.</param>
    /// <param name="File">What is known of it.</param>
    private sealed record LiveFile(AddAction Add, long Order, Lazy<LakeFile> File)
    {
        /// <summary>What <see cref="UndatedLines"/> says of it.</summary>
        public Lazy<int[]?> Undated { get; } = new(() => UndatedLines.Parse(Add.Tags), LazyThreadSafetyMode.PublicationOnly);
    }
}
