using System.Buffers.Text;
using System.Globalization;
using System.Text;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Uploads;

/// <summary>Tells of the lines of a part that its log held before, too: <c>COUNT LINE</c> for each, at the beginning of the part's body.</summary>
internal static class Repeats
{
    private const string Expectation = "The body does not begin with as many bytes of lines 'COUNT LINE' as 'StatsGraph-Repeats' says.";

    /// <summary>Handed a line and how often it stood before.</summary>
    public delegate void Found(ReadOnlySpan<byte> line, int count);

    /// <summary>Adds a line.</summary>
    /// <param name="repeats">What is told so far.</param>
    /// <param name="line">The line without its newline.</param>
    /// <param name="count">How often it stood before.</param>
    public static void Write(Stream repeats, ReadOnlySpan<byte> line, int count)
    {
        repeats.Write(Encoding.ASCII.GetBytes(count.ToString(CultureInfo.InvariantCulture)));
        repeats.WriteByte((byte)' ');
        repeats.Write(line);
        repeats.WriteByte((byte)'\n');
    }

    /// <summary>Reads what is told at the beginning of a body.</summary>
    /// <exception cref="UploadException">It is not told so, or the body cannot be read.</exception>
    public static void Read(Stream body, long length, Found found)
    {
        using var reader = new LogBlockReader(new Beginning(body, length), LogBlockReader.DefaultBlockSize);
        while (reader.Next() is { } next)
        {
            using var block = next;
            if (reader.Break is { } broken)
                throw broken.InnerException as UploadException ?? (Exception)broken;
            if (block.Kind == LogBlockKind.Unfinished && block.Bytes.IsEmpty && block.Skipped == 0)
                return;
            if (block.Kind != LogBlockKind.Lines || block.Skipped > 0)
                throw Wrong();
            ReadLines(block.Bytes, found);
        }
    }

    private static void ReadLines(ReadOnlySpan<byte> lines, Found found)
    {
        for (; !lines.IsEmpty; lines = lines[(lines.IndexOf((byte)'\n') + 1)..])
        {
            var line = lines[..lines.IndexOf((byte)'\n')];
            if (!Utf8Parser.TryParse(line, out int count, out var digits) || count < 1 || digits == line.Length || line[digits] != ' ')
                throw Wrong();
            found(line[(digits + 1)..], count);
        }
    }

    private static UploadException Wrong() => new(new UploadFault(UploadFaultCodes.Unreadable, Expectation));

    /// <summary>The first bytes of a stream, which stays open.</summary>
    private sealed class Beginning(Stream body, long length) : ForwardStream(Null)
    {
        private long left = length;

        /// <inheritdoc/>
        public override int Read(Span<byte> buffer)
        {
            if (left == 0)
                return 0;
            var read = body.Read(buffer[..(int)Math.Min(buffer.Length, left)]);
            left -= read;
            return read > 0 ? read : throw Wrong();
        }
    }
}
