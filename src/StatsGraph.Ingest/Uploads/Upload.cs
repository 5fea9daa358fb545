namespace StatsGraph.Ingest.Uploads;

/// <summary>How a body is compressed for its way, by its header <c>Content-Encoding</c>.</summary>
public enum UploadEncoding
{
    /// <summary>Not at all: it may still be an archive, which its first bytes tell.</summary>
    Identity,

    /// <summary>By gzip.</summary>
    Gzip,

    /// <summary>By zstd.</summary>
    Zstd,
}

/// <summary>A log, or a part of one, that somebody sends.</summary>
public sealed record Upload
{
    /// <summary>Key of the site that its lines belong to.</summary>
    public required string Site { get; init; }

    /// <summary>The bytes, as they come. Read once and forwards.</summary>
    public required Stream Body { get; init; }

    /// <summary>How they are compressed.</summary>
    public UploadEncoding Encoding { get; init; }

    /// <summary>What part of a log they are; null where they are all of one.</summary>
    public UploadPart? Part { get; init; }

    /// <summary>It is a whole playlist, whatever it looks like; else its content tells what it is.</summary>
    public bool IsPlaylist { get; init; }

    /// <summary>Compare with the lake only, and write nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>Ends the reading of the body; what was read of it until then is committed.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Why the body could not be read on: it was stopped, or its stream failed.</summary>
    public required Func<Exception, UploadFault> Explain { get; init; }
}

/// <summary>
/// A part of a log: whole lines, behind some of that log that the sender knows to be in the lake. Which lines they are depends on the equal ones
/// before them, of which the sender tells in the body: it begins with a line <c>COUNT LINE</c> for each line of the part that the log held
/// before, too.
/// </summary>
/// <param name="Log">Names the log: SHA-256 of its first line with its newline, in lower-case hexadecimal.</param>
/// <param name="Offset">Uncompressed bytes of the log before the part.</param>
/// <param name="Before">SHA-256 of these bytes; null where there are none.</param>
/// <param name="Length">Uncompressed bytes of the log up to the end of the part.</param>
/// <param name="After">SHA-256 of these bytes; null where it shall not be remembered how far the log is known.</param>
/// <param name="RepeatsLength">Bytes of the body that tell of equal lines.</param>
/// <param name="IsCut">The last line has no newline, and never will: the log is an archive that ends there.</param>
public sealed record UploadPart(string Log, long Offset, string? Before, long Length, string? After, long RepeatsLength, bool IsCut);

/// <summary>Why an upload was not read to its end, or not at all.</summary>
/// <param name="Code">One of <see cref="UploadFaultCodes"/>.</param>
/// <param name="Message">For the sender: names the thing and what was expected, without the line's content.</param>
/// <param name="Limit">The limit that it is over; null where it is over none.</param>
public sealed record UploadFault(string Code, string Message, long? Limit = null);

/// <summary>Codes of faults.</summary>
public static class UploadFaultCodes
{
    /// <summary>As many as allowed are read at the moment.</summary>
    public const string TooMany = "TOO_MANY_UPLOADS";

    /// <summary>Too many bytes were sent.</summary>
    public const string TooLarge = "UPLOAD_TOO_LARGE";

    /// <summary>Unpacked it is too large.</summary>
    public const string UncompressedTooLarge = "UNCOMPRESSED_TOO_LARGE";

    /// <summary>It becomes too much by unpacking, for what was sent.</summary>
    public const string ExpandsTooMuch = "EXPANDS_TOO_MUCH";

    /// <summary>It holds too many lines.</summary>
    public const string TooManyLines = "TOO_MANY_LINES";

    /// <summary>A line is too long.</summary>
    public const string LineTooLong = "LINE_TOO_LONG";

    /// <summary>It came too slowly.</summary>
    public const string TooSlow = "UPLOAD_TOO_SLOW";

    /// <summary>The connection broke.</summary>
    public const string Broken = "UPLOAD_BROKEN";

    /// <summary>The lake cannot take lines for now.</summary>
    public const string LakeUnwritable = "LAKE_UNWRITABLE";

    /// <summary>It is a damaged archive, or no access log.</summary>
    public const string Unreadable = "LOG_UNREADABLE";
}

/// <summary>Ends the reading of an upload for a reason that its sender is told.</summary>
internal sealed class UploadException(UploadFault fault, Exception? inner = null) : IOException(fault.Message, inner)
{
    /// <summary>The reason.</summary>
    public UploadFault Fault => fault;
}
