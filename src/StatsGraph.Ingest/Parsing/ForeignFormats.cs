using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Parsing;

/// <summary>Recognises lines of other formats by their own shape, which says more than that they are no access lines.</summary>
internal static class ForeignFormats
{
    private static readonly string[] Directives = ["#Version", "#Software", "#Fields", "#Date", "#Remark"];

    /// <summary>The reason that names the format, or <see cref="RejectReason.None"/>.</summary>
    [MethodImpl(PerLine.Code)]
    public static RejectReason Recognise(ReadOnlySpan<byte> line)
    {
        if (IsErrorLog(line))
            return RejectReason.ErrorLog;
        if (IsPlaylistLog(line))
            return RejectReason.PlaylistLog;
        if (IsDirective(line) || IsW3cRow(line))
            return RejectReason.W3cFormat;
        if (HasSyslogDate(line) || HasSyslogPriority(line))
            return RejectReason.SyslogPrefix;
        // Most lines hold a bracket within the first hundred bytes, so that this test costs little.
        return line.IndexOfAny((byte)'"', (byte)'[') < 0 && HasPercentEscape(line) ? RejectReason.EscapedFormat : RejectReason.None;
    }

    [MethodImpl(PerLine.Code)]
    private static bool IsErrorLog(ReadOnlySpan<byte> line)
    {
        if (line.Length < 24 || line[0] != '[' || !IsDate(line[1..]) || line[11] != ' ')
            return false;
        var time = line[12] == ' ' ? line[13..] : line[12..];
        return IsTime(time) && time.Length >= 11 && time[8] == ']' && time[9] == ' ' && char.IsAsciiLetter((char)time[10]);
    }

    [MethodImpl(PerLine.Code)]
    private static bool IsPlaylistLog(ReadOnlySpan<byte> line)
        => line.Length > Stamp.Length && line[Stamp.Length] == '|' && Stamp.HasShape(line) && line.Count((byte)'|') >= 3;

    private static bool IsDirective(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != '#')
            return false;
        foreach (var directive in Directives)
        {
            if (line.Length >= directive.Length && System.Text.Ascii.Equals(line[..directive.Length], directive))
                return true;
        }

        return false;
    }

    [MethodImpl(PerLine.Code)]
    private static bool IsW3cRow(ReadOnlySpan<byte> line)
    {
        for (var token = 0; token < 2; token++)
        {
            var end = line.IndexOfAny((byte)' ', (byte)'\t');
            if (end <= 0 || line[end] != ' ')
                return false;
            line = line[(end + 1)..];
        }

        return line.Length >= 20 && IsDate(line) && line[10] == ' ' && IsTime(line[11..]) && line[19] == ' ';
    }

    [MethodImpl(PerLine.Code)]
    private static bool HasSyslogDate(ReadOnlySpan<byte> line)
        => line.Length >= 16 && line[3] == ' ' && (line[4] == ' ' || IsDigit(line[4])) && IsDigit(line[5]) && line[6] == ' '
            && IsTime(line[7..]) && line[15] == ' ' && Stamp.MonthOf(line[..3]) > 0;

    [MethodImpl(PerLine.Code)]
    private static bool HasSyslogPriority(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty || line[0] != '<')
            return false;
        var digits = line[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits > 0 && line[1 + digits] == '>';
    }

    private static bool HasPercentEscape(ReadOnlySpan<byte> line)
    {
        for (int at; (at = line.IndexOf((byte)'%')) >= 0; line = line[(at + 1)..])
        {
            if (at + 2 < line.Length && char.IsAsciiHexDigit((char)line[at + 1]) && char.IsAsciiHexDigit((char)line[at + 2]))
                return true;
        }

        return false;
    }

    /// <summary>Whether a text begins <c>yyyy-MM-dd</c>.</summary>
    private static bool IsDate(ReadOnlySpan<byte> text)
        => text.Length >= 10 && AreDigits(text[..4]) && text[4] == '-' && AreDigits(text[5..7]) && text[7] == '-' && AreDigits(text[8..10]);

    /// <summary>Whether a text begins <c>HH:MM:SS</c>.</summary>
    private static bool IsTime(ReadOnlySpan<byte> text)
        => text.Length >= 8 && AreDigits(text[..2]) && text[2] == ':' && AreDigits(text[3..5]) && text[5] == ':' && AreDigits(text[6..8]);

    private static bool AreDigits(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    private static bool IsDigit(byte value) => char.IsAsciiDigit((char)value);
}
