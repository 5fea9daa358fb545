namespace StatsGraph.Reports.Columns;

/// <summary>
/// Sessions on their way into the columns, in any order: one array a column, of which the first <see cref="Count"/> values count. Texts are
/// codes of the site's dictionaries, mounts those that they count as.
/// </summary>
internal sealed class SessionRows
{
    private readonly int[][] codes;

    /// <param name="capacity">Most rows.</param>
    public SessionRows(int capacity)
    {
        (Starts, Ends, Durations, Bytes) = (new uint[capacity], new uint[capacity], new uint[capacity], new ulong[capacity]);
        (Listeners, LineHashes, Ordinals, Kinds) = (new long[capacity], new long[capacity], new int[capacity], new SessionFlags[capacity]);
        codes = [.. Enum.GetValues<TextColumn>().Select(column => column == TextColumn.EntryMount ? [] : new int[capacity])];
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; set; }

    /// <summary>Most rows.</summary>
    public int Capacity => Starts.Length;

    /// <summary>Seconds of <see cref="ColumnTime"/>.</summary>
    public uint[] Starts { get; }

    /// <summary>Seconds of <see cref="ColumnTime"/>, never before the start.</summary>
    public uint[] Ends { get; }

    /// <summary>Seconds, as the line says.</summary>
    public uint[] Durations { get; }

    public ulong[] Bytes { get; }

    /// <summary>Hashes, as the lake has them.</summary>
    public long[] Listeners { get; }

    /// <summary>With the ordinal it tells any two sessions apart.</summary>
    public long[] LineHashes { get; }

    public int[] Ordinals { get; }

    /// <summary><see cref="SessionFlags.Relay"/>, <see cref="SessionFlags.Bot"/> or neither.</summary>
    public SessionFlags[] Kinds { get; }

    /// <summary>Codes of a column; there are none of <see cref="TextColumn.EntryMount"/>, which follows from all sessions.</summary>
    public int[] Codes(TextColumn column) => codes[(int)column];
}
