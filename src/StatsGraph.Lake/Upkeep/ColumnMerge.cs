using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.Upkeep;

/// <summary>Rows that follow one another in a source and in the result.</summary>
/// <param name="Source">Number of the source.</param>
/// <param name="Start">First row.</param>
/// <param name="Length">Number of rows.</param>
internal readonly record struct SourceRun(int Source, int Start, int Length);

/// <summary>Brings rows of one column from several sources together.</summary>
internal static class ColumnMerge
{
    private static readonly DictionaryType Dictionary = new(Int32Type.Default, StringType.Default, ordered: false);

    /// <summary>The rows of the runs, in order.</summary>
    /// <param name="sources">The column in each source: all dictionaries of texts, or all of one fixed width.</param>
    /// <param name="runs">Which rows.</param>
    /// <param name="rows">Number of rows of all runs.</param>
    /// <returns>A column of the sources' type; a dictionary holds only the texts that are used.</returns>
    public static IArrowArray Merge(IReadOnlyList<IArrowArray> sources, IReadOnlyList<SourceRun> runs, int rows)
    {
        var arrays = sources.Select(source => source.Data).ToArray();
        return sources[0] is DictionaryArray ? MergeTexts(sources, arrays, runs, rows) : ArrowArrayFactory.BuildArray(MergeFixed(arrays, runs, rows));
    }

    private static ArrayData MergeFixed(ArrayData[] sources, IReadOnlyList<SourceRun> runs, int rows)
    {
        var type = sources[0].DataType;
        var width = ((FixedWidthType)type).BitWidth / 8;
        var target = new byte[rows * width];
        var row = 0;
        foreach (var run in runs)
        {
            var source = sources[run.Source];
            source.Buffers[1].Span.Slice((source.Offset + run.Start) * width, run.Length * width).CopyTo(target.AsSpan(row * width));
            row += run.Length;
        }
        var (validity, nulls) = MergeValidity(sources, runs, rows);
        return new ArrayData(type, rows, nulls, 0, [validity, new ArrowBuffer(target)]);
    }

    private static DictionaryArray MergeTexts(IReadOnlyList<IArrowArray> columns, ArrayData[] sources, IReadOnlyList<SourceRun> runs, int rows)
    {
        var texts = new MergedTexts(columns);
        var target = new int[rows];
        var row = 0;
        foreach (var run in runs)
        {
            var source = sources[run.Source];
            var indices = MemoryMarshal.Cast<byte, int>(source.Buffers[1].Span)[source.Offset..];
            var isAllValid = source.NullCount == 0;
            for (var i = run.Start; i < run.Start + run.Length; i++, row++)
                target[row] = isAllValid || IsValid(source, i) ? texts.Number(run.Source, indices[i]) : 0;
        }
        var (validity, nulls) = MergeValidity(sources, runs, rows);
        var buffer = new ArrowBuffer(MemoryMarshal.AsBytes(target.AsSpan()).ToArray());
        return new DictionaryArray(new ArrayData(Dictionary, rows, nulls, 0, [validity, buffer], children: null, texts.Build().Data));
    }

    private static (ArrowBuffer Bits, int Nulls) MergeValidity(ArrayData[] sources, IReadOnlyList<SourceRun> runs, int rows)
    {
        if (sources.All(source => source.NullCount == 0))
            return (ArrowBuffer.Empty, 0);

        var bits = new byte[(rows + 7) / 8];
        var (row, valid) = (0, 0);
        foreach (var run in runs)
        {
            var isAllValid = sources[run.Source].NullCount == 0;
            for (var i = run.Start; i < run.Start + run.Length; i++, row++)
            {
                if (!isAllValid && !IsValid(sources[run.Source], i))
                    continue;
                BitUtility.SetBit(bits, row);
                valid++;
            }
        }
        return valid == rows ? (ArrowBuffer.Empty, 0) : (new ArrowBuffer(bits), rows - valid);
    }

    private static bool IsValid(ArrayData data, int row)
        => data.Buffers[0].IsEmpty || BitUtility.GetBit(data.Buffers[0].Span, data.Offset + row);

    /// <summary>The texts of several dictionaries, numbered anew by their first use.</summary>
    private sealed class MergedTexts(IReadOnlyList<IArrowArray> columns)
    {
        private readonly StringArray[] dictionaries = [.. columns.Select(column => (StringArray)((DictionaryArray)column).Dictionary)];
        private readonly int[]?[] numbers = new int[columns.Count][];
        private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);
        private readonly StringArray.Builder builder = new();

        /// <summary>The new number of a text.</summary>
        public int Number(int source, int index)
        {
            // A number is kept plus 1; 0 is for texts that were not used so far.
            var ofSource = numbers[source] ??= new int[dictionaries[source].Length];
            if (ofSource[index] == 0)
                ofSource[index] = Add(dictionaries[source].GetString(index)) + 1;
            return ofSource[index] - 1;
        }

        public StringArray Build() => builder.Build();

        private int Add(string text)
        {
            if (!known.TryGetValue(text, out var number))
            {
                known.Add(text, number = known.Count);
                builder.Append(text);
            }
            return number;
        }
    }
}
