using System.Buffers;
using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>What belongs to a line and what is only around it.</summary>
internal static class LineText
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\v\f"u8);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The line without byte order marks and NULs at its start and without one CR at its end.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line)
    {
        if (!line.IsEmpty && line[0] is 0 or 0xEF)
            line = StripStart(line);
        return line is [.. var rest, (byte)'\r'] ? rest : line;
    }

    /// <summary>The line without byte order marks and NULs at its start, whatever their order and number.</summary>
    public static ReadOnlySpan<byte> StripStart(ReadOnlySpan<byte> line)
    {
        while (true)
        {
            var stripped = line.TrimStart((byte)0);
            if (stripped.StartsWith(ByteOrderMark))
                stripped = stripped[ByteOrderMark.Length..];
            if (stripped.Length == line.Length)
                return line;
            line = stripped;
        }
    }

    /// <summary>Whether a stripped line holds nothing but white space.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> line) => !line.ContainsAnyExcept(WhiteSpace);

    /// <summary>The text of a field; null when it is missing: empty, <c>-</c> or <c>(null)</c>. Invalid UTF-8 is replaced.</summary>
    public static string? Field(ReadOnlySpan<byte> field)
        => field.IsEmpty || field.SequenceEqual("-"u8) || field.SequenceEqual("(null)"u8) ? null : Encoding.UTF8.GetString(field);
}
