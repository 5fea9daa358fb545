using System.Text;
using StatsGraph.Ingest.Parsing;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Masks what stands before a stamp or a request: the columns that name a client and its user.</summary>
internal static class ExcerptHead
{
    private const char Masked = '*';
    private const string Blanks = " \t";

    /// <summary>Masks the beginning of a line as its format asks for and returns the position behind it.</summary>
    /// <param name="line">The line.</param>
    /// <param name="text">The part of it that is looked at.</param>
    /// <param name="excerpt">Gets the masked beginning.</param>
    public static int Mask(ReadOnlySpan<byte> line, string text, StringBuilder excerpt)
    {
        var format = ForeignFormats.Recognise(line);
        if (format == RejectReason.ErrorLog)
            return KeepLevel(text, excerpt);
        var end = format switch
        {
            RejectReason.PlaylistLog => 0,
            RejectReason.W3cFormat => text[0] == '#' ? 0 : text.IndexOf(' ', text.IndexOf(' ') + 1) + 1,
            RejectReason.SyslogPrefix => Bracket(text) is var bracket and > 0 ? bracket : text.Length,
            _ => End(text, format == RejectReason.EscapedFormat),
        };
        MaskTokens(text.AsSpan(0, end), excerpt);
        return end;
    }

    /// <summary>
    /// Masks what stands between a quote or bracket that closes and a bracket that opens: the columns of another record. The number
    /// behind a quote is the duration of the record before. Returns the position behind it, or the one given when there is no such thing.
    /// </summary>
    public static int MaskNext(string text, int at, StringBuilder excerpt)
    {
        var rest = text.AsSpan(at);
        if (rest.IndexOf('"') is var quote and >= 0)
            rest = rest[..quote];
        var end = Bracket(rest);
        if (end <= 0 || !(Blanks.Contains(rest[0]) || IsStamp(rest[end..])))
            return at;
        var start = rest.IndexOfAnyExcept(Blanks);
        var number = rest[start..end].IndexOfAnyExceptInRange('0', '9');
        if (text[at - 1] == '"' && number > 0 && Blanks.Contains(rest[start + number]))
            start += number + 1;
        excerpt.Append(rest[..start]);
        MaskTokens(rest[start..Math.Max(start, end)], excerpt);
        return at + Math.Max(start, end);
    }

    /// <summary>Where the columns that name a client end.</summary>
    private static int End(string text, bool isEscaped)
    {
        var request = text.IndexOf("] \"", StringComparison.Ordinal);
        if (request > 0 && Bracket(text.AsSpan(0, request)) is var stamp and > 0)
            return stamp;
        if (Bracket(text) is var bracket and > 0)
            return bracket;
        if (text.IndexOf('"') is var quote and > 0 && Blanks.Contains(text[quote - 1]))
            return quote;
        if (ClientAndUser(text) is var columns and > 0)
            return columns;
        var isAddress = text.Length > 0 && AddressMask.Length(text, 0) > 0;
        // The percent sign of an address begins its zone.
        if (isEscaped && text.IndexOf('%', isAddress ? Math.Max(0, text.IndexOf(' ')) : 0) is var escape and >= 0)
            return text.AsSpan(0, escape).LastIndexOfAny(Blanks) + 1;
        return isAddress ? text.Length : 0;
    }

    /// <summary>Length of <c>CLIENT - USER</c>, where CLIENT may be a list parted by commas; 0 when a line does not begin so.</summary>
    private static int ClientAndUser(string text)
    {
        var dash = text.IndexOf(" - ", StringComparison.Ordinal);
        if (dash <= 0)
            return 0;
        var client = text.AsSpan(0, dash);
        foreach (var blank in client.Split(' '))
        {
            var (_, length) = blank.GetOffsetAndLength(client.Length);
            if (length == 0 || (blank.End.Value < client.Length && client[blank.End.Value - 1] != ','))
                return 0;
        }

        return text.IndexOf(' ', dash + 3) is var end and >= 0 ? end : text.Length;
    }

    /// <summary>The first bracket that begins a stamp, else the last one; negative when there is none.</summary>
    private static int Bracket(ReadOnlySpan<char> text)
    {
        for (var at = 0; text[at..].IndexOf('[') is var next and >= 0; at += next + 1)
        {
            if (IsStamp(text[(at + next)..]))
                return at + next;
        }

        return text.LastIndexOf('[');
    }

    private static bool IsStamp(ReadOnlySpan<char> text)
        => text.Length > 3 && char.IsAsciiDigit(text[1]) && char.IsAsciiDigit(text[2]) && text[3] == '/';

    private static void MaskTokens(ReadOnlySpan<char> columns, StringBuilder excerpt)
    {
        var tokens = columns.ToString().Split(Blanks.ToCharArray(), StringSplitOptions.RemoveEmptyEntries);
        var isPrefix = tokens.Length > 1 && tokens.AsSpan(1).Contains("-");
        excerpt.Append(isPrefix ? "* - *" : string.Join(' ', tokens.Select(_ => Masked)));
        if (columns.Length > 0 && Blanks.Contains(columns[^1]))
            excerpt.Append(' ');
    }

    /// <summary>Of an error.log its stamp, level and module are kept: the message may name anybody.</summary>
    private static int KeepLevel(string text, StringBuilder excerpt)
    {
        var kept = text.IndexOf(']') + 2;
        var level = text.AsSpan(kept);
        if (level.IndexOf(' ') is var blank and >= 0)
            level = level[..blank];
        if (!level.ContainsAnyExceptInRange('A', 'Z'))
            kept = Math.Min(text.Length, kept + level.Length + 1);
        var module = text.AsSpan(kept);
        if (module.IndexOf(' ') is var end and >= 0)
            module = module[..end];
        if (module.Count('/') == 1 && IsModule(module))
            kept = Math.Min(text.Length, kept + module.Length + 1);
        excerpt.Append(text.AsSpan(0, kept));
        if (kept < text.Length)
            excerpt.Append(Masked);
        return text.Length;
    }

    private static bool IsModule(ReadOnlySpan<char> token)
    {
        foreach (var character in token)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('/' or '_' or '-'))
                return false;
        }

        return char.IsAsciiLetter(token[0]);
    }
}
