using StatsGraph.Lake.DataFiles;
using StatsGraph.Lake.Log;

namespace StatsGraph.Lake.Upkeep;

/// <summary>
/// Takes the lines of a site out of the lake that are older than a cut-off, whole visits only: files that hold nothing else in one commit, the
/// others rewritten one at a time. Where a commit beside it brought sessions that visits may reach back from, or moved rows, the prune
/// looks at the lake anew before it goes on.
/// </summary>
internal sealed class LakePrune(
    LakeFolder folder, DeltaLog log, IntactFiles intact, TimeProvider time, string site, DateTimeOffset cutoff, bool dryRun)
{
    private readonly long cut = VisitFrontier.Microseconds(cutoff)!.Value;
    private readonly FileRewrite rewrite = new(folder, log, time);
    private PruneResult result = PruneResult.Nothing;

    /// <inheritdoc cref="LakeTable.Prune"/>
    public PruneResult Run(CancellationToken cancellation)
    {
        while (true)
        {
            var state = log.Refresh();
            // What was removed stays removed; what was only counted is counted anew.
            result = dryRun ? PruneResult.Nothing : result;
            try
            {
                if (TryPrune(state, cancellation))
                    return result;
            }
            catch (LakeException) when (Files(state).Any(file => log.Refresh().Find(file.Path) is null))
            {
                // A file went away while it was read: its rows are elsewhere, or gone.
            }
        }
    }

    private bool TryPrune(LogState state, CancellationToken cancellation)
    {
        var files = Files(state);
        if (!files.Exists(file => CanHoldOld(file, state)))
            return true;

        var frontier = VisitFrontier.Of(files, cut, intact, cancellation);
        var rows = new OldRows(frontier, cut);
        var seen = files.Select(file => file.Path).ToHashSet();
        var (dropped, mixed) = (new List<LakeFile>(), new List<LakeFile>());
        var keptForVisits = 0L;
        foreach (var file in files.Where(file => CanHoldOld(file, state)))
        {
            if (IsWhollyOld(file, state) && VisitFrontier.Microseconds(file.LastEnd) + 1_000 + VisitFrontier.Break <= frontier.Earliest)
            {
                dropped.Add(file);
                continue;
            }

            // Neither may a flipped byte decide what goes, nor may it get a new checksum in what stays.
            intact.Check(file, cancellation);
            var (old, kept) = rows.Count(file.Path, IsWhollyOld(file, state), cancellation);
            keptForVisits += kept;
            if (old == file.Rows)
                dropped.Add(file);
            else if (old > 0)
                mixed.Add(file);
        }

        result = result with { KeptForVisits = keptForVisits };
        return Drop(dropped, seen) && mixed.TrueForAll(file => Rewrite(file, rows, IsWhollyOld(file, state), seen, cancellation));
    }

    private List<LakeFile> Files(LogState state) => [.. state.Snapshot.Files.Where(file => file.Site == site)];

    private bool CanHoldOld(LakeFile file, LogState state)
        => VisitFrontier.Microseconds(file.FirstEnd) < cut || (file.UndatedRows > 0 && IsWhollyOld(file, state));

    /// <summary>Whether all stamps of a file are before the cut-off; where it has none, when it was written.</summary>
    private bool IsWhollyOld(LakeFile file, LogState state)
        => file.LastEnd is { } last ? VisitFrontier.Microseconds(last) + 1_000 <= cut
            : state.Find(file.Path) is { } add && add.ModificationTime * 1_000 < cut;

    private bool Drop(List<LakeFile> files, HashSet<string> seen)
    {
        if (files.Count == 0)
            return true;
        if (!dryRun && !TryCommit([.. files.Select(file => file.Path)], [], seen))
            return false;
        result = result with
        {
            Lines = result.Lines + files.Sum(file => file.Rows),
            FilesDropped = result.FilesDropped + files.Count,
            Bytes = result.Bytes + files.Sum(file => file.Size),
        };
        return true;
    }

    private bool Rewrite(LakeFile file, OldRows rows, bool undatedAreOld, HashSet<string> seen, CancellationToken cancellation)
    {
        if (dryRun)
        {
            Count(file, rows.Count(file.Path, undatedAreOld, cancellation).Old, bytes: 0);
            return true;
        }

        var others = new DataFileWriter(folder, site, time).Write(FileMerge.SchemaOf(folder.Layout), rows.Others(file.Path, undatedAreOld), cancellation);
        var written = FileStatistics.Describe(others, FilePath.Decode(folder.Table, others.Path), folder.Log, folder.Layout);
        seen.Add(written.Path);
        if (!TryCommit([file.Path], [others], seen))
            return false;
        Count(file, file.Rows - written.Rows, file.Size - written.Size);
        return true;
    }

    private void Count(LakeFile file, long lines, long bytes)
        => result = result with { Lines = result.Lines + lines, FilesRewritten = result.FilesRewritten + 1, Bytes = result.Bytes + bytes };

    private bool TryCommit(IReadOnlyCollection<string> replaced, IReadOnlyCollection<AddAction> replacements, HashSet<string> seen)
        => rewrite.TryCommit(
            replaced,
            replacements,
            RewriteKind.Removal,
            state => !Files(state).Exists(file => IsNews(file, seen)),
            state => PruneTransaction.Actions(state, site, cutoff, time.GetUtcNow())) is not null;

    /// <summary>Whether a file that was not looked at holds sessions that a visit may reach back over the cut-off from.</summary>
    private bool IsNews(LakeFile file, HashSet<string> seen)
    {
        if (seen.Contains(file.Path))
            return false;
        try
        {
            if (SessionScan.CanHold(file.Path, new SessionRange(long.MinValue, cut + VisitFrontier.Break, long.MinValue, long.MaxValue)))
                return true;
        }
        catch (LakeException) when (log.Refresh().Find(file.Path) is null)
        {
            // It came and went since the look at the lake: its rows are in a file that was not looked at either.
            return true;
        }
        seen.Add(file.Path);
        return false;
    }
}
