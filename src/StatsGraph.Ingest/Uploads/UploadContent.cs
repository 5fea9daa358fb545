using System.Runtime.ExceptionServices;
using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Uploads;

/// <summary>
/// The unpacked bytes of an upload, measured: so many bytes and lines as are allowed, so many for each byte that was sent, and no line longer than
/// allowed. What is over a limit is never handed on, and so needs no memory.
/// </summary>
internal sealed class UploadContent : CheckedStream
{
    /// <summary>A line cannot be longer than allowed within so many bytes, the least that a setting may allow.</summary>
    private const int MostAtOnce = 1 << 16;

    private readonly UploadBody body;
    private readonly UploadLimits limits;
    private readonly CheckedStream? checkedBy;
    private long count;
    private long lines;
    private long lineLength;
    private long before;
    private ReadOnlyMemory<byte> beginning;
    private ExceptionDispatchInfo? end;

    private UploadContent(Stream content, UploadBody body, UploadLimits limits, CheckedStream? checkedBy, bool isClosed)
        : base(content)
    {
        (this.body, this.limits, this.checkedBy) = (body, limits, checkedBy);
        IsClosed = isClosed;
        SoundLength = checkedBy is null ? long.MaxValue : 0;
    }

    /// <summary>
    /// Whether the end of the content is the end of the log: it is an archive, or a part that says so. What is only compressed for its way is
    /// no archive.
    /// </summary>
    public bool IsClosed { get; }

    /// <summary>Bytes sent so far.</summary>
    public long BytesSent => body.Count;

    /// <summary>Opens the content of an upload.</summary>
    /// <exception cref="BrokenLogException">It is an archive of a kind that is not read.</exception>
    /// <exception cref="UploadException">It cannot be read.</exception>
    public static UploadContent Open(Upload upload, UploadLimits limits)
    {
        var body = new UploadBody(upload, limits.MaximumBytes);
        Stream sent = upload.Encoding switch
        {
            UploadEncoding.Gzip => new GzipReader(body),
            UploadEncoding.Zstd => new ZstdReader(body),
            _ => body,
        };
        if (upload.Part is { } part)
            return new UploadContent(sent, body, limits, sent as CheckedStream, part.IsCut);
        var content = Archive.Open(sent, out var isArchive);
        return new UploadContent(content, body, limits, content as CheckedStream ?? sent as CheckedStream, isArchive);
    }

    /// <summary>Says that what was read so far stands before the log itself.</summary>
    public void BeginLog() => before = count;

    /// <summary>
    /// The first bytes, with a whole line that is not blank among them where there is one: they are read again. No more is waited for, and what ends the reading does so
    /// behind them.
    /// </summary>
    public ReadOnlySpan<byte> Beginning()
    {
        var (first, length) = (new byte[MostAtOnce], 0);
        try
        {
            while (length < first.Length && !first.AsSpan(0, length).TrimStart(" \t\r\n"u8).Contains((byte)'\n') && Read(first.AsSpan(length)) is var read and > 0)
                length += read;
        }
        catch (Exception exception) when (exception is UploadException or BrokenLogException)
        {
            end = ExceptionDispatchInfo.Capture(exception);
        }

        beginning = first.AsMemory(0, length);
        return beginning.Span;
    }

    /// <inheritdoc/>
    /// <exception cref="UploadException">It is over a limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (!beginning.IsEmpty)
        {
            var again = Math.Min(beginning.Length, buffer.Length);
            beginning.Span[..again].CopyTo(buffer);
            beginning = beginning[again..];
            return again;
        }

        end?.Throw();
        try
        {
            var read = Inner.Read(buffer[..Math.Min(buffer.Length, MostAtOnce)]);
            Measure(buffer[..read]);
            return read;
        }
        finally
        {
            if (checkedBy is not null)
                SoundLength = Math.Max(0, checkedBy.SoundLength - before);
        }
    }

    private void Measure(ReadOnlySpan<byte> read)
    {
        count += read.Length;
        lines += read.Count((byte)'\n');
        ThrowIfOver(
            count, limits.MaximumUncompressedBytes, UploadFaultCodes.UncompressedTooLarge, "The unpacked body is longer than", "bytes",
            nameof(limits.MaximumUncompressedBytes));
        ThrowIfOver(lines, limits.MaximumLines, UploadFaultCodes.TooManyLines, "The body holds more than", "lines", nameof(limits.MaximumLines));
        if (count > UploadLimits.LeastUncompressedBytes)
        {
            ThrowIfOver(
                count / Math.Max(1, body.Count), limits.MaximumRatio, UploadFaultCodes.ExpandsTooMuch, "By unpacking the body grows more than",
                "times", nameof(limits.MaximumRatio));
        }

        MeasureLine(read);
    }

    /// <summary>NULs at the start of a line belong to no line: a log that was cut to nothing while it was written begins with a hole.</summary>
    private void MeasureLine(ReadOnlySpan<byte> read)
    {
        var end = read.IndexOf((byte)'\n');
        if (end >= 0)
        {
            ThrowIfTooLong(lineLength + end);
            read = read[(read.LastIndexOf((byte)'\n') + 1)..];
            lineLength = 0;
        }

        if (lineLength == 0)
            read = read.TrimStart((byte)0);
        lineLength += read.Length;
        ThrowIfTooLong(lineLength);
    }

    private void ThrowIfTooLong(long length)
        => ThrowIfOver(
            length, limits.MaximumLineBytes, UploadFaultCodes.LineTooLong, FormattableString.Invariant($"Behind line {lines} is one longer than"),
            "bytes", nameof(limits.MaximumLineBytes));

    private static void ThrowIfOver(long actual, long limit, string code, string what, string unit, string setting)
    {
        if (actual > limit)
            throw new UploadException(new UploadFault(code, FormattableString.Invariant($"{what} {limit} {unit} (setting Server:Ingest:{setting})."), limit));
    }
}
