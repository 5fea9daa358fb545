using StatsGraph.Ingest.Logs;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Lake;

namespace StatsGraph.Ingest.Sessions;

/// <summary>Lines that are committed together: the rows, how far their sources are with them, and where rejected lines stood.</summary>
internal sealed class Piece
{
    private readonly Dictionary<string, SourceProgress> sources = new(StringComparer.Ordinal);
    private readonly List<RejectedLine> rejected = [];

    /// <summary>Rows of listeners, the ones that figures are made of.</summary>
    public LineRows Listeners { get; } = new();

    /// <summary>Rows of relays and bots.</summary>
    public LineRows Machines { get; } = new();

    /// <summary>All other rows.</summary>
    public LineRows Others { get; } = new();

    /// <summary>How far each source is in the lake once the piece is committed.</summary>
    public IReadOnlyCollection<SourceProgress> Sources => sources.Values;

    /// <summary>The rejected ones among <see cref="Others"/>, in order.</summary>
    public IReadOnlyList<RejectedLine> Rejected => rejected;

    /// <summary>Number of rows.</summary>
    public int Count => Listeners.Count + Machines.Count + Others.Count;

    /// <summary>Bytes that the texts of the rows take, about.</summary>
    public long TextBytes { get; private set; }

    /// <summary>The rows that lines of a class belong to: like ones together, so that reports need not read the others.</summary>
    private LineRows RowsOf(LineClass lineClass) => lineClass switch
    {
        LineClass.Listener => Listeners,
        LineClass.Relay or LineClass.Bot => Machines,
        _ => Others,
    };

    /// <summary>Forgets everything but keeps its room.</summary>
    public void Clear()
    {
        Listeners.Clear();
        Machines.Clear();
        Others.Clear();
        sources.Clear();
        rejected.Clear();
        TextBytes = 0;
    }

    /// <summary>Notes that rows which are added from now on have texts of their own.</summary>
    /// <param name="bytes">Bytes that they take, about.</param>
    public void AddTextBytes(long bytes) => TextBytes += bytes;

    /// <summary>Adds a line.</summary>
    public void Add(in LineRow row) => RowsOf(row.Class).Add(row);

    /// <summary>Adds a rejected line.</summary>
    public void AddRejected(in LineRow row, string excerpt, LogFile log, long line, bool isCut)
    {
        rejected.Add(new RejectedLine(Others.Count, row.Reason, excerpt, log, line, isCut));
        Others.AddRejected(row, excerpt);
    }

    /// <summary>Notes how far a source is; of two copies of one log the longer one counts.</summary>
    public void AddSource(SourceProgress progress)
    {
        if (!sources.TryGetValue(progress.Source, out var other) || other.Length < progress.Length)
            sources[progress.Source] = progress;
    }
}

/// <summary>Where a rejected line stood.</summary>
/// <param name="Row">Its row.</param>
/// <param name="Reason">Why it was rejected.</param>
/// <param name="Excerpt">Masked beginning.</param>
/// <param name="Log">Its log.</param>
/// <param name="Line">1-based number in the log.</param>
/// <param name="IsCut">It has no newline: the end of an archive cut it off.</param>
internal readonly record struct RejectedLine(int Row, RejectReason Reason, string Excerpt, LogFile Log, long Line, bool IsCut);
