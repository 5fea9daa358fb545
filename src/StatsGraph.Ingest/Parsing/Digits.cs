using System.Runtime.CompilerServices;

namespace StatsGraph.Ingest.Parsing;

/// <summary>Unsigned 64-bit numbers in decimal digits.</summary>
internal static class Digits
{
    /// <summary>How many digits a text begins with.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Count(ReadOnlySpan<byte> text)
    {
        var count = 0;
        while (count < text.Length && char.IsAsciiDigit((char)text[count]))
            count++;
        return count;
    }

    /// <summary>Whether a text holds digits only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Are(ReadOnlySpan<byte> text)
    {
        foreach (var value in text)
        {
            if (!char.IsAsciiDigit((char)value))
                return false;
        }

        return true;
    }

    /// <summary>Reads a text of digits; false when the number does not fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryRead(ReadOnlySpan<byte> digits, out ulong number)
    {
        number = 0;
        // 19 digits always fit; only what is longer needs to be watched.
        var unwatched = Math.Min(digits.Length, 19);
        foreach (var digit in digits[..unwatched])
            number = (number * 10) + (uint)(digit - '0');
        foreach (var digit in digits[unwatched..])
        {
            var value = (ulong)(digit - '0');
            if (number > (ulong.MaxValue - value) / 10)
                return false;
            number = (number * 10) + value;
        }

        return true;
    }
}
