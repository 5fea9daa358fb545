using System.Text;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Turns the lines of logs into rows and hands these to the lake in pieces.</summary>
internal sealed class LogIntake
{
    /// <summary>Bytes of texts that a piece holds at most, about.</summary>
    private const long MostTextBytes = 128 << 20;

    private readonly LakeTable lake;
    private readonly IngestOptions options;
    private readonly LineClassifier classifier;
    private readonly LineFactReader facts;
    private readonly SipHash24 lineKey;
    private readonly SipHash24 siteKey;
    private readonly PieceCommitter committer;
    private Piece piece = new();
    private LongLine? longLine;

    /// <summary>Prepares the intake of a run.</summary>
    public LogIntake(
        LakeTable lake, LakeKey key, IngestOptions options, LineClassifier classifier, LineFactReader facts, CancellationToken cancellation)
    {
        (this.lake, this.options, this.classifier, this.facts) = (lake, options, classifier, facts);
        lineKey = new SipHash24(key.Line.Span);
        siteKey = new SipHash24(key.Listener.Span);
        siteKey.Append(Encoding.UTF8.GetBytes(options.Site + '\0'));
        committer = new PieceCommitter(lake, options, cancellation);
    }

    /// <summary>Newline-terminated lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Lines skipped so far because the lake knows their log up to them.</summary>
    public long Skipped { get; private set; }

    /// <summary>Unfinished last lines so far.</summary>
    public long Waiting { get; private set; }

    /// <summary>Lines rejected so far, be they new or not.</summary>
    public long Rejected { get; private set; }

    /// <summary>
    /// Takes in an open log. False when what the lake knows under its name is something else: then the log has to be opened
    /// again and read in full.
    /// </summary>
    /// <param name="log">The log.</param>
    /// <param name="source">A reading that has not begun.</param>
    /// <param name="useKnown">Skip what the lake knows.</param>
    /// <param name="afterBlock">Called now and then.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public bool Read(OpenLog log, Source source, bool useKnown, Action afterBlock, CancellationToken cancellation)
    {
        Func<string, SourceProgress?>? findKnown = useKnown ? name => lake.Progress(options.Site, name) : null;
        longLine = null;
        foreach (var block in log.Blocks(cancellation))
        {
            using (block)
            {
                if (!ReadBlock(block, log, source, findKnown))
                    return false;
            }

            afterBlock();
        }

        if (source.Progress() is { } progress)
            piece.AddSource(progress);
        return true;
    }

    /// <summary>Commits what is left.</summary>
    /// <returns>What became of all lines, and what the new ones tell about listeners.</returns>
    public (CommitTally Tally, AudienceSigns Audience) Finish()
    {
        Flush();
        committer.Finish();
        return (committer.Tally, committer.Audience);
    }

    /// <summary>Waits for the commit that is under way, whose outcome no longer matters.</summary>
    public void Abandon()
    {
        try
        {
            committer.Finish();
        }
        catch (Exception exception) when (exception is OperationCanceledException or LakeException)
        {
            // The run ends with the exception that made it give up.
        }
    }

    private bool ReadBlock(LogBlock block, OpenLog log, Source source, Func<string, SourceProgress?>? findKnown)
    {
        switch (block.Kind)
        {
            case LogBlockKind.Lines:
                return ReadLines(block, source, findKnown);
            case LogBlockKind.LongLinePart:
                longLine ??= new LongLine(lineKey);
                longLine.Append(block.Bytes, block.Skipped);
                return true;
            case LogBlockKind.LongLineEnd:
                longLine!.Append(block.Bytes[..^1]);
                return EndLongLine(source, findKnown);
            default:
                // A log that ends before what is known of it is read again: its unfinished end belongs to that reading alone.
                if (source.KnownBeyondEnd > 0)
                    return false;
                ReadUnfinished(block.Bytes, log, source);
                return true;
        }
    }

    private bool ReadLines(LogBlock block, Source source, Func<string, SourceProgress?>? findKnown)
    {
        var skipped = block.Skipped;
        for (var rest = block.Bytes; !rest.IsEmpty;)
        {
            var length = rest.IndexOf((byte)'\n') + 1;
            var line = LineText.Strip(rest[..(length - 1)]);
            rest = rest[length..];
            var hash = lineKey.Hash(line);
            var ordinal = source.Advance(hash, length + skipped, findKnown);
            skipped = 0;
            if (!IsNew(source, out var isDifferent))
            {
                if (isDifferent)
                    return false;
                continue;
            }

            AddLine(line, (long)hash, ordinal, source);
        }

        return true;
    }

    /// <summary>Whether the line that was counted last has to be read.</summary>
    private bool IsNew(Source source, out bool isDifferent)
    {
        var position = source.Position();
        isDifferent = position == SourcePosition.Different;
        if (position == SourcePosition.LastKnown)
        {
            Lines += source.KnownLines;
            Skipped += source.KnownLines;
        }

        if (position != SourcePosition.New)
            return false;
        Lines++;
        return true;
    }

    private void AddLine(ReadOnlySpan<byte> line, long hash, int ordinal, Source source)
    {
        if (LineText.IsBlank(line))
        {
            piece.Others.AddBlank(hash, ordinal);
        }
        else if (LineParser.TryParse(line, out var record, out var reason))
        {
            AddRecord(record, hash, ordinal);
            source.Accept(record.EndedAt!.Value);
        }
        else
        {
            Reject(line, hash, ordinal, reason, record.EndedAt, source, source.Lines);
        }

        FlushIfFull(source);
    }

    private void AddRecord(in AccessRecord record, long hash, int ordinal)
    {
        var lineFacts = facts.Read(record, out var address);
        var lineClass = classifier.Classify(record, lineFacts.Path, lineFacts.UserAgent);
        var listener = siteKey;
        listener.Append(address);
        listener.Append([0]);
        listener.Append(lineFacts.UserAgent.Utf8.Span);
        var hasStart = !classifier.IsAboveCeiling(record.Duration);
        piece.RowsOf(lineClass).AddRecord(hash, ordinal, lineClass, record, lineFacts, (long)listener.Finish(), hasStart);
    }

    private void Reject(
        ReadOnlySpan<byte> line, long hash, int ordinal, RejectReason reason, long? endedAt, Source source, long lineNumber, bool isCut = false)
    {
        Rejected++;
        source.Reject(reason, line.EndsWith("\""u8));
        piece.AddRejected(hash, ordinal, reason, Excerpt.Of(line, reason == RejectReason.Truncated), endedAt, source.Log, lineNumber, isCut);
    }

    private bool EndLongLine(Source source, Func<string, SourceProgress?>? findKnown)
    {
        var line = longLine!;
        longLine = null;
        var hash = line.Finish();
        var ordinal = source.Advance(hash, line.Length + 1, findKnown);
        if (!IsNew(source, out var isDifferent))
            return !isDifferent;
        if (line.IsWhole)
        {
            AddLine(line.Text, (long)hash, ordinal, source);
            return true;
        }

        if (line.IsBlank)
            piece.Others.AddBlank((long)hash, ordinal);
        else
            Reject(line.Text, (long)hash, ordinal, line.Reason(out var endedAt), endedAt, source, source.Lines);
        FlushIfFull(source);
        return true;
    }

    /// <summary>
    /// The end of a log without a newline: a line that is still being written, or, in an archive, one that was cut off.
    /// The cut line is not the line that it is the beginning of, even where all of its bytes are there: it has a hash of its own.
    /// </summary>
    private void ReadUnfinished(ReadOnlySpan<byte> bytes, OpenLog log, Source source)
    {
        var line = LineText.Strip(bytes);
        if (longLine is null && line.IsEmpty)
            return;
        if (!log.IsCompressed || log.Break is not null)
        {
            Waiting++;
            return;
        }

        var cut = longLine ?? new LongLine(lineKey);
        cut.Append(longLine is null ? line : bytes);
        longLine = null;
        if (cut.IsBlank)
            return;
        _ = cut.Reason(out var endedAt);
        cut.MarkCut();
        var hash = cut.Finish();
        Reject(cut.Text, (long)hash, source.Ordinal(hash), RejectReason.Truncated, endedAt, source, source.Lines + 1, isCut: true);
    }

    private void FlushIfFull(Source source)
    {
        if (piece.Count < options.LinesPerCommit && piece.TextBytes < MostTextBytes)
            return;
        if (source.Progress() is { } progress)
            piece.AddSource(progress);
        Flush();
    }

    private void Flush() => piece = committer.Commit(piece);
}
