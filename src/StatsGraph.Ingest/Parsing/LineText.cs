using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace StatsGraph.Ingest.Parsing;

/// <summary>What belongs to a line and what is only around it.</summary>
internal static class LineText
{
    private static readonly SearchValues<byte> WhiteSpace = SearchValues.Create(" \t\r\v\f"u8);

    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>The line without byte order marks and NULs at its start and without one CR at its end.</summary>
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line) => Strip(line, out _);

    /// <inheritdoc cref="Strip(ReadOnlySpan{byte})"/>
    /// <param name="line">The line.</param>
    /// <param name="start">Where in it the result begins.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ReadOnlySpan<byte> Strip(ReadOnlySpan<byte> line, out int start)
    {
        var rest = !line.IsEmpty && line[0] is 0 or 0xEF ? StripStart(line) : line;
        start = line.Length - rest.Length;
        return rest is [.. var text, (byte)'\r'] ? text : rest;
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(ReadOnlySpan<byte> line)
        => line.IsEmpty || (line[0] <= ' ' && !line.ContainsAnyExcept(WhiteSpace));

    /// <summary>The text of a field; null when it is missing: empty, <c>-</c> or <c>(null)</c>. Invalid UTF-8 is replaced.</summary>
    public static string? Field(ReadOnlySpan<byte> field)
        => field.IsEmpty || field.SequenceEqual("-"u8) || field.SequenceEqual("(null)"u8) ? null : Encoding.UTF8.GetString(field);
}
