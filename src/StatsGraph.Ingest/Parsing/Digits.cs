namespace StatsGraph.Ingest.Parsing;

/// <summary>Unsigned 64-bit numbers in decimal digits.</summary>
internal static class Digits
{
    /// <summary>How many digits a text begins with.</summary>
    public static int Count(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }

    /// <summary>Whether a text holds digits only.</summary>
    public static bool Are(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    /// <summary>Reads a text of digits; false when the number does not fit.</summary>
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
