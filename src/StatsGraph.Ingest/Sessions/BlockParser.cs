using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Reads the lines of blocks: all that a line tells by itself, whatever stands before it. So blocks can be read on several
/// threads at once, each with a parser of its own.
/// </summary>
internal sealed class BlockParser
{
    /// <summary>Lines that are hashed together, and read before the places of their addresses are looked up.</summary>
    private const int LinesAtOnce = 64;

    private readonly SipHash24 lineKey;
    private readonly ListenerHashes listeners;
    private readonly LineClassifier classifier;
    private readonly LineFactReader facts;
    private readonly ClientReader clients;
    private readonly TextPart[] lines = new TextPart[LinesAtOnce];
    private readonly ulong[] hashes = new ulong[LinesAtOnce];
    private readonly (int Row, uint Address)[] unplaced = new (int, uint)[LinesAtOnce];
    private int unplacedCount;

    /// <summary>Prepares for the lines of a site.</summary>
    public BlockParser(LakeKey key, string site, LineClassifier classifier, ClientNetworks networks)
    {
        this.classifier = classifier;
        facts = new LineFactReader(classifier.UserAgents);
        clients = new ClientReader(networks);
        lineKey = new SipHash24(key.Line.Span);
        listeners = new ListenerHashes(key.Listener.Span, site);
    }

    /// <summary>The hash that is the identity of a stripped line.</summary>
    public ulong Hash(ReadOnlySpan<byte> line) => lineKey.Hash(line);

    /// <summary>Reads whole lines, each with its newline.</summary>
    /// <param name="bytes">The lines.</param>
    /// <param name="skipped">Bytes before the first line that belong to it and tell nothing.</param>
    /// <param name="known">Lines that end within so many bytes, <paramref name="skipped"/> included, are only hashed.</param>
    /// <param name="parsed">Takes the lines in; empty beforehand.</param>
    [MethodImpl(PerLine.Code)]
    public void Parse(ReadOnlySpan<byte> bytes, long skipped, long known, ParsedBlock parsed)
    {
        // A text is kept in UTF-16 and in UTF-8.
        const int BytesPerByte = 3;
        parsed.Facts = facts.Begin();
        var textBytes = facts.BytesRead;
        for (var (start, end) = (0, skipped); start < bytes.Length; skipped = 0)
        {
            var first = parsed.Count;
            var count = Split(bytes, ref start, skipped, parsed);
            lineKey.HashEach(bytes, lines.AsSpan(0, count), hashes);
            for (var index = 0; index < count; index++)
            {
                ref var row = ref parsed[first + index];
                var line = bytes.Slice(lines[index].Start, lines[index].Length);
                row.Hash = (long)hashes[index];
                row.Era = EraOf(line);
                end += row.Length;
                if (end > known)
                    ReadLine(line, first + index, parsed);
            }

            Finish(parsed);
        }

        parsed.TextBytes += (facts.BytesRead - textBytes) * BytesPerByte;
    }

    /// <summary>Finds the next lines, strips them and makes rows for them.</summary>
    [MethodImpl(PerLine.Code)]
    private int Split(ReadOnlySpan<byte> bytes, ref int start, long skipped, ParsedBlock parsed)
    {
        var count = 0;
        for (; count < LinesAtOnce && start < bytes.Length; count++)
        {
            var rest = bytes[start..];
            var length = rest.IndexOf((byte)'\n') + 1;
            var line = LineText.Strip(rest[..(length - 1)], out var stripped);
            lines[count] = new TextPart(start + stripped, line.Length);
            parsed.Add().Length = length + skipped;
            start += length;
            skipped = 0;
        }

        return count;
    }

    /// <summary>Reads one stripped line, whose hash the caller sets.</summary>
    /// <param name="line">The line.</param>
    /// <param name="parsed">A block of one row, the line's.</param>
    public void Read(ReadOnlySpan<byte> line, ParsedBlock parsed)
    {
        parsed.Facts = facts.Begin();
        ReadLine(line, 0, parsed);
        Finish(parsed);
    }

    /// <summary>Makes a row of a line that is no record.</summary>
    public static void Reject(ReadOnlySpan<byte> line, RejectReason reason, long? endedAt, ref LineRow row, ParsedBlock parsed)
    {
        Unread(ref row, LineClass.Rejected, endedAt);
        row.Reason = reason;
        row.EndsInQuote = line.EndsWith("\""u8);
        parsed.AddExcerpt(Excerpt.Of(line, reason == RejectReason.Truncated));
    }

    /// <summary>Makes a row of a line that tells nothing but, perhaps, its end.</summary>
    public static void Unread(ref LineRow row, LineClass lineClass, long? endedAt)
    {
        row.IsRead = true;
        row.Class = lineClass;
        row.EndedAt = endedAt ?? LineRow.NoTime;
    }

    /// <summary>
    /// A number that equal lines have in common, and that lines of one hour share: two words of what stands behind the first
    /// bracket, up to the hour. Whether that is a stamp does not matter.
    /// </summary>
    [MethodImpl(PerLine.Code)]
    public static ushort EraOf(ReadOnlySpan<byte> line)
    {
        const ulong Mixer = 0x9E37_79B9_7F4A_7C15;
        var bracket = line.IndexOf((byte)'[');
        if (bracket < 0 || line.Length < bracket + 15)
            return 0;
        var date = MemoryMarshal.Read<ulong>(line[(bracket + 1)..]);
        var hour = MemoryMarshal.Read<ulong>(line[(bracket + 7)..]);
        return (ushort)((((date * Mixer) ^ hour) * Mixer) >> 48);
    }

    [MethodImpl(PerLine.Code)]
    private void ReadLine(ReadOnlySpan<byte> line, int index, ParsedBlock parsed)
    {
        ref var row = ref parsed[index];
        if (LineText.IsBlank(line))
            Unread(ref row, LineClass.Blank, endedAt: null);
        else if (!LineParser.TryParse(line, out var record, out var reason))
            Reject(line, reason, record.EndedAt, ref row, parsed);
        else
            ReadRecord(record, index, parsed);
    }

    /// <summary>Reads a record, but for what <see cref="Finish"/> adds.</summary>
    [MethodImpl(PerLine.Code)]
    private void ReadRecord(in AccessRecord record, int index, ParsedBlock parsed)
    {
        ref var row = ref parsed[index];
        facts.Read(record, ref row);
        var address = clients.Read(record.Address, out var unplacedAddress, ref row);
        var userAgent = parsed.Facts.UserAgents[row.UserAgent];
        row.IsRead = true;
        row.IsRecord = true;
        row.Class = classifier.Classify(record, parsed.Facts.Paths[row.Path], userAgent);
        row.EndedAt = record.EndedAt!.Value;
        row.Duration = record.Duration;
        row.HasStart = !classifier.IsAboveCeiling(record.Duration);
        row.Bytes = record.Bytes;
        row.Status = (short)record.Status;
        listeners.Add(index, address, userAgent.Utf8.Span, parsed);
        if (unplacedAddress is { } ipv4)
            unplaced[unplacedCount++] = (index, ipv4);
    }

    /// <summary>Adds what is better done for several rows at once: listeners, and places, whose memory had time to come.</summary>
    [MethodImpl(PerLine.Code)]
    private void Finish(ParsedBlock parsed)
    {
        foreach (var (row, address) in unplaced.AsSpan(0, unplacedCount))
            parsed[row].Place = clients.PlaceOf(address);
        unplacedCount = 0;
        listeners.Finish(parsed);
    }
}
