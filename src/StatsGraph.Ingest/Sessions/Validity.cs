using Apache.Arrow;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Which values of a column are there, in Arrow's own layout: nothing while all are, a bit for each from then on.</summary>
internal sealed class Validity
{
    private byte[]? bits;

    /// <summary>Values so far, missing ones included.</summary>
    public int Count { get; private set; }

    /// <summary>Missing values so far.</summary>
    public int Missing { get; private set; }

    /// <summary>Adds a value that is there.</summary>
    public void AddPresent()
    {
        if (bits is not null)
        {
            EnsureBit();
            bits[Count >> 3] |= (byte)(1 << (Count & 7));
        }

        Count++;
    }

    /// <summary>Adds a missing value.</summary>
    public void AddMissing()
    {
        bits ??= AllPresent();
        EnsureBit();
        Count++;
        Missing++;
    }

    /// <summary>Forgets all values.</summary>
    public void Clear() => (bits, Count, Missing) = (null, 0, 0);

    /// <summary>The bits; empty when no value is missing.</summary>
    public ArrowBuffer ToBuffer() => bits is null ? ArrowBuffer.Empty : new ArrowBuffer(bits.AsMemory(0, (Count + 7) / 8));

    private byte[] AllPresent()
    {
        var present = new byte[Math.Max((Count / 8) + 1, 32)];
        present.AsSpan(0, Count / 8).Fill(0xFF);
        present[Count / 8] = (byte)((1 << (Count & 7)) - 1);
        return present;
    }

    private void EnsureBit()
    {
        if (Count >> 3 >= bits!.Length)
            System.Array.Resize(ref bits, bits.Length * 2);
    }
}
