using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Turns the lines of logs into rows and hands these to the lake in pieces. Blocks are parsed by several threads; what depends
/// on the order of lines happens here, on one.
/// </summary>
internal sealed class LogIntake
{
    /// <summary>Bytes of texts that a piece holds at most, about.</summary>
    private const long MostTextBytes = 128 << 20;

    private readonly LakeTable lake;
    private readonly IngestOptions options;
    private readonly SipHash24 lineKey;
    private readonly BlockParser parser;
    private readonly BlockPipeline pipeline;
    private readonly PieceCommitter committer;
    private Piece piece = new();
    private LongLine? longLine;
    private long bytesQueued;
    private Action? check;

    /// <summary>Prepares the intake of a run.</summary>
    public LogIntake(
        LakeTable lake, LakeKey key, IngestOptions options, LineClassifier classifier, ClientNetworks networks, CancellationToken cancellation)
    {
        (this.lake, this.options) = (lake, options);
        lineKey = new SipHash24(key.Line.Span);
        parser = new BlockParser(key, options.Site, classifier, networks);
        pipeline = new BlockPipeline(() => new BlockParser(key, options.Site, classifier, networks));
        committer = new PieceCommitter(lake, options, networks.Places, cancellation);
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
    /// <param name="source">Its reading so far, which the log goes on from.</param>
    /// <param name="useKnown">Skip what the lake knows.</param>
    /// <param name="afterBlock">Called now and then.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public bool Read(OpenLog log, Source source, bool useKnown, Action afterBlock, CancellationToken cancellation)
    {
        Func<string, SourceProgress?>? findKnown = useKnown ? name => lake.Progress(options.Site, name) : null;
        (longLine, bytesQueued, check) = (null, source.Length, () => log.Check(cancellation));
        piece.Vouch();
        BrokenLogException? broken = null;
        try
        {
            foreach (var (block, lines) in pipeline.Run(log.Blocks(cancellation), block => KnownBytes(block, source, findKnown)))
            {
                if (!ReadBlock(block, lines, log, source, findKnown))
                    return false;
                afterBlock();
            }
        }
        catch (BrokenLogException exception)
        {
            broken = exception;
        }

        if ((broken ?? log.Break) is { } reason)
            source.Break = BrokenLog.Describe(reason, log.IsCompressed || log.IsChecked, source, DropDoubtful(source), options.DryRun);
        if (source.SoundProgress() is { } progress)
            piece.AddSource(progress);
        return true;
    }

    /// <summary>Counts equal lines that stand in a log before the part of it that will be read.</summary>
    /// <param name="source">The part.</param>
    /// <param name="line">One of the lines, without its newline.</param>
    /// <param name="count">How many there are.</param>
    public void Start(Source source, ReadOnlySpan<byte> line, int count)
    {
        var stripped = LineText.Strip(line);
        source.Start(parser.Hash(stripped), BlockParser.EraOf(stripped), count);
    }

    /// <summary>Commits what is left.</summary>
    /// <returns>What became of all lines, and what the new ones tell about listeners.</returns>
    public (CommitTally Tally, AudienceSigns Audience) Finish()
    {
        Flush();
        committer.Finish();
        return (committer.Tally, committer.Audience);
    }

    /// <summary>Waits for the commits that are under way, and tells what became of the lines that were committed; the others are lost.</summary>
    public CommitTally Abandon()
    {
        committer.Abandon();
        return committer.Tally;
    }

    /// <summary>Within how many bytes of a block the lines are known, if the log is the one that is known.</summary>
    private long KnownBytes(LogBlock block, Source source, Func<string, SourceProgress?>? findKnown)
    {
        // A log that begins with a long line gets its name later, and is then parsed in vain at worst.
        if (bytesQueued == 0 && block.Kind == LogBlockKind.Lines)
            source.Begin(parser.Hash(LineText.Strip(block.Bytes[..block.Bytes.IndexOf((byte)'\n')])), findKnown);
        var known = source.KnownLength - bytesQueued;
        bytesQueued += block.Skipped + block.Bytes.Length;
        return known;
    }

    private bool ReadBlock(LogBlock block, ParsedBlock? lines, OpenLog log, Source source, Func<string, SourceProgress?>? findKnown)
    {
        Vouch(source, block.SoundLength);
        switch (block.Kind)
        {
            case LogBlockKind.Lines:
                return Take(lines!, source, block.Skipped + block.Bytes.Length, block.SoundLength);
            case LogBlockKind.LongLinePart:
                longLine ??= new LongLine(lineKey);
                longLine.Append(block.Bytes, block.Skipped);
                return true;
            case LogBlockKind.LongLineEnd:
                longLine!.Append(block.Bytes[..^1]);
                return EndLongLine(source, block.SoundLength, findKnown);
            default:
                // A log that ends before what is known of it is read again: its unfinished end belongs to that reading alone.
                if (source.KnownBeyondEnd > 0)
                    return false;
                ReadUnfinished(block.Bytes, log, source);
                return true;
        }
    }

    /// <summary>Takes in the lines of a block. False when the log turns out to be another one than is known.</summary>
    [MethodImpl(PerLine.Code)]
    private bool Take(ParsedBlock block, Source source, long length, long soundLength)
    {
        // Where all of a block is sound, it is enough to say so when a commit asks, and at the end.
        var isSound = source.Length + length <= soundLength;
        piece.AddTextBytes(block.TextBytes);
        var rejected = 0;
        for (var index = 0; index < block.Count; index++)
        {
            ref var row = ref block[index];
            var excerpt = row.Class == LineClass.Rejected && row.IsRead ? block.Excerpts[rejected++] : null;
            row.Ordinal = source.Advance((ulong)row.Hash, row.Era, row.Length);
            var isNew = IsNew(source, out var isDifferent);
            if (isDifferent)
                return false;
            if (isNew)
                Add(block, index, excerpt, source);
            var isFull = isNew && IsFull;
            if (isFull || !isSound)
                Vouch(source, soundLength);
            if (isFull)
                Flush(source);
        }

        Vouch(source, soundLength);
        return true;
    }

    private bool IsFull => piece.Count >= options.LinesPerCommit || piece.TextBytes >= MostTextBytes;

    /// <summary>Whether the line that was counted last has to be read.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    [MethodImpl(PerLine.Code)]
    private void Add(ParsedBlock block, int index, string? excerpt, Source source)
    {
        ref readonly var row = ref block[index];
        if (!row.IsRead)
            throw new InvalidOperationException($"line {source.Lines} of {source.Log.Name} is new but was only hashed");
        if (excerpt is not null)
            Reject(block, index, excerpt, source, source.Lines, isCut: false);
        else
            piece.Add(block, index);
        if (row.IsRecord)
            source.Accept(row.EndedAt);
    }

    private void Reject(ParsedBlock block, int index, string excerpt, Source source, long lineNumber, bool isCut)
    {
        ref readonly var row = ref block[index];
        Rejected++;
        source.Reject(row.Reason, row.EndsInQuote);
        piece.AddRejected(block, index, excerpt, source.Log, lineNumber, isCut);
    }

    private bool EndLongLine(Source source, long soundLength, Func<string, SourceProgress?>? findKnown)
    {
        var line = longLine!;
        longLine = null;
        var single = new ParsedBlock(capacity: 1);
        ref var row = ref single.Add();
        row.Era = BlockParser.EraOf(line.Text);
        row.Length = line.Length + 1;
        if (line.IsWhole)
            parser.Read(line.Text, single);
        else if (line.IsBlank)
            BlockParser.Unread(ref row, LineClass.Blank, endedAt: null);
        else
            BlockParser.Reject(line.Text, line.Reason(out var endedAt), endedAt, ref row, single);
        row.Hash = (long)line.Finish();
        source.Begin((ulong)row.Hash, findKnown);
        single.Retain();
        var isKnownLog = Take(single, source, row.Length, soundLength);
        single.Release();
        return isKnownLog;
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
            // Of an archive that lost its lines nothing waits.
            Waiting += source.IsSound ? 1 : 0;
            return;
        }

        var cut = longLine ?? new LongLine(lineKey);
        cut.Append(longLine is null ? line : bytes);
        longLine = null;
        if (cut.IsBlank)
            return;
        _ = cut.Reason(out var endedAt);
        cut.MarkCut();
        var single = new ParsedBlock(capacity: 1);
        ref var row = ref single.Add();
        BlockParser.Reject(cut.Text, RejectReason.Truncated, endedAt, ref row, single);
        row.Hash = (long)cut.Finish();
        row.Ordinal = source.Ordinal((ulong)row.Hash, BlockParser.EraOf(cut.Text));
        Reject(single, 0, single.Excerpts[0], source, source.Lines + 1, isCut: true);
    }

    /// <summary>Commits the full piece, or what of it is sound.</summary>
    private void Flush(Source source)
    {
        if (piece.SoundCount > 0 && piece.SoundCount < piece.Count)
        {
            FlushSound(source);
            return;
        }

        if (piece.SoundCount < piece.Count)
        {
            check?.Invoke();
            check = null;
        }

        if (source.Progress() is { } progress)
            piece.AddSource(progress);
        Flush();
    }

    /// <summary>
    /// Commits the sound rows alone, and goes on collecting behind the others: an archive, or a member of one, that is smaller than a commit
    /// has vouched for its lines when they are committed, without being unpacked twice.
    /// </summary>
    private void FlushSound(Source source)
    {
        var doubtful = piece.CutDoubtful();
        if (source.SoundProgress() is { } progress)
            piece.AddSource(progress);
        Flush();
        piece = doubtful;
    }

    /// <summary>Notes that all lines so far are sound, if the log is as far as they go.</summary>
    private void Vouch(Source source, long soundLength)
    {
        if (source.Length > soundLength)
            return;
        source.Vouch();
        piece.Vouch();
    }

    /// <summary>Takes back the rows of a broken log that nothing vouches for; returns how many.</summary>
    private int DropDoubtful(Source source)
    {
        if (source.IsSound)
            return 0;
        var doubtful = piece.CutDoubtful();
        var count = doubtful.Count;
        Lines -= count;
        Rejected -= doubtful.Rejected.Count;
        doubtful.Clear();
        return count;
    }

    private void Flush() => piece = committer.Commit(piece);
}
