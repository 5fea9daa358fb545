using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Arrow arrays of texts.</summary>
internal static class TextArray
{
    /// <summary>The array of texts that are all there.</summary>
    [MethodImpl(PerLine.Code)]
    public static StringArray Of(IReadOnlyList<string> texts)
    {
        var offsets = new int[texts.Count + 1];
        for (var index = 0; index < texts.Count; index++)
            offsets[index + 1] = checked(offsets[index] + Encoding.UTF8.GetByteCount(texts[index]));
        var bytes = new byte[offsets[^1]];
        for (var index = 0; index < texts.Count; index++)
            Encoding.UTF8.GetBytes(texts[index], bytes.AsSpan(offsets[index]));
        return new StringArray(new ArrayData(
            StringType.Default, texts.Count, 0, 0, [ArrowBuffer.Empty, Buffer(offsets), new ArrowBuffer(bytes)]));
    }

    /// <summary>The array of a column that has a text in some of its rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="texts">The texts, in the order of the rows that have one.</param>
    /// <param name="validity">Which rows have one.</param>
    /// <param name="hasText">Whether a row has one.</param>
    [MethodImpl(PerLine.Code)]
    public static StringArray Of(int rows, IReadOnlyList<string> texts, Validity validity, Func<int, bool> hasText)
    {
        var present = Of(texts);
        if (validity.Missing == 0)
            return present;
        var (offsets, next) = (new int[rows + 1], 0);
        for (var row = 0; row < rows; row++)
        {
            next += hasText(row) ? 1 : 0;
            offsets[row + 1] = present.ValueOffsets[next];
        }

        return new StringArray(new ArrayData(
            StringType.Default, rows, validity.Missing, 0, [validity.ToBuffer(), Buffer(offsets), present.ValueBuffer]));
    }

    private static ArrowBuffer Buffer(int[] numbers) => new(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
}
