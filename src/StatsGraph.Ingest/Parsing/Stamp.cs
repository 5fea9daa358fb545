using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Parsing;

/// <summary>The stamp of an access line, <c>22/Nov/2026:17:00:33 +0000</c>. Its offset decides the instant.</summary>
internal static class Stamp
{
    /// <summary>Length of date and time.</summary>
    public const int LocalLength = 20;

    /// <summary>Length of date, time and offset.</summary>
    public const int Length = 26;

    private const long LastSecond = 253_402_300_799;

    /// <summary>Reads a stamp into seconds since 1970 UTC.</summary>
    [MethodImpl(PerLine.Code)]
    public static RejectReason Read(ReadOnlySpan<byte> text, out long seconds)
    {
        seconds = 0;
        if (text.Length < LocalLength || !IsLocal(text) || MonthOf(text.Slice(3, 3)) is not (var month and > 0))
            return RejectReason.BadDate;
        if (text.Length != Length || !IsOffset(text[LocalLength..]))
            return text[LocalLength..].ContainsAnyExcept((byte)' ', (byte)'\t') ? RejectReason.BadDate : RejectReason.NoOffset;
        var day = Two(text, 0);
        var year = (Two(text, 7) * 100) + Two(text, 9);
        var (hour, minute, second) = (Two(text, 12), Two(text, 15), Two(text, 18));
        var offset = (Two(text, 22) * 60) + Two(text, 24);
        if (year == 0 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
            || offset > 18 * 60 || Two(text, 24) > 59)
            return RejectReason.BadDate;
        var local = (DayNumber(year, month, day) * 86_400) + (hour * 3600) + (minute * 60) + second;
        seconds = text[21] == '-' ? local + (offset * 60) : local - (offset * 60);
        return seconds is < 0 or > LastSecond ? RejectReason.BadDate : RejectReason.None;
    }

    /// <summary>Whether a text begins with the shape of a whole stamp, be it possible or not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasShape(ReadOnlySpan<byte> text)
        => text.Length >= Length && IsLocal(text) && IsOffset(text[LocalLength..]);

    /// <summary>The number of a month by its English name of three letters; 0 when it is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int MonthOf(ReadOnlySpan<byte> name) => ((name[0] << 16) | (name[1] << 8) | name[2]) switch
    {
        ('J' << 16) | ('a' << 8) | 'n' => 1,
        ('F' << 16) | ('e' << 8) | 'b' => 2,
        ('M' << 16) | ('a' << 8) | 'r' => 3,
        ('A' << 16) | ('p' << 8) | 'r' => 4,
        ('M' << 16) | ('a' << 8) | 'y' => 5,
        ('J' << 16) | ('u' << 8) | 'n' => 6,
        ('J' << 16) | ('u' << 8) | 'l' => 7,
        ('A' << 16) | ('u' << 8) | 'g' => 8,
        ('S' << 16) | ('e' << 8) | 'p' => 9,
        ('O' << 16) | ('c' << 8) | 't' => 10,
        ('N' << 16) | ('o' << 8) | 'v' => 11,
        ('D' << 16) | ('e' << 8) | 'c' => 12,
        _ => 0,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsLocal(ReadOnlySpan<byte> text)
        => AreDigits(text, 0, 2) && text[2] == '/' && AreLetters(text.Slice(3, 3)) && text[6] == '/' && AreDigits(text, 7, 4)
            && text[11] == ':' && AreDigits(text, 12, 2) && text[14] == ':' && AreDigits(text, 15, 2) && text[17] == ':'
            && AreDigits(text, 18, 2);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsOffset(ReadOnlySpan<byte> text)
        => text.Length >= 6 && text[0] == ' ' && text[1] is (byte)'+' or (byte)'-' && AreDigits(text, 2, 4);

    private static bool AreDigits(ReadOnlySpan<byte> text, int start, int count)
        => Digits.Are(text.Slice(start, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AreLetters(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiLetter((char)letter))
                return false;
        }

        return true;
    }

    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';

    /// <summary>Days from 1970-01-01 in the Gregorian calendar; years begin in March so that the leap day comes last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long DayNumber(int year, int month, int day)
    {
        if (month <= 2)
            year--;
        var era = year / 400;
        var yearOfEra = year - (era * 400);
        var dayOfYear = (((153 * (month > 2 ? month - 3 : month + 9)) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097L) + dayOfEra - 719_468;
    }
}
