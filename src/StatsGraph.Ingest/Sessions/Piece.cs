using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Lines that are committed together: the rows, how far their sources are with them, and where rejected lines stood.</summary>
internal sealed class Piece
{
    private readonly Dictionary<string, SourceProgress> sources = new(StringComparer.Ordinal);
    private readonly List<RejectedLine> rejected = [];
    private readonly List<BlockPart> parts = [];
    private readonly int[] counts = new int[LineClusters.Count];
    private (int Rows, int Rejected, long TextBytes) sound;

    /// <summary>Where the rows are, in the order of the lines.</summary>
    public IReadOnlyList<BlockPart> Parts => parts;

    /// <summary>How far each source is in the lake once the piece is committed.</summary>
    public IReadOnlyCollection<SourceProgress> Sources => sources.Values;

    /// <summary>The rejected ones among the rows, in order.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>Number of rows.</summary>
    public int Count { get; private set; }

    /// <summary>Number of rows, from the first one on, that no damage of their log can be found in any more.</summary>
    public int SoundCount => sound.Rows;

    /// <summary>Bytes that the texts of the rows take, about.</summary>
    public long TextBytes { get; private set; }

    /// <summary>Number of rows of a cluster.</summary>
    public int CountOf(int cluster) => counts[cluster];

    /// <summary>Notes that rows which are added from now on have texts of their own.</summary>
    /// <param name="bytes">Bytes that they take, about.</param>
    public void AddTextBytes(long bytes) => TextBytes += bytes;

    /// <summary>Adds a line, which may not change until the piece is cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ParsedBlock block, int index)
    {
        counts[LineClusters.Of(block[index].Class)]++;
        Count++;
        if (parts.Count > 0 && parts[^1] is var last && last.Block == block && last.Start + last.Length == index)
        {
            parts[^1] = last with { Length = last.Length + 1 };
            return;
        }

        block.Retain();
        parts.Add(new BlockPart(block, index, 1));
    }

    /// <summary>Adds a rejected line.</summary>
    public void AddRejected(ParsedBlock block, int index, string excerpt, LogFile log, long line, bool isCut)
    {
        ref readonly var row = ref block[index];
        rejected.Add(new RejectedLine(counts[LineClusters.Of(row.Class)], row.Reason, excerpt, log, line, isCut));
        Add(block, index);
    }

    /// <summary>Notes how far a source is; of two copies of one log the longer one counts.</summary>
    public void AddSource(SourceProgress progress)
    {
        if (!sources.TryGetValue(progress.Source, out var other) || other.Length < progress.Length)
            sources[progress.Source] = progress;
    }

    /// <summary>Says that all rows so far are sound.</summary>
    public void Vouch() => sound = (Count, rejected.Count, TextBytes);

    /// <summary>Moves the rows that are not known to be sound, which stand at the end, into a piece of their own.</summary>
    public Piece CutDoubtful()
    {
        var doubtful = new Piece();
        var (end, nextRejected) = (0, sound.Rejected);
        foreach (var (block, start, length) in parts)
        {
            for (var index = Math.Max(0, sound.Rows - end); index < length; index++)
            {
                if (block[start + index].Class != LineClass.Rejected)
                    doubtful.Add(block, start + index);
                else if (rejected[nextRejected++] is var line)
                    doubtful.AddRejected(block, start + index, line.Excerpt, line.Log, line.Line, line.IsCut);
            }

            end += length;
        }

        doubtful.TextBytes = TextBytes - sound.TextBytes;
        RemoveLast(doubtful.Count);
        rejected.RemoveRange(sound.Rejected, rejected.Count - sound.Rejected);
        for (var cluster = 0; cluster < LineClusters.Count; cluster++)
            counts[cluster] -= doubtful.counts[cluster];
        (Count, TextBytes) = (sound.Rows, sound.TextBytes);
        return doubtful;
    }

    /// <summary>Says that the rows themselves are no longer needed.</summary>
    public void ReleaseRows()
    {
        foreach (var part in parts)
            part.Block.Release();
        parts.Clear();
    }

    /// <summary>Forgets everything but keeps its room.</summary>
    public void Clear()
    {
        ReleaseRows();
        sources.Clear();
        rejected.Clear();
        Array.Clear(counts);
        Count = 0;
        TextBytes = 0;
        sound = default;
    }

    private void RemoveLast(int rows)
    {
        while (rows > 0)
        {
            var last = parts[^1];
            parts.RemoveAt(parts.Count - 1);
            if (last.Length > rows)
                parts.Add(last with { Length = last.Length - rows });
            else
                last.Block.Release();
            rows -= last.Length;
        }
    }
}

/// <summary>Consecutive rows of a block.</summary>
/// <param name="Block">The block.</param>
/// <param name="Start">The first row.</param>
/// <param name="Length">Number of rows.</param>
internal readonly record struct BlockPart(ParsedBlock Block, int Start, int Length)
{
    /// <summary>The rows.</summary>
    public ReadOnlySpan<LineRow> Rows => Block.Rows.Slice(Start, Length);
}

/// <summary>Where a rejected line stood.</summary>
/// <param name="Row">Its number among the rows of its cluster.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Excerpt">Masked beginning.</param>
/// <param name="Log">Its log.</param>
/// <param name="Line">1-based number in the log.</param>
/// <param name="IsCut">It has no newline: the end of an archive cut it off.</param>
internal readonly record struct RejectedLine(int Row, RejectReason Reason, string Excerpt, LogFile Log, long Line, bool IsCut);
