using Apache.Arrow;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// The codes of a batch's column of texts. Each text of its dictionary is looked up once, when the first row has it: a dictionary may hold
/// texts of lines that are no sessions.
/// </summary>
internal sealed class TextCodes
{
    private const int Unknown = -1;

    private readonly DictionaryArray column;
    private readonly StringArray dictionary;
    private readonly int[] codes;
    private readonly Func<string, int> codeOf;

    /// <param name="column">The column.</param>
    /// <param name="codeOf">Gives the code of a text.</param>
    public TextCodes(IArrowArray column, Func<string, int> codeOf)
    {
        (this.column, this.codeOf) = ((DictionaryArray)column, codeOf);
        dictionary = (StringArray)this.column.Dictionary;
        codes = new int[dictionary.Length];
        codes.AsSpan().Fill(Unknown);
    }

    /// <summary>Writes the codes of some rows.</summary>
    public void Write(ReadOnlySpan<int> rows, Span<int> target)
    {
        var validity = new Validity(column);
        var indices = ((Int32Array)column.Indices).Values;
        for (var i = 0; i < rows.Length; i++)
            target[i] = validity[rows[i]] ? Code(indices[rows[i]]) : TextDictionary.Null;
    }

    private int Code(int index) => codes[index] is var code && code != Unknown ? code : codes[index] = codeOf(dictionary.GetString(index));
}
