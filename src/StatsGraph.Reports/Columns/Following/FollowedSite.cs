using System.Text.Json;
using StatsGraph.Lake;
using StatsGraph.Reports.Columns.Disk;

namespace StatsGraph.Reports.Columns.Following;

/// <summary>
/// The columns of one site, which follow the lake: what was added is added to them; where lines went, or the log does not tell, they are made
/// again. What goes wrong is told, and leaves the site without columns for that version. For one thread.
/// </summary>
/// <param name="lake">The lake.</param>
/// <param name="profile">What is configured for the site.</param>
/// <param name="folder">Where its columns are written down.</param>
/// <param name="batchRows">Sessions that go into the columns at once.</param>
/// <param name="remarks">Takes what goes wrong.</param>
internal sealed class FollowedSite(LakeTable lake, SiteProfile profile, SiteFolder folder, int batchRows, Remarks remarks)
{
    private readonly string aliases = Digest(profile.MountAliases);
    private SiteColumnsWriter? writer;
    private long version = -1;
    private string[] lakeFiles = [];
    private string[]? unfitFiles;
    private bool isLoaded;

    /// <summary>Columns of the version that it was brought to last; null where there are none.</summary>
    public SiteColumns? Columns { get; private set; }

    /// <summary>Whether there is anything to be written down.</summary>
    public bool IsUnsaved { get; private set; }

    /// <summary>Brings the columns to a version of the lake.</summary>
    /// <param name="to">The version.</param>
    /// <param name="files">The site's files at that version.</param>
    /// <param name="disk">Whether the folder is this process's.</param>
    /// <param name="progress">Takes numbers of lines that are done.</param>
    /// <param name="cancellation">Gives up; what was not finished is done anew by the next call.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Advance(LakeSnapshot to, IReadOnlyList<LakeFile> files, bool disk, Action<long> progress, CancellationToken cancellation)
    {
        Columns = null;
        var names = files.Select(NameOf).ToArray();
        try
        {
            if (!isLoaded && disk)
                Load(to, names, cancellation);
            isLoaded = true;
            // While lines only come, one that does not fit is still there.
            if (unfitFiles is not null && !unfitFiles.Except(names, StringComparer.Ordinal).Any())
                return;
            unfitFiles = null;
            if (writer is not null && Added(to, files, names) is { } added)
            {
                progress(Math.Max(0, files.Sum(file => file.Rows) - added.Sum(file => file.Rows)));
                Add(added, disk, progress, cancellation);
            }
            else
            {
                Build(files, disk, progress, cancellation);
            }

            IsUnsaved |= files.Count > 0 && !lakeFiles.AsSpan().SequenceEqual(names);
            (version, lakeFiles, Columns) = (to.Version, names, writer!.Columns);
            remarks.Clear(profile.Key);
        }
        catch (UnfitSessionException unfit)
        {
            unfitFiles = names;
            remarks.Tell(profile.Key, $"site {profile.Key} is answered without columns, which is slower: {unfit.Message}");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var reason = exception is LakeException ? exception.Message : exception.ToString();
            remarks.Tell(profile.Key, $"site {profile.Key} is answered without columns for now, which is slower: {reason}");
        }
    }

    /// <summary>Writes the columns down; they are of chunks in files from then on.</summary>
    /// <exception cref="IOException">They cannot be written.</exception>
    public void Save()
    {
        if (writer is null)
            return;
        var mark = lake.MarkOf(version);
        writer.Adopt(folder.Save(new StoredColumns(version, mark, lakeFiles, writer.Columns, writer.Listeners.ToArray()), aliases).Chunks);
        IsUnsaved = false;
    }

    /// <summary>Takes up what another process wrote down, if it is of this lake.</summary>
    private void Load(LakeSnapshot to, string[] names, CancellationToken cancellation)
    {
        try
        {
            if (folder.Load(aliases, cancellation) is not { } stored)
                return;
            // Files have names that no others ever have, so where all are there still, nothing else has to be known.
            if (stored.LakeFiles.Except(names, StringComparer.Ordinal).Any() && (stored.Mark is null || stored.Mark != lake.MarkOf(stored.Version)))
                throw new UnusableColumnsException("they are of another lake, or of a version that its log no longer tells of");
            writer = SiteColumnsWriter.Restore(stored.Columns, stored.Listeners.Span);
            (version, lakeFiles) = (stored.Version, [.. stored.LakeFiles]);
        }
        catch (UnusableColumnsException unusable)
        {
            TellRemade(unusable.Message);
        }
    }

    /// <summary>Files whose lines came to the site; null where it has to be read anew.</summary>
    private IReadOnlyList<LakeFile>? Added(LakeSnapshot to, IReadOnlyList<LakeFile> files, string[] names)
    {
        if (!lakeFiles.Except(names, StringComparer.Ordinal).Any())
        {
            var known = lakeFiles.ToHashSet(StringComparer.Ordinal);
            return [.. files.Where(file => !known.Contains(NameOf(file)))];
        }

        if (lake.ChangesSince(version, to) is not { } changes)
        {
            TellRemade(FormattableString.Invariant($"the log of the lake does not tell what became of version {version}"));
            return null;
        }

        var changed = changes.Sites.FirstOrDefault(site => site.Site == profile.Key);
        return changed is null ? [] : changed.IsReplaced ? null : changed.Added;
    }

    private void Add(IReadOnlyList<LakeFile> added, bool disk, Action<long> progress, CancellationToken cancellation)
    {
        var before = writer!.Columns;
        try
        {
            Filling(disk, progress).Fill(writer, added, cancellation);
        }
        catch when (!ReferenceEquals(writer.Columns, before))
        {
            // Some of the files are in it and some are not, so that it is of no version.
            (writer, IsUnsaved) = (null, false);
            throw;
        }
    }

    /// <summary>What there was stays until the new columns are complete.</summary>
    private void Build(IReadOnlyList<LakeFile> files, bool disk, Action<long> progress, CancellationToken cancellation)
    {
        if (disk)
            folder.Sweep();
        var fresh = new SiteColumnsWriter(new SiteTexts());
        Filling(disk, progress).Fill(fresh, files, cancellation);
        (writer, IsUnsaved) = (fresh, files.Count > 0);
    }

    private SiteFilling Filling(bool disk, Action<long> progress) =>
        new(lake, profile.MountAliases, batchRows, columns => disk = disk && TryKeep(columns), progress);

    /// <summary>Moves all chunks but the last, which the next batch surely changes, out of memory and into files.</summary>
    private bool TryKeep(SiteColumnsWriter columns)
    {
        var chunks = columns.Columns.Chunks;
        try
        {
            columns.Adopt([.. folder.Keep(chunks.SkipLast(1)), .. chunks.TakeLast(1)]);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever saves it will find the same, and tells it.
            return false;
        }
    }

    private void TellRemade(string reason) =>
        remarks.Tell(profile.Key, $"the columns of site {profile.Key} are made again from the lake: {reason}");

    private static string NameOf(LakeFile file) => Path.GetFileName(file.Path);

    /// <summary>The same for the same aliases, in whatever order they are configured.</summary>
    private static string Digest(IReadOnlyDictionary<string, string> aliases) => StoredFile.ChecksumOf(
        JsonSerializer.SerializeToUtf8Bytes(aliases.OrderBy(alias => alias.Key, StringComparer.Ordinal).Select(alias => new[] { alias.Key, alias.Value })));
}
