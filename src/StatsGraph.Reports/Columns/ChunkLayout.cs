namespace StatsGraph.Reports.Columns;

/// <summary>
/// Where the columns of a chunk lie in its memory, which is a chunk's file as it is: one array after the other, each beginning at a multiple
/// of 64 bytes, those that most figures read first. Numbers are of the machine's byte order.
/// </summary>
internal sealed class ChunkLayout
{
    private const int Alignment = 64;

    private readonly int[] codes;

    /// <param name="rows">Rows of the chunk.</param>
    public ChunkLayout(int rows)
    {
        var next = 0;
        int Place(int width)
        {
            var place = next;
            next = (next + (rows * width) + Alignment - 1) / Alignment * Alignment;
            return place;
        }

        Starts = Place(sizeof(uint));
        Ends = Place(sizeof(uint));
        Flags = Place(sizeof(byte));
        Durations = Place(sizeof(uint));
        Bytes = Place(sizeof(ulong));
        Listeners = Place(sizeof(int));
        codes = [.. Enum.GetValues<TextColumn>().Select(_ => Place(sizeof(int)))];
        LineHashes = Place(sizeof(long));
        Ordinals = Place(sizeof(int));
        Size = next;
    }

    public int Starts { get; }

    public int Ends { get; }

    public int Flags { get; }

    public int Durations { get; }

    public int Bytes { get; }

    public int Listeners { get; }

    public int LineHashes { get; }

    public int Ordinals { get; }

    /// <summary>Bytes in all.</summary>
    public int Size { get; }

    /// <summary>Where the codes of a column begin.</summary>
    public int Codes(TextColumn column) => codes[(int)column];
}
