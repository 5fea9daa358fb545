using System.Runtime.InteropServices;

namespace StatsGraph.Reports.Columns;

/// <summary>A chunk that is being written; every value of every column is to be set. See <see cref="SessionChunk"/>.</summary>
internal sealed class ChunkDraft(int rows, Memory<byte> memory)
{
    private readonly ChunkLayout layout = new(rows);

    /// <summary>A new one.</summary>
    public static ChunkDraft Allocate(int rows) => new(rows, GC.AllocateUninitializedArray<byte>(new ChunkLayout(rows).Size));

    /// <summary>One that begins as a copy of a chunk.</summary>
    public static ChunkDraft Copy(SessionChunk chunk) => new(chunk.Rows, chunk.Memory.ToArray());

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

    /// <summary>The chunk that it has become; nothing is to be set any more.</summary>
    public SessionChunk Finish() => new(rows, memory);

    private Span<T> Column<T>(int place)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(memory.Span[place..])[..rows];
}
