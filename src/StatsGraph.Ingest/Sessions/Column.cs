using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// The values of a column in Arrow's own layout, in memory that is kept from batch to batch. An array made of it is valid until
/// the next batch begins.
/// </summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private byte[] values = [];

    /// <summary>Makes room for the values of a batch, which then have to be set, all of them.</summary>
    public Span<T> Begin(int rows)
    {
        var bytes = checked(rows * Unsafe.SizeOf<T>());
        if (values.Length < bytes)
            values = GC.AllocateUninitializedArray<byte>(bytes);
        return Values(rows);
    }

    /// <summary>The values of the first rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<T> Values(int rows) => MemoryMarshal.Cast<byte, T>(values.AsSpan(0, rows * Unsafe.SizeOf<T>()));

    /// <summary>Sets the value of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Set(int row, T value) => MemoryMarshal.Cast<byte, T>(values.AsSpan())[row] = value;

    /// <summary>Sets the values of the first rows to 0.</summary>
    public void Clear(int rows) => values.AsSpan(0, rows * Unsafe.SizeOf<T>()).Clear();

    /// <summary>The Arrow array of the values.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="rows">Number of values.</param>
    /// <param name="validity">Which of them are there.</param>
    public IArrowArray ToArray(IArrowType type, int rows, Validity validity)
        => ArrowArrayFactory.BuildArray(ToData(type, rows, validity, dictionary: null));

    /// <summary>The Arrow array of the values as indices into a dictionary of texts.</summary>
    public IArrowArray ToDictionaryArray(int rows, Validity validity, StringArray dictionary)
        => new DictionaryArray(ToData(LineBatch.TextType, rows, validity, dictionary.Data));

    /// <summary>The values of the first rows in Arrow's terms.</summary>
    public ArrowBuffer ToBuffer(int rows) => new(values.AsMemory(0, rows * Unsafe.SizeOf<T>()));

    private ArrayData ToData(IArrowType type, int rows, Validity validity, ArrayData? dictionary)
        => new(
            type, rows, validity.Missing, 0,
            [validity.ToBuffer(), ToBuffer(rows)], children: null, dictionary);
}
