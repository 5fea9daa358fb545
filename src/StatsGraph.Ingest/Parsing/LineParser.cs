using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Parsing;

/// <summary>
/// Reads <c>ADDR - USER [STAMP] "REQUEST" STATUS BYTES "REFERER" "UA" DURATION</c> without copying a byte.
/// What a client can forge (referrer, user agent) is read from the right end of the line.
/// </summary>
internal static class LineParser
{
    /// <summary>Icecast formats a line into 1,024 bytes: from this length on a broken tail was cut off.</summary>
    private const int IcecastLineLimit = 1023;

    /// <summary>
    /// Reads a stripped line (<see cref="LineText.Strip(ReadOnlySpan{byte})"/>) that is not blank. When it is none, <paramref name="reason"/>
    /// says why, and of <paramref name="record"/> only the end is of use.
    /// </summary>
    [MethodImpl(PerLine.Code)]
    public static bool TryParse(ReadOnlySpan<byte> line, out AccessRecord record, out RejectReason reason)
    {
        record = default;
        reason = Parse(line, ref record);
        return reason == RejectReason.None;
    }

    [MethodImpl(PerLine.Code)]
    private static RejectReason Parse(ReadOnlySpan<byte> line, ref AccessRecord record)
    {
        if (line.Contains((byte)0))
            return RejectReason.NulInside;
        // What is of another format has no record's shape, but where it begins as it does in none: only then it has to be asked for first.
        if (line is [(byte)'#' or (byte)'<', ..] && ForeignFormats.Recognise(line) is not RejectReason.None and var directive)
            return directive;
        var reason = ParseRecord(line, ref record);
        if (reason == RejectReason.None || ForeignFormats.Recognise(line) is not (not RejectReason.None and var format))
            return reason;
        record = default;
        return format;
    }

    [MethodImpl(PerLine.Code)]
    private static RejectReason ParseRecord(ReadOnlySpan<byte> line, ref AccessRecord record)
    {
        var stampStart = ReadPrefix(line, ref record);
        if (stampStart < 0)
            return IsAddressList(line) ? RejectReason.AddressList : RejectReason.BadPrefix;
        if (record.Address.Contains((byte)','))
            return RejectReason.AddressList;
        var rest = line[stampStart..];
        var stampLength = rest.IndexOf((byte)']');
        if (stampLength < 0)
            return RejectReason.BadDate;
        if (Stamp.Read(rest[..stampLength], out var endedAt) is not RejectReason.None and var badStamp)
            return badStamp;
        record.EndedAt = endedAt;
        rest = rest[(stampLength + 1)..];
        return HoldsStamp(rest) ? RejectReason.TwoRecords : ReadRequest(line, rest, ref record);
    }

    /// <summary>Reads <c>ADDR - USER [</c> and returns where the stamp begins; -1 when the line does not begin so.</summary>
    [MethodImpl(PerLine.Code)]
    private static int ReadPrefix(ReadOnlySpan<byte> line, ref AccessRecord record)
    {
        var address = line.IndexOfAny((byte)' ', (byte)'\t');
        if (address <= 0 || !line[address..].StartsWith(" - "u8))
            return -1;
        var userStart = address + 3;
        var user = line[userStart..].IndexOfAny((byte)' ', (byte)'\t');
        if (user <= 0 || !line[(userStart + user)..].StartsWith(" ["u8))
            return -1;
        record.Address = line[..address];
        return userStart + user + 2;
    }

    private static bool IsAddressList(ReadOnlySpan<byte> line)
    {
        var bracket = line.IndexOf((byte)'[');
        return bracket > 0 && line[..bracket].Contains((byte)',');
    }

    [MethodImpl(PerLine.Code)]
    private static bool HoldsStamp(ReadOnlySpan<byte> rest)
    {
        for (int at; (at = rest.IndexOf(" ["u8)) >= 0;)
        {
            rest = rest[(at + 2)..];
            if (Stamp.HasShape(rest) && rest[Stamp.Length..].StartsWith("] \""u8))
                return true;
        }

        return false;
    }

    [MethodImpl(PerLine.Code)]
    private static RejectReason ReadRequest(ReadOnlySpan<byte> line, ReadOnlySpan<byte> rest, ref AccessRecord record)
    {
        if (!rest.StartsWith(" \""u8))
            return RejectReason.BadRequest;
        rest = rest[2..];
        var tail = FindRequestEnd(rest, out var end, out var bytes);
        if (tail < 0)
            return line.Length >= IcecastLineLimit ? RejectReason.Truncated : RejectReason.BadRequest;
        if (end == 0)
            return RejectReason.EmptyRequest;
        if (!SplitRequest(rest[..end], ref record))
            return RejectReason.BadRequest;
        if (!Digits.TryRead(rest.Slice(end + 6, bytes), out record.Bytes))
            return RejectReason.BadBytes;
        record.Status = ((rest[end + 2] - '0') * 100) + ((rest[end + 3] - '0') * 10) + rest[end + 4] - '0';
        var reason = ReadTail(rest[tail..], ref record);
        return reason is RejectReason.None or RejectReason.NegativeDuration || line.Length < IcecastLineLimit
            ? reason : RejectReason.Truncated;
    }

    /// <summary>
    /// Finds the first quote that is followed by <c> STATUS BYTES "</c>. Returns where the referrer begins, or -1;
    /// <paramref name="end"/> is the quote, <paramref name="bytes"/> the number of digits of the byte count.
    /// </summary>
    [MethodImpl(PerLine.Code)]
    private static int FindRequestEnd(ReadOnlySpan<byte> rest, out int end, out int bytes)
    {
        end = 0;
        while (true)
        {
            var quote = rest[end..].IndexOf((byte)'"');
            if (quote < 0)
            {
                bytes = 0;
                return -1;
            }

            end += quote;
            var after = rest[(end + 1)..];
            bytes = after.Length > 7 && after[0] == ' ' && Digits.Are(after[1..4]) && after[4] == ' ' ? Digits.Count(after[5..]) : 0;
            if (bytes > 0 && after[(5 + bytes)..].StartsWith(" \""u8))
                return end + 1 + 5 + bytes + 2;
            end++;
        }
    }

    [MethodImpl(PerLine.Code)]
    private static bool SplitRequest(ReadOnlySpan<byte> request, ref AccessRecord record)
    {
        var method = request.IndexOf((byte)' ');
        if (method <= 0)
            return false;
        var rest = request[(method + 1)..];
        var target = rest.IndexOf((byte)' ');
        if (target <= 0)
            return false;
        var version = rest[(target + 1)..];
        if (version.Contains((byte)' ') || !version.Contains((byte)'/'))
            return false;
        record.Method = request[..method];
        record.Target = rest[..target];
        record.Version = version;
        return true;
    }

    /// <summary>Reads <c>REFERER" "UA" DURATION</c> from its right end.</summary>
    [MethodImpl(PerLine.Code)]
    private static RejectReason ReadTail(ReadOnlySpan<byte> tail, ref AccessRecord record)
    {
        var lastQuote = tail.LastIndexOf((byte)'"');
        if (ReadDuration(tail[(lastQuote + 1)..], out record.Duration) is not RejectReason.None and var reason)
            return reason;
        var fields = tail[..Math.Max(lastQuote, 0)];
        var separator = fields.LastIndexOf("\" \""u8);
        if (separator < 0)
            return RejectReason.BadTail;
        record.Referrer = fields[..separator];
        record.UserAgent = fields[(separator + 3)..];
        return RejectReason.None;
    }

    /// <summary>Reads what follows the last quote of the line.</summary>
    [MethodImpl(PerLine.Code)]
    private static RejectReason ReadDuration(ReadOnlySpan<byte> text, out ulong duration)
    {
        duration = 0;
        if (text.SequenceEqual(" -"u8) || !text.ContainsAnyExcept((byte)' '))
            return RejectReason.NoDuration;
        var number = text[1..];
        if (text[0] != ' ' || number.Contains((byte)' '))
            return RejectReason.BadTail;
        if (number[0] == '-' && number.Length > 1 && Digits.Are(number[1..]))
            return RejectReason.NegativeDuration;
        return Digits.Are(number) && Digits.TryRead(number, out duration) ? RejectReason.None : RejectReason.BadDuration;
    }
}
