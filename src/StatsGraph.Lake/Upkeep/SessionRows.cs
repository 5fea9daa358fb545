using Apache.Arrow;
using StatsGraph.Lake.DataFiles;

namespace StatsGraph.Lake.Upkeep;

/// <summary>Whose sessions are chained to visits: those of one listener and kind.</summary>
/// <param name="Kind">Listener, relay or bot.</param>
/// <param name="Listener">The listener's hash.</param>
internal readonly record struct SessionOwner(LineClass Kind, long Listener);

/// <summary>The rows of a batch as far as it depends on them what is old.</summary>
internal readonly struct SessionRows
{
    private readonly Int32Array classIndices;
    private readonly LineClass[] classes;
    private readonly TimestampArray starts;
    private readonly TimestampArray ends;
    private readonly Int64Array listeners;

    /// <summary>Reads what <see cref="DataFileReader.ReadSessions"/> gives.</summary>
    public SessionRows(RecordBatch batch)
    {
        var dictionary = (DictionaryArray)batch.Column(LineColumns.Class);
        var texts = (StringArray)dictionary.Dictionary;
        classes = [.. Enumerable.Range(0, texts.Length).Select(index => LineClassNames.Parse(texts.GetString(index)))];
        classIndices = (Int32Array)dictionary.Indices;
        starts = (TimestampArray)batch.Column(LineColumns.StartedAt);
        ends = (TimestampArray)batch.Column(LineColumns.EndedAt);
        listeners = (Int64Array)batch.Column(LineColumns.Listener);
        Count = batch.Length;
    }

    /// <summary>Number of rows.</summary>
    public int Count { get; }

    /// <summary>The stamp in microseconds since 1970, or null.</summary>
    public long? End(int row) => ends.GetValue(row);

    /// <summary>The row as a session; false when it is none.</summary>
    public bool TrySession(int row, out SessionOwner owner, out long start, out long end)
    {
        var kind = classes[classIndices.GetValue(row)!.Value];
        var (started, ended, listener) = (starts.GetValue(row), ends.GetValue(row), listeners.GetValue(row));
        var isSession = kind is LineClass.Listener or LineClass.Relay or LineClass.Bot
            && started is not null && ended is not null && listener is not null;
        (owner, start, end) = isSession ? (new SessionOwner(kind, listener!.Value), started!.Value, ended!.Value) : default;
        return isSession;
    }
}
