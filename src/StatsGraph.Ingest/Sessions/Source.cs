using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Warnings;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>One reading of a log: which of its lines are known, what its lines were so far.</summary>
/// <param name="log">The log.</param>
/// <param name="knownLength">Uncompressed bytes of it that the lake knows and that this reading must get beyond to be worth noting.</param>
/// <param name="part">Set when the reading is of a part of a log, from the middle of it perhaps.</param>
internal sealed class Source(LogFile log, long knownLength, SourcePart? part = null)
{
    private const ulong DigestMultiplier = 0x9E37_79B9_7F4A_7C15;

    private readonly LineOrdinals ordinals = new();
    private readonly long[] reasons = new long[Enum.GetValues<RejectReason>().Length];
    private string? name;
    private ulong digest;
    private (long Lines, long Length, ulong Digest, long Accepted) sound;
    private SourceProgress? known;

    /// <summary>The log.</summary>
    public LogFile Log => log;

    /// <summary>What the stamps of the lines told that had to be read.</summary>
    public LogClock Clock { get; } = new();

    /// <summary>Newline-terminated lines so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Uncompressed bytes of these lines.</summary>
    public long Length { get; private set; }

    /// <summary>Lines, from the first one on, that no damage of the log can be found in any more.</summary>
    public long SoundLines => sound.Lines;

    /// <summary>Whether that is all lines.</summary>
    public bool IsSound => SoundLines == Lines;

    /// <summary>Why the log could not be read to its end and what became of its lines; null when it was, or is not read yet.</summary>
    public string? Break { get; set; }

    /// <summary>Lines that are access records, so far as they had to be read.</summary>
    public long Accepted { get; private set; }

    /// <summary>Lines rejected so far.</summary>
    public long Rejected { get; private set; }

    /// <summary>Lines without duration that end in a quote, as web servers write them.</summary>
    public long Combined { get; private set; }

    /// <summary>Lines known of the log beforehand; 0 until <see cref="Position"/> says that all of them went by.</summary>
    public long KnownLines { get; private set; }

    /// <summary>How many lines were rejected for a reason.</summary>
    public long RejectedFor(RejectReason reason) => reasons[(int)reason];

    /// <summary>Uncompressed bytes that the lake knows under the name of the log; 0 while nothing is known of it.</summary>
    public long KnownLength => known?.Length ?? 0;

    /// <summary>Names the log by its first line, once.</summary>
    /// <param name="firstHash">Hash of the stripped line.</param>
    /// <param name="findKnown">Looks up what is known of a source; null when the log has to be read in full.</param>
    public void Begin(ulong firstHash, Func<string, SourceProgress?>? findKnown)
    {
        if (name is not null)
            return;
        name = firstHash.ToString("x16", CultureInfo.InvariantCulture);
        known = findKnown?.Invoke(name);
    }

    /// <summary>Counts a line of a source that has begun, and returns how many equal lines came before it.</summary>
    /// <param name="hash">Hash of the stripped line.</param>
    /// <param name="era">Era of the line.</param>
    /// <param name="length">Bytes in the log, newline included.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Advance(ulong hash, ushort era, long length)
    {
        Lines++;
        Length += length;
        digest = (BitOperations.RotateLeft(digest, 29) ^ hash) * DigestMultiplier;
        return ordinals.Next(hash, era);
    }

    /// <summary>Counts lines that stand in the log before the part that is read.</summary>
    public void Start(ulong hash, ushort era, int count) => ordinals.Start(hash, era, count);

    /// <summary>The ordinal of a line that is not finished: it is not part of what is known of the log.</summary>
    public int Ordinal(ulong hash, ushort era) => ordinals.Next(hash, era);

    /// <summary>Says that all lines so far are known, as one found out who asked elsewhere.</summary>
    public void Know() => KnownLines = Lines;

    /// <summary>Says that all lines so far are sound.</summary>
    public void Vouch() => sound = (Lines, Length, digest, Accepted);

    /// <summary>Whether the line that was counted last is known, new, or shows that something else is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public SourcePosition Position()
    {
        if (known is null || KnownLines > 0)
            return SourcePosition.New;
        if (Length < known.Length)
            return SourcePosition.Known;
        if (Length > known.Length || Finish(digest) != known.Digest)
            return SourcePosition.Different;
        KnownLines = Lines;
        return SourcePosition.LastKnown;
    }

    /// <summary>Length of what is known when the log ended before it; else 0.</summary>
    public long KnownBeyondEnd => known is not null && KnownLines == 0 && Length < known.Length ? known.Length : 0;

    /// <summary>Counts an access record, the line that was counted last.</summary>
    /// <param name="endedAt">Its stamp in seconds since 1970.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Accept(long endedAt)
    {
        Accepted++;
        Clock.See(endedAt, Lines);
    }

    /// <summary>Counts a rejected line.</summary>
    public void Reject(RejectReason reason, bool endsInQuote)
    {
        Rejected++;
        reasons[(int)reason]++;
        if (reason == RejectReason.NoDuration && endsInQuote)
            Combined++;
    }

    /// <summary>
    /// How far the source is; null when that is not worth noting: it is not further than before, or the log holds no access
    /// record, so that the next run shall say so again.
    /// </summary>
    public SourceProgress? Progress() => part is null ? Progress(Length, digest, Accepted) : null;

    /// <summary>The same of the lines that are sound; of a part, once all of it was read.</summary>
    public SourceProgress? SoundProgress()
        => part is null ? Progress(sound.Length, sound.Digest, sound.Accepted) : Break is null ? part.AtEnd : null;

    private SourceProgress? Progress(long length, ulong state, long accepted)
        => name is null || accepted + KnownLines == 0 || length <= Math.Max(knownLength, KnownLines > 0 ? known!.Length : 0)
            ? null : new SourceProgress(name, length, Finish(state));

    private static long Finish(ulong state) => (long)((state ^ (state >> 32)) & long.MaxValue);
}

/// <summary>A part of a log that is read by itself, so that its lines alone do not tell how far the log is known.</summary>
/// <param name="AtEnd">How far the log is known once all of the part is in the lake; null where that cannot be told.</param>
internal sealed record SourcePart(SourceProgress? AtEnd);

/// <summary>How a line of a source stands to what the lake knows of it.</summary>
internal enum SourcePosition
{
    /// <summary>It has to be read.</summary>
    New,

    /// <summary>It is known, if the rest of what is known goes by too.</summary>
    Known,

    /// <summary>It is the last one known, and all before it are.</summary>
    LastKnown,

    /// <summary>The log is not the one that is known: it has to be read in full.</summary>
    Different,
}
