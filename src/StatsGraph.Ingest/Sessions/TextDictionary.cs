using System.Runtime.CompilerServices;
using Apache.Arrow;

namespace StatsGraph.Ingest.Sessions;

/// <summary>A column of texts, of which the distinct ones are few: a dictionary of these, and an index for each row.</summary>
internal sealed class TextDictionary
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];
    private readonly Column<int> indices = new();
    private readonly Validity validity = new();
    private int[] codeOfNumber = [];

    /// <summary>The Arrow array of a column whose rows hold numbers of facts.</summary>
    /// <param name="numbers">Number of each row's fact; -1 for none.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="text">The text of a fact; null for none.</param>
    public IArrowArray ToArray<TFact>(ReadOnlySpan<int> numbers, IReadOnlyList<TFact> facts, Func<TFact, string?> text)
    {
        if (codeOfNumber.Length < facts.Count)
            codeOfNumber = new int[facts.Count * 2];
        codes.Clear();
        texts.Clear();
        for (var number = 0; number < facts.Count; number++)
            codeOfNumber[number] = text(facts[number]) is { } value ? CodeOf(value) : FactNumbers<TFact>.Missing;
        if (texts.Count > 0)
            SetIndices(numbers);
        else
            SetNone(numbers.Length);
        return indices.ToDictionaryArray(numbers.Length, validity, Texts());
    }

    [MethodImpl(PerLine.Code)]
    private void SetIndices(ReadOnlySpan<int> numbers)
    {
        validity.Begin(numbers.Length);
        var codesOfRows = indices.Begin(numbers.Length);
        for (var row = 0; row < numbers.Length; row++)
        {
            var code = numbers[row] < 0 ? numbers[row] : codeOfNumber[numbers[row]];
            codesOfRows[row] = Math.Max(code, 0);
            if (code < 0)
                validity.Miss(row);
        }
    }

    private void SetNone(int rows)
    {
        validity.BeginWithout(rows);
        indices.Begin(rows);
        indices.Clear(rows);
    }

    private int CodeOf(string text)
    {
        if (!codes.TryGetValue(text, out var code))
        {
            codes.Add(text, code = texts.Count);
            texts.Add(text);
        }

        return code;
    }

    private StringArray Texts() => TextArray.Of(texts);
}
