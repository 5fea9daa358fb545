using Apache.Arrow;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Which values of a column are there, in Arrow's own layout, in memory that is kept from batch to batch.</summary>
internal sealed class Validity
{
    private byte[] bits = [];
    private int count;

    /// <summary>Number of missing values.</summary>
    public int Missing { get; private set; }

    /// <summary>Begins a batch: all values are there.</summary>
    public void Begin(int rows)
    {
        (count, Missing) = (rows, 0);
        if (bits.Length < (rows + 7) / 8)
            bits = new byte[(rows + 7) / 8];
        bits.AsSpan(0, (rows + 7) / 8).Fill(0xFF);
    }

    /// <summary>Begins a batch: all values are missing.</summary>
    public void BeginWithout(int rows)
    {
        Begin(rows);
        bits.AsSpan(0, (rows + 7) / 8).Clear();
        Missing = rows;
    }

    /// <summary>Says that a value is missing; once for each.</summary>
    public void Miss(int row)
    {
        bits[row >> 3] &= (byte)~(1 << (row & 7));
        Missing++;
    }

    /// <summary>Whether a value is missing.</summary>
    public bool IsMissing(int row) => (bits[row >> 3] & (1 << (row & 7))) == 0;

    /// <summary>The bits; empty when no value is missing.</summary>
    public ArrowBuffer ToBuffer() => Missing == 0 ? ArrowBuffer.Empty : new ArrowBuffer(bits.AsMemory(0, (count + 7) / 8));
}
