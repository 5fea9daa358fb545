using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Values of one width that are being collected in Arrow's own layout, so that the array is made without a copy.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private byte[] values = new byte[256 * Unsafe.SizeOf<T>()];
    private byte[]? validity;
    private int nulls;

    /// <summary>Values so far, missing ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The values so far; what stands for a missing one is the default.</summary>
    public ReadOnlySpan<T> Values => MemoryMarshal.Cast<byte, T>(values)[..Count];

    /// <summary>Adds a value.</summary>
    public void Add(T value)
    {
        if (validity is not null)
            SetValid();
        Write(value);
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
        validity ??= AllValid();
        EnsureValidity();
        nulls++;
        Write(default);
    }

    /// <summary>The Arrow array of the values. The column must not be added to afterwards.</summary>
    public IArrowArray ToArray(IArrowType type) => ArrowArrayFactory.BuildArray(new ArrayData(type, Count, nulls, 0, Buffers()));

    /// <summary>The Arrow array of the values as indices into a dictionary.</summary>
    public DictionaryArray ToDictionaryArray(IArrowArray dictionary)
    {
        var type = new DictionaryType(Int32Type.Default, dictionary.Data.DataType, ordered: false);
        return new DictionaryArray(new ArrayData(type, Count, nulls, 0, Buffers(), children: null, dictionary.Data));
    }

    private ArrowBuffer[] Buffers()
    {
        if (validity is not null)
            EnsureValidity();
        return
        [
            validity is null ? ArrowBuffer.Empty : new ArrowBuffer(validity.AsMemory(0, (Count + 7) / 8)),
            new ArrowBuffer(values.AsMemory(0, Count * Unsafe.SizeOf<T>())),
        ];
    }

    private void Write(T value)
    {
        if ((Count + 1) * Unsafe.SizeOf<T>() > values.Length)
            System.Array.Resize(ref values, checked(values.Length * 2));
        Unsafe.WriteUnaligned(ref values[Count * Unsafe.SizeOf<T>()], value);
        Count++;
    }

    private byte[] AllValid()
    {
        var bits = new byte[Math.Max((Count / 8) + 1, 32)];
        for (var index = 0; index < Count; index++)
            bits[index >> 3] |= (byte)(1 << (index & 7));
        return bits;
    }

    private void SetValid()
    {
        EnsureValidity();
        validity![Count >> 3] |= (byte)(1 << (Count & 7));
    }

    private void EnsureValidity()
    {
        if (Count >> 3 >= validity!.Length)
            System.Array.Resize(ref validity, validity.Length * 2);
    }
}
