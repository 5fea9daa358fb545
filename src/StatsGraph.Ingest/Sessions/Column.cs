using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>
/// Values of one width that are being collected in Arrow's own layout, so that the array is made without a copy. The array is
/// valid until the column is cleared.
/// </summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private const int FirstCapacity = 256;

    private readonly Validity validity = new();
    private byte[] values = new byte[FirstCapacity * Unsafe.SizeOf<T>()];

    /// <summary>Values so far, missing ones included.</summary>
    public int Count => validity.Count;

    /// <summary>The values so far; what stands for a missing one is the default.</summary>
    public ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(values)[..Count];

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        Write(value);
        validity.AddPresent();
    }

    /// <summary>Adds a value, or a missing one.</summary>
    public void Add(T? value)
    {
        if (value is { } present)
            Add(present);
        else
            AddMissing();
    }

    /// <summary>Adds a missing value.</summary>
    public void AddMissing()
    {
        Write(default);
        validity.AddMissing();
    }

    /// <summary>Forgets all values but keeps their room.</summary>
    public void Clear() => validity.Clear();

    /// <summary>The Arrow array of the values. The column must not be added to before it is cleared.</summary>
    public IArrowArray ToArray(IArrowType type)
        => ArrowArrayFactory.BuildArray(new ArrayData(type, Count, validity.Missing, 0, [validity.ToBuffer(), ToBuffer()]));

    /// <summary>The Arrow array of the values as indices into a dictionary.</summary>
    public DictionaryArray ToDictionaryArray(StringArray dictionary)
    {
        var type = new DictionaryType(Int32Type.Default, StringType.Default, ordered: false);
        return new DictionaryArray(new ArrayData(
            type, Count, validity.Missing, 0, [validity.ToBuffer(), ToBuffer()], children: null, dictionary.Data));
    }

    /// <summary>The values without regard to which are missing.</summary>
    public ArrowBuffer ToBuffer() => new(values.AsMemory(0, Count * Unsafe.SizeOf<T>()));

    private void Write(T value)
    {
        var offset = Count * Unsafe.SizeOf<T>();
        if (offset + Unsafe.SizeOf<T>() > values.Length)
            System.Array.Resize(ref values, checked(values.Length * 2));
        Unsafe.WriteUnaligned(ref values[offset], value);
    }
}
