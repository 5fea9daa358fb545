using Apache.Arrow;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Distinct texts and their codes.</summary>
internal sealed class TextDictionary
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly TextColumn texts = new();

    /// <summary>The code of a text.</summary>
    public int CodeOf(string text)
    {
        if (!codes.TryGetValue(text, out var code))
        {
            code = codes.Count;
            codes.Add(text, code);
            texts.Add(text);
        }

        return code;
    }

    /// <summary>The Arrow array of rows that hold codes of this dictionary.</summary>
    public DictionaryArray ToArray(Column<int> indices) => indices.ToDictionaryArray(texts.ToArray());
}
