using StatsGraph.Ingest.Logs;

namespace StatsGraph.Ingest.Plays;

/// <summary>
/// How far a playlist was read, and what reading on needs to know of the rows before: their names of columns, and how many equal ones there were.
/// </summary>
/// <param name="log">The playlist.</param>
internal sealed class PlaySource(LogFile log)
{
    private readonly Dictionary<ulong, int> ordinals = [];

    /// <summary>Names it.</summary>
    public LogFile Log => log;

    /// <summary>Whether somebody writes to it: a last row without its newline is unfinished then, whatever it is a row of.</summary>
    public bool IsGrowing { get; init; }

    /// <summary>The columns of a table of plays; null where it is none.</summary>
    public PlayTable? Table { get; private set; }

    /// <summary>Whether a row of it was read that is not blank.</summary>
    public bool IsBegun { get; private set; }

    /// <summary>Whether a row told something, or names columns: it is a playlist.</summary>
    public bool HasPlays { get; private set; }

    /// <summary>Bytes read, up to the end of the last row.</summary>
    public long Length { get; private set; }

    /// <summary>Lines read.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether its last row is unfinished, and was left.</summary>
    public bool IsWaiting { get; set; }

    /// <summary>Equal rows before the next one of an identity.</summary>
    public int NextOrdinal(ulong identity) => ordinals[identity] = ordinals.GetValueOrDefault(identity, -1) + 1;

    /// <summary>Takes the first row that is not blank; whether it names the columns of a table.</summary>
    public bool Begin(ReadOnlySpan<byte> row)
    {
        (IsBegun, Table) = (true, PlayTable.Of(row));
        HasPlays |= Table is not null;
        return Table is not null;
    }

    /// <summary>Notes that a row told something.</summary>
    public void Accept() => HasPlays = true;

    /// <summary>Notes how far it is read.</summary>
    /// <param name="start">Bytes before what is being read.</param>
    /// <param name="lines">What is being read.</param>
    public void Advance(long start, PlayLines lines) => (Length, Lines) = (start + lines.Length, lines.Lines);
}
