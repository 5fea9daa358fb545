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
            Read(content, log, isArchive);
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
        var source = new PlaySource(log);
        ReadOn(content, source, isArchive);
        waiting += source.IsWaiting ? 1 : 0;
    }

    /// <summary>Reads what came to a playlist since it was read last. It counts neither as a file nor among those whose last row waits.</summary>
    /// <param name="content">The unpacked bytes behind those that were read; what reading them throws, this does.</param>
    /// <param name="source">How far it was read. Of no use any more after an exception.</param>
    /// <param name="isArchive">Whether the end of the content is the end of the playlist.</param>
    /// <exception cref="BrokenLogException">It is no playlist, or a broken archive, of which nothing was taken in then.</exception>
    /// <exception cref="LakeException">The table cannot be read or written.</exception>
    public void ReadOn(Stream content, PlaySource source, bool isArchive)
    {
        try
        {
            ReadRows(new PlayLines(content, source.Lines) { Separator = source.Table?.Separator }, source, isArchive);
        }
        catch (BrokenLogException broken) when (isArchive)
        {
            throw new BrokenLogException($"{broken.Message}; none of its lines is kept", broken);
        }
    }

    private void ReadRows(PlayLines lines, PlaySource source, bool isArchive)
    {
        var (rows, start) = (new List<PlayRow>(), source.Length);
        source.IsWaiting = false;
        for (; lines.Next() is { } bytes; source.Advance(start, lines))
        {
            var isBlank = LineText.IsBlank(LineText.Strip(bytes));
            var isUnfinished = !lines.IsTerminated && !isArchive;
            if (isUnfinished && source.IsGrowing)
            {
                source.IsWaiting = !isBlank;
                break;
            }

            if (isBlank)
                continue;
            if (!source.IsBegun && source.Begin(bytes))
            {
                lines.Separator = source.Table!.Separator;
                continue;
            }

            // A line of a log without its newline is still being written; an export mostly ends so, and is whole.
            if (isUnfinished && source.Table is null)
            {
                source.IsWaiting = true;
                break;
            }

            rows.Add(Row(bytes, lines, source));
            // A broken archive is known for one at its end only.
            if (rows.Count >= options.LinesPerCommit && source.HasPlays && !isArchive)
                Commit(rows);
        }

        if (!source.HasPlays && rows.Count > 0)
        {
            throw new BrokenLogException(
                "it is no playlist; expected a playlist.log of Icecast, or a table whose first row names at least the title and the start");
        }

        Commit(rows);
    }

    private PlayRow Row(byte[] bytes, PlayLines lines, PlaySource source)
    {
        var line = LineText.Strip(bytes);
        var table = source.Table;
        var record = lines.IsTooLong ? PlayRecord.Rejected(PlayReasons.TooLong) : table is null ? PlaylistLine.Read(line) : table.Read(line);
        if (record.Reason is null)
            source.Accept();
        var identity = table is null || record.Reason is not null ? hash.Hash(line) : hash.Hash(Encoding.UTF8.GetBytes(Identity(record)));
        var ordinal = source.NextOrdinal(identity);
        return new PlayRow(record, (long)identity, ordinal, source.Log.Name, lines.Line, record.Reason is null ? null : Excerpt(line));
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
            count += rows.Count;
        }
        finally
        {
            batches.ForEach(batch => batch.Dispose());
        }

        rows.Clear();
    }
}
