using System.Runtime.InteropServices;

namespace StatsGraph.Reports.Columns;

/// <summary>A chunk that is being written; every value of every column is to be set. See <see cref="SessionChunk"/>.</summary>
internal sealed class ChunkDraft(int rows, Memory<byte> memory)
{
    private readonly ChunkLayout layout = new(rows);

    public int Rows => rows;

    public Span<uint> Starts => Column<uint>(layout.Starts);

    public Span<uint> Ends => Column<uint>(layout.Ends);

    public Span<SessionFlags> Flags => Column<SessionFlags>(layout.Flags);

    public Span<uint> Durations => Column<uint>(layout.Durations);

    public Span<ulong> Bytes => Column<ulong>(layout.Bytes);

    public Span<int> Listeners => Column<int>(layout.Listeners);

    public Span<long> LineHashes => Column<long>(layout.LineHashes);

    public Span<int> Ordinals => Column<int>(layout.Ordinals);

    public Span<int> Codes(TextColumn column) => Column<int>(layout.Codes(column));

    private Span<T> Column<T>(int place)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(memory.Span[place..])[..rows];
}
