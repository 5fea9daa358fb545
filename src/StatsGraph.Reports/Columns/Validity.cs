using Apache.Arrow;

namespace StatsGraph.Reports.Columns;

/// <summary>Tells which rows of a column are not null, without asking the column for each.</summary>
internal readonly ref struct Validity(IArrowArray array)
{
    private readonly ReadOnlySpan<byte> bits = array.NullCount == 0 ? [] : array.Data.Buffers[0].Span;
    private readonly int offset = array.Data.Offset;

    /// <summary>Whether a row has a value.</summary>
    public bool this[int row] => bits.IsEmpty || BitUtility.GetBit(bits, offset + row);
}
