using System.Numerics;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Lake.DataFiles;

/// <summary>
/// Brings columns as files of any writer hold them into the types of <see cref="SessionColumns"/>. The lake's own files hold them so already,
/// so that only other writers pay for it.
/// </summary>
internal static class SessionColumnTypes
{
    /// <summary>A batch of the columns that a session needs.</summary>
    /// <param name="batch">A batch of columns of their names; becomes part of the result, unless this fails.</param>
    /// <exception cref="FormatException">A column has a type that is none of the lake's, or holds values that it must not, or is missing.</exception>
    public static RecordBatch Convert(RecordBatch batch)
    {
        var arrays = SessionColumns.Schema.FieldsList.Select(field => Column(batch, field)).ToList();
        foreach (var array in batch.Arrays.Except(arrays))
            array.Dispose();
        return new RecordBatch(SessionColumns.Schema, arrays, batch.Length);
    }

    private static IArrowArray Column(RecordBatch batch, Field field)
    {
        var index = batch.Schema.GetFieldIndex(field.Name);
        if (index < 0)
            return field.IsNullable ? Nulls(field.DataType, batch.Length) : throw new FormatException($"'{field.Name}' is missing");

        var array = batch.Column(index);
        // A row without a class is in none.
        if (!field.IsNullable && field.Name != LineColumns.Class && array.NullCount > 0)
            throw new FormatException($"'{field.Name}' holds {array.NullCount} nulls, expected none");
        try
        {
            return Converted(array, field.DataType) ?? throw new FormatException(
                $"{RowGroups.Describe(new Field(field.Name, array.Data.DataType, nullable: true))}, expected {RowGroups.Describe(field)}");
        }
        catch (OverflowException)
        {
            throw new FormatException($"'{field.Name}' holds numbers that a column of type {field.DataType.Name} cannot hold");
        }
    }

    /// <summary>A column as a type has it; null where it cannot be had.</summary>
    private static IArrowArray? Converted(IArrowArray array, IArrowType type) => (array, type) switch
    {
        (DictionaryArray texts, DictionaryType) => texts is { Indices: Int32Array, Dictionary: StringArray } ? array : null,
        (Int64Array, Int64Type) or (Int32Array, Int32Type) or (Decimal128Array { Scale: 0 }, Decimal128Type) => array,
        (TimestampArray instants, TimestampType) => Microseconds(instants),
        (_, Int64Type) => FromNumbers<long>(array, type),
        (_, Int32Type) => FromNumbers<int>(array, type),
        (_, Decimal128Type) => FromNumbers<Int128>(array, type),
        _ => null,
    };

    private static IArrowArray Microseconds(TimestampArray array)
    {
        var instants = array.Values;
        return ((TimestampType)array.Data.DataType).Unit switch
        {
            TimeUnit.Microsecond => array,
            TimeUnit.Nanosecond => Build(array, LineColumns.Timestamp, Each(instants, value => value / 1_000)),
            TimeUnit.Millisecond => Build(array, LineColumns.Timestamp, Each(instants, value => checked(value * 1_000))),
            _ => Build(array, LineColumns.Timestamp, Each(instants, value => checked(value * 1_000_000))),
        };
    }

    private static IArrowArray? FromNumbers<T>(IArrowArray array, IArrowType type)
        where T : unmanaged, INumberBase<T> => array switch
        {
            Int8Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            Int16Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            Int32Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            Int64Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            UInt8Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            UInt16Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            UInt32Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            UInt64Array numbers => Build(array, type, Each(numbers.Values, T.CreateChecked)),
            Decimal128Array { Scale: 0 } numbers => Build(array, type, Each(Decimals(numbers), T.CreateChecked)),
            _ => null,
        };

    private static ReadOnlySpan<Int128> Decimals(Decimal128Array array)
        => MemoryMarshal.Cast<byte, Int128>(array.ValueBuffer.Span).Slice(array.Offset, array.Length);

    private static TTo[] Each<TFrom, TTo>(ReadOnlySpan<TFrom> values, Func<TFrom, TTo> convert)
    {
        var converted = new TTo[values.Length];
        for (var row = 0; row < values.Length; row++)
            converted[row] = convert(values[row]);
        return converted;
    }

    /// <summary>A column of fixed width with the nulls of another one.</summary>
    private static IArrowArray Build<T>(IArrowArray from, IArrowType type, T[] values)
        where T : unmanaged
    {
        var validity = ArrowBuffer.Empty;
        if (from.NullCount > 0)
        {
            var bits = new byte[(from.Length + 7) / 8];
            for (var row = 0; row < from.Length; row++)
                BitUtility.SetBit(bits, row, from.IsValid(row));
            validity = new ArrowBuffer(bits);
        }
        var buffer = new ArrowBuffer(MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
        return ArrowArrayFactory.BuildArray(new ArrayData(type, from.Length, from.NullCount, 0, [validity, buffer]));
    }

    private static IArrowArray Nulls(IArrowType type, int rows)
    {
        var width = ((FixedWidthType)(type is DictionaryType dictionary ? dictionary.IndexType : type)).BitWidth / 8;
        var data = new ArrayData(
            type, rows, rows, 0, [new ArrowBuffer(new byte[(rows + 7) / 8]), new ArrowBuffer(new byte[rows * width])], children: null,
            type is DictionaryType ? new StringArray.Builder().Build().Data : null);
        return ArrowArrayFactory.BuildArray(data);
    }
}
