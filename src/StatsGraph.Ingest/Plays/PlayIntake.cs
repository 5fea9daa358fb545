using System.Text;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Plays;

/// <summary>
/// Takes the rows of playlists into the table of plays, which is set union: a row that is in is not added again. A row of a playlist.log is
/// identified by its bytes, one of a table by what it tells, so that another order of columns or another separator makes no other play of it.
/// </summary>
/// <param name="plays">The table of plays.</param>
/// <param name="key">Key of the hashes.</param>
/// <param name="options">What the run was asked for.</param>
/// <param name="cancellation">Ends it; what is committed stays.</param>
internal sealed class PlayIntake(LakeTable plays, LakeKey key, IngestOptions options, CancellationToken cancellation)
{
    private const int ExcerptLength = 200;

    private readonly SipHash24 hash = new(key.Line.Span);
    private readonly PlayTally tally = new(options.TimesOnTheClock ?? (_ => 1));
    private readonly DryAppend? dryRun = options.DryRun ? new DryAppend(plays, options.Site) : null;
    private int files;
    private long count;
    private long waiting;

    /// <summary>What became of the rows so far.</summary>
    public PlaySummary Summary => tally.Summary(files, count, waiting);

    /// <summary>Reads a playlist.</summary>
    /// <param name="log">The playlist.</param>
    /// <param name="standardInput">Opens standard input.</param>
    /// <exception cref="BrokenLogException">It cannot be read, or is no playlist; of an archive nothing was taken in then.</exception>
    /// <exception cref="LakeException">The table cannot be read or written.</exception>
    /// <exception cref="OperationCanceledException">The run was ended.</exception>
    public void Read(LogFile log, Func<Stream> standardInput)
    {
        try
        {
            using var file = log.Path is null ? standardInput() : new FileStream(
                log.Path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.SequentialScan });
            using var content = Archive.Open(new CountingStream(file), out var isArchive);
            files++;
            ReadRows(new PlayLines(content), log, isArchive);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new BrokenLogException($"it cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a playlist that was opened.</summary>
    /// <param name="content">Its unpacked bytes; what reading them throws, this does.</param>
    /// <param name="log">Names it.</param>
    /// <param name="isArchive">Whether the end of the content is the end of the playlist.</param>
    /// <exception cref="BrokenLogException">It is no playlist, or a broken archive, of which nothing was taken in then.</exception>
    /// <exception cref="LakeException">The table cannot be read or written.</exception>
    public void Read(Stream content, LogFile log, bool isArchive)
    {
        files++;
        ReadRows(new PlayLines(content), log, isArchive);
    }

    private void ReadRows(PlayLines lines, LogFile log, bool isArchive)
    {
        var before = count;
        try
        {
            Read(lines, log, isArchive);
        }
        catch (BrokenLogException broken) when (isArchive)
        {
            count = before;
            throw new BrokenLogException($"{broken.Message}; none of its lines is kept", broken);
        }
    }

    private void Read(PlayLines lines, LogFile log, bool isArchive)
    {
        var ordinals = new Dictionary<ulong, int>();
        var rows = new List<PlayRow>();
        var table = (PlayTable?)null;
        var (isFirst, hasPlays) = (true, false);
        while (lines.Next() is { } bytes)
        {
            if (LineText.IsBlank(LineText.Strip(bytes)))
                continue;
            if (isFirst && (table = PlayTable.Of(bytes)) is not null)
            {
                (isFirst, lines.Separator, hasPlays) = (false, table.Separator, true);
                continue;
            }

            isFirst = false;
            // A line of a log without its newline is still being written; an export mostly ends so, and is whole.
            if (!lines.IsTerminated && table is null && !isArchive)
            {
                waiting++;
                break;
            }

            var row = Row(bytes, lines, table, log, ordinals);
            hasPlays |= row.Record.Reason is null;
            rows.Add(row);
            count++;
            // A broken archive is known for one at its end only.
            if (rows.Count >= options.LinesPerCommit && hasPlays && !isArchive)
                Commit(rows);
        }

        if (!hasPlays && rows.Count > 0)
        {
            count -= rows.Count;
            throw new BrokenLogException(
                "it is no playlist; expected a playlist.log of Icecast, or a table whose first row names at least the title and the start");
        }

        Commit(rows);
    }

    private PlayRow Row(byte[] bytes, PlayLines lines, PlayTable? table, LogFile log, Dictionary<ulong, int> ordinals)
    {
        var line = LineText.Strip(bytes);
        var record = lines.IsTooLong ? PlayRecord.Rejected(PlayReasons.TooLong) : table is null ? PlaylistLine.Read(line) : table.Read(line);
        var identity = table is null || record.Reason is not null ? hash.Hash(line) : hash.Hash(Encoding.UTF8.GetBytes(Identity(record)));
        var ordinal = ordinals[identity] = ordinals.GetValueOrDefault(identity, -1) + 1;
        return new PlayRow(record, (long)identity, ordinal, log.Name, lines.Line, record.Reason is null ? null : Excerpt(line));
    }

    /// <summary>What tells a play of a table from others; no field holds what parts them here.</summary>
    private static string Identity(PlayRecord record) => string.Join(
        '\u001f',
        FormattableString.Invariant($"play {record.Start!.Value.Microseconds} {record.Start.Value.Offset} {record.Duration}"),
        record.Mount, record.Artist, record.Title, record.Album, record.Label, record.Isrc);

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        var text = string.Concat(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 4 * ExcerptLength)]).Select(letter => char.IsControl(letter) ? ' ' : letter));
        return text.Length <= ExcerptLength ? text : text[..(char.IsHighSurrogate(text[ExcerptLength - 1]) ? ExcerptLength - 1 : ExcerptLength)];
    }

    /// <summary>Commits rows, each class as row groups of its own, and forgets them.</summary>
    private void Commit(List<PlayRow> rows)
    {
        List<List<PlayRow>> groups = [.. rows.GroupBy(row => row.Record.Class).OrderBy(group => group.Key).Select(group => group.ToList())];
        if (groups.Count == 0)
            return;
        List<Apache.Arrow.RecordBatch> batches = [.. groups.Select(PlayBatch.Of)];
        try
        {
            var added = (dryRun?.Compare(batches, cancellation) ?? plays.Append(options.Site, batches, [], cancellation)).Added;
            for (var index = 0; index < groups.Count; index++)
                tally.Count(groups[index], added[index]);
        }
        finally
        {
            batches.ForEach(batch => batch.Dispose());
        }

        rows.Clear();
    }
}
