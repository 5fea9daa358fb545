using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.DataFiles;

/// <summary>Consecutive rows of a batch.</summary>
internal readonly record struct Run(int Start, int Length);

/// <summary>
/// Copies runs of rows out of a column. A dictionary keeps only the texts that are left, so that a row group's statistics
/// tell exactly which texts are in it.
/// </summary>
internal static class ColumnGather
{
    /// <summary>The rows of the runs, in order.</summary>
    /// <param name="array">A column of texts, plain or as dictionary with 32-bit indices, or of fixed width.</param>
    /// <param name="runs">Which rows.</param>
    /// <param name="type">Type of the result: the column's own, or text for a dictionary of texts.</param>
    public static IArrowArray Gather(IArrowArray array, IReadOnlyList<Run> runs, IArrowType type)
    {
        if (array is DictionaryArray dictionary)
            return GatherDictionary(dictionary.Data, runs, type);
        if (runs is [var run])
            return ArrowArrayFactory.Slice(array, run.Start, run.Length);
        return ArrowArrayFactory.BuildArray(
            array is StringArray ? GatherTexts(array.Data, runs) : GatherFixed(array.Data, runs, array.Data.DataType));
    }

    private static IArrowArray GatherDictionary(ArrayData data, IReadOnlyList<Run> runs, IArrowType type)
    {
        if (type is DictionaryType && IsWhole(data, runs) && UsesAllTexts(data))
            return ArrowArrayFactory.BuildArray(data);
        var indices = GatherFixed(data, runs, Int32Type.Default);
        var numbers = MemoryMarshal.Cast<byte, int>(indices.Buffers[1].Span)[..indices.Length].ToArray();
        var used = Renumber(numbers, indices, data.Dictionary.Length);
        if (type is StringType)
            return ArrowArrayFactory.BuildArray(Decode(data.Dictionary, used, numbers, indices));

        var texts = GatherTexts(data.Dictionary, used);
        return new DictionaryArray(new ArrayData(
            type, indices.Length, indices.NullCount, 0, [indices.Buffers[0], Buffer(numbers)], children: null, texts));
    }

    private static bool IsWhole(ArrayData data, IReadOnlyList<Run> runs) => runs is [{ Start: 0 } run] && run.Length == data.Length;

    /// <summary>Whether each text of a dictionary is in some row, as it is when all rows of a fresh batch are new.</summary>
    private static bool UsesAllTexts(ArrayData data)
    {
        var left = data.Dictionary.Length;
        var isUsed = new bool[left];
        var indices = MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span).Slice(data.Offset, data.Length);
        for (var row = 0; row < indices.Length && left > 0; row++)
        {
            if (!IsValid(data, row) || isUsed[indices[row]])
                continue;
            isUsed[indices[row]] = true;
            left--;
        }
        return left == 0;
    }

    /// <summary>Numbers the used texts anew by their first use; returns where each was.</summary>
    private static List<Run> Renumber(int[] numbers, ArrayData indices, int texts)
    {
        var renumbered = new int[texts];
        var used = new List<Run>();
        for (var row = 0; row < numbers.Length; row++)
        {
            if (!IsValid(indices, row))
            {
                numbers[row] = 0;
                continue;
            }
            ref var number = ref renumbered[numbers[row]];
            if (number == 0)
            {
                used.Add(new Run(numbers[row], 1));
                number = used.Count;
            }
            numbers[row] = number - 1;
        }
        return used;
    }

    private static ArrayData Decode(ArrayData texts, List<Run> used, int[] numbers, ArrayData indices)
    {
        var builder = new StringArray.Builder();
        var values = (StringArray)ArrowArrayFactory.BuildArray(texts);
        for (var row = 0; row < numbers.Length; row++)
            builder.Append(IsValid(indices, row) ? values.GetString(used[numbers[row]].Start) : null);
        return builder.Build().Data;
    }

    private static ArrayData GatherFixed(ArrayData data, IReadOnlyList<Run> runs, IArrowType type)
    {
        var width = ((FixedWidthType)type).BitWidth / 8;
        var rows = runs.Sum(run => run.Length);
        var source = data.Buffers[1].Span;
        var target = new byte[rows * width];
        var row = 0;
        foreach (var run in runs)
        {
            source.Slice((data.Offset + run.Start) * width, run.Length * width).CopyTo(target.AsSpan(row * width));
            row += run.Length;
        }
        var (validity, nulls) = GatherValidity(data, runs, rows);
        return new ArrayData(type, rows, nulls, 0, [validity, new ArrowBuffer(target)]);
    }

    private static ArrayData GatherTexts(ArrayData data, IReadOnlyList<Run> runs)
    {
        var rows = runs.Sum(run => run.Length);
        var offsets = MemoryMarshal.Cast<byte, int>(data.Buffers[1].Span)[data.Offset..];
        var (bytes, ends) = (new List<byte>(), new int[rows + 1]);
        var row = 0;
        foreach (var run in runs)
        {
            var first = offsets[run.Start];
            var shift = bytes.Count - first;
            bytes.AddRange(data.Buffers[2].Span[first..offsets[run.Start + run.Length]]);
            for (var i = 1; i <= run.Length; i++)
                ends[++row] = offsets[run.Start + i] + shift;
        }
        var (validity, nulls) = GatherValidity(data, runs, rows);
        return new ArrayData(StringType.Default, rows, nulls, 0, [validity, Buffer(ends), new ArrowBuffer(bytes.ToArray())]);
    }

    private static (ArrowBuffer Bits, int Nulls) GatherValidity(ArrayData data, IReadOnlyList<Run> runs, int rows)
    {
        if (data.NullCount == 0)
            return (ArrowBuffer.Empty, 0);

        var bits = new byte[(rows + 7) / 8];
        var (row, valid) = (0, 0);
        foreach (var run in runs)
        {
            for (var i = 0; i < run.Length; i++, row++)
            {
                if (!IsValid(data, run.Start + i))
                    continue;
                BitUtility.SetBit(bits, row);
                valid++;
            }
        }
        return valid == rows ? (ArrowBuffer.Empty, 0) : (new ArrowBuffer(bits), rows - valid);
    }

    private static bool IsValid(ArrayData data, int row)
        => data.Buffers[0].IsEmpty || BitUtility.GetBit(data.Buffers[0].Span, data.Offset + row);

    private static ArrowBuffer Buffer(int[] numbers) => new(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
}
