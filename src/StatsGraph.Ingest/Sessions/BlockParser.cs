using System.Runtime.InteropServices;
using System.Text;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Reads the lines of blocks: all that a line tells by itself, whatever stands before it. So blocks can be read on several
/// threads at once, each with a parser of its own.
/// </summary>
internal sealed class BlockParser
{
    private readonly SipHash24 lineKey;
    private readonly SipHash24 listenerKey;
    private readonly LineClassifier classifier;
    private readonly LineFactReader facts;

    /// <summary>Prepares for the lines of a site.</summary>
    public BlockParser(LakeKey key, string site, LineClassifier classifier, ClientNetworks networks)
    {
        this.classifier = classifier;
        facts = new LineFactReader(classifier.UserAgents, networks);
        lineKey = new SipHash24(key.Line.Span);
        listenerKey = new SipHash24(key.Listener.Span);
        listenerKey.Append(Encoding.UTF8.GetBytes(site + '\0'));
    }

    /// <summary>The hash that is the identity of a stripped line.</summary>
    public ulong Hash(ReadOnlySpan<byte> line) => lineKey.Hash(line);

    /// <summary>Reads whole lines, each with its newline.</summary>
    /// <param name="bytes">The lines.</param>
    /// <param name="skipped">Bytes before the first line that belong to it and tell nothing.</param>
    /// <param name="known">Lines that end within so many bytes, <paramref name="skipped"/> included, are only hashed.</param>
    /// <param name="parsed">Takes the lines in; empty beforehand.</param>
    public void Parse(ReadOnlySpan<byte> bytes, long skipped, long known, ParsedBlock parsed)
    {
        // A text is kept in UTF-16 and in UTF-8.
        const int BytesPerByte = 3;
        var (end, textBytes) = (skipped, facts.BytesRead);
        while (!bytes.IsEmpty)
        {
            var length = bytes.IndexOf((byte)'\n') + 1;
            var line = LineText.Strip(bytes[..(length - 1)]);
            bytes = bytes[length..];
            end += length;
            ref var row = ref parsed.Add();
            row.Hash = (long)lineKey.Hash(line);
            row.Length = length + skipped;
            row.Era = EraOf(line);
            skipped = 0;
            if (end > known)
                Read(line, ref row, parsed);
        }

        parsed.TextBytes += (facts.BytesRead - textBytes) * BytesPerByte;
    }

    /// <summary>Reads one stripped line, whose hash the caller has set.</summary>
    public void Read(ReadOnlySpan<byte> line, ref LineRow row, ParsedBlock parsed)
    {
        if (LineText.IsBlank(line))
            Unread(ref row, LineClass.Blank, endedAt: null);
        else if (LineParser.TryParse(line, out var record, out var reason))
            Read(record, ref row);
        else
            Reject(line, reason, record.EndedAt, ref row, parsed);
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

    private void Read(in AccessRecord record, ref LineRow row)
    {
        var read = facts.Read(record, out var address);
        var listener = listenerKey;
        listener.Append(address);
        listener.Append([0]);
        listener.Append(read.UserAgent.Utf8.Span);
        row.IsRead = true;
        row.Class = classifier.Classify(record, read.Path, read.UserAgent);
        row.EndedAt = record.EndedAt!.Value;
        row.Duration = record.Duration;
        row.HasStart = !classifier.IsAboveCeiling(record.Duration);
        row.Bytes = record.Bytes;
        row.Status = (short)record.Status;
        row.Listener = (long)listener.Finish();
        (row.Path, row.UserAgent, row.Referrer) = (read.Path, read.UserAgent, read.Referrer);
        (row.Network, row.Place) = (read.Client.Network, read.Client.Place);
    }
}
