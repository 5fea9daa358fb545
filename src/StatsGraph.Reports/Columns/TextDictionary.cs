namespace StatsGraph.Reports.Columns;

/// <summary>
/// The different texts of a column, each with a code. Code 0 is null; codes are given in order and never taken back. One thread may add while
/// others read the codes that they know of.
/// </summary>
internal sealed class TextDictionary
{
    /// <summary>Code of null.</summary>
    public const int Null = 0;

    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private string?[] texts = new string?[16];
    private volatile int count = 1;

    /// <summary>Number of codes, the one of null among them.</summary>
    public int Count => count;

    /// <summary>The text of a code.</summary>
    public string? this[int code] => Volatile.Read(ref texts)[code];

    /// <summary>The code of a text, which is a new one where it has none. For the one thread that adds.</summary>
    public int Code(string? text)
    {
        if (text is null)
            return Null;
        if (codes.TryGetValue(text, out var known))
            return known;
        if (count == texts.Length)
        {
            var grown = new string?[2 * count];
            texts.CopyTo(grown, 0);
            Volatile.Write(ref texts, grown);
        }

        texts[count] = text;
        codes.Add(text, count);
        return count++;
    }
}
