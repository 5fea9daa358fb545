using System.Runtime.InteropServices;
using Apache.Arrow;
using StatsGraph.Lake;

namespace StatsGraph.Reports.Columns;

/// <summary>
/// A batch of the lake's lines on its way into <see cref="SessionRows"/>. What is a session, and what becomes of nulls, is as
/// Sessions/Sessions.sql and the figures have it: a line without a duration, or with one below 0, is no session; one without a start is
/// in no figure and only tells the name of its network; one without bytes adds none.
/// </summary>
internal sealed class SessionBatch
{
    private const long Second = 1_000_000;

    /// <summary>Instead of the kind of a line that is no session.</summary>
    private const SessionFlags NoSession = (SessionFlags)byte.MaxValue;

    private readonly LakeFile file;
    private readonly DictionaryArray classes;
    private readonly SessionFlags[] kinds;
    private readonly TimestampArray starts;
    private readonly TimestampArray ends;
    private readonly Int64Array durations;
    private readonly Decimal128Array bytes;
    private readonly Int64Array listeners;
    private readonly Int64Array lineHashes;
    private readonly Int32Array ordinals;
    private readonly NetworkCodes networks;
    private readonly (TextColumn Column, TextCodes Codes)[] texts;
    private int[] picked = [];
    private int next;

    /// <param name="file">The file that it is of.</param>
    /// <param name="batch">Columns of <see cref="SessionColumns"/>; to be kept until all sessions are taken.</param>
    /// <param name="site">Gets the texts.</param>
    /// <param name="aliases">Mounts that count as other mounts.</param>
    /// <param name="networkCodes">Codes by the numbers of networks, of the batches before; grows.</param>
    public SessionBatch(
        LakeFile file, RecordBatch batch, SiteTexts site, IReadOnlyDictionary<string, string> aliases, Dictionary<long, int> networkCodes)
    {
        this.file = file;
        classes = (DictionaryArray)batch.Column(LineColumns.Class);
        kinds = Kinds((StringArray)classes.Dictionary);
        starts = (TimestampArray)batch.Column(LineColumns.StartedAt);
        ends = (TimestampArray)batch.Column(LineColumns.EndedAt);
        durations = (Int64Array)batch.Column(LineColumns.Duration);
        bytes = (Decimal128Array)batch.Column(LineColumns.Bytes);
        listeners = (Int64Array)batch.Column(LineColumns.Listener);
        lineHashes = (Int64Array)batch.Column(LineColumns.LineHash);
        ordinals = (Int32Array)batch.Column(LineColumns.Ordinal);
        networks = new NetworkCodes(
            (Int64Array)batch.Column(LineColumns.Asn), (DictionaryArray)batch.Column(LineColumns.Network), site, networkCodes);
        texts =
        [
            Texts(TextColumn.Mount, LineColumns.Mount, mount => aliases.GetValueOrDefault(mount, mount)),
            Texts(TextColumn.Country, LineColumns.Country),
            Texts(TextColumn.Region, LineColumns.Region),
            Texts(TextColumn.City, LineColumns.City),
            Texts(TextColumn.Referrer, LineColumns.Referrer),
            Texts(TextColumn.Player, LineColumns.Player),
            Texts(TextColumn.UserAgent, LineColumns.UserAgent),
        ];

        (TextColumn, TextCodes) Texts(TextColumn column, string name, Func<string, string>? counted = null)
        {
            var dictionary = site[column];
            return (column, new TextCodes(batch.Column(name), text => dictionary.Code(counted is null ? text : counted(text))));
        }
    }

    /// <summary>Adds the next sessions to rows, until they are full.</summary>
    /// <returns>Whether there may be more.</returns>
    /// <exception cref="UnfitSessionException">A session has a value that the rows cannot hold.</exception>
    public bool Fill(SessionRows rows)
    {
        var (first, room) = (rows.Count, rows.Capacity - rows.Count);
        if (picked.Length < Math.Min(room, classes.Length))
            picked = new int[Math.Min(room, classes.Length)];
        var count = Pick(rows, first);
        var found = picked.AsSpan(0, count);
        WriteBytes(found, rows.Bytes.AsSpan(first));
        WriteListeners(found, rows.Listeners.AsSpan(first));
        Gather(lineHashes.Values, found, rows.LineHashes.AsSpan(first));
        Gather(ordinals.Values, found, rows.Ordinals.AsSpan(first));
        networks.Write(found, rows.Durations.AsSpan(first), rows.Codes(TextColumn.Network).AsSpan(first));
        foreach (var (column, codes) in texts)
            codes.Write(found, rows.Codes(column).AsSpan(first));
        rows.Count += count;
        return next < classes.Length;
    }

    private static SessionFlags[] Kinds(StringArray classes) =>
        [.. Enumerable.Range(0, classes.Length).Select(index => Kind(classes.GetString(index)))];

    private static SessionFlags Kind(string lineClass) =>
        lineClass == LineClassNames.Text(LineClass.Listener) ? SessionFlags.None
        : lineClass == LineClassNames.Text(LineClass.Relay) ? SessionFlags.Relay
        : lineClass == LineClassNames.Text(LineClass.Bot) ? SessionFlags.Bot
        : NoSession;

    private static void Gather<T>(ReadOnlySpan<T> source, ReadOnlySpan<int> found, Span<T> target)
    {
        for (var i = 0; i < found.Length; i++)
            target[i] = source[found[i]];
    }

    /// <summary>
    /// Finds the next sessions and writes what tells that they are some; returns how many. The one loop over all lines: it is long so that each
    /// line is looked at once.
    /// </summary>
    private int Pick(SessionRows rows, int first)
    {
        var hasClass = new Validity(classes);
        var hasStart = new Validity(starts);
        var hasEnd = new Validity(ends);
        var hasDuration = new Validity(durations);
        var classIndices = ((Int32Array)classes.Indices).Values;
        var startValues = starts.Values;
        var endValues = ends.Values;
        var durationValues = durations.Values;
        var (index, capacity) = (first, rows.Capacity);
        for (; next < classIndices.Length && index < capacity; next++)
        {
            var kind = hasClass[next] ? kinds[classIndices[next]] : NoSession;
            if (kind == NoSession || !hasDuration[next] || durationValues[next] is var duration && duration < 0)
                continue;
            if (duration > uint.MaxValue)
                throw Unfit(next, $"a duration of {duration} s", $"at most {uint.MaxValue}");
            if (!hasStart[next])
            {
                networks.Note(next, (uint)duration);
                continue;
            }

            // Cut towards 0, as the engine divides.
            var (start, end) = (startValues[next] / Second, hasEnd[next] ? endValues[next] / Second : throw Unfit(next, "no end", "one"));
            if (!ColumnTime.Holds(start) || !ColumnTime.Holds(end) || end < start)
                throw Unfit(next, $"the start {start} and the end {end} in seconds since 1970", "an end not before it, both from 1950 to 2086");
            (rows.Starts[index], rows.Ends[index]) = (ColumnTime.Of(start), ColumnTime.Of(end));
            (rows.Durations[index], rows.Kinds[index]) = ((uint)duration, kind);
            picked[index - first] = next;
            index++;
        }
        return index - first;
    }

    private void WriteBytes(ReadOnlySpan<int> found, Span<ulong> target)
    {
        // A number of 128 bits is two of 64, the lower half first.
        var isThere = new Validity(bytes);
        var halves = MemoryMarshal.Cast<byte, ulong>(bytes.ValueBuffer.Span)[(2 * bytes.Offset)..];
        for (var i = 0; i < found.Length; i++)
        {
            var row = found[i];
            if (!isThere[row])
                target[i] = 0;
            else if (halves[(2 * row) + 1] == 0)
                target[i] = halves[2 * row];
            else
                throw Unfit(row, $"{new Int128(halves[(2 * row) + 1], halves[2 * row])} bytes", $"0 to {ulong.MaxValue}");
        }
    }

    private void WriteListeners(ReadOnlySpan<int> found, Span<long> target)
    {
        var isThere = new Validity(listeners);
        foreach (var row in found)
        {
            if (!isThere[row])
                throw Unfit(row, "no listener", "one");
        }
        Gather(listeners.Values, found, target);
    }

    private UnfitSessionException Unfit(int row, string found, string expected)
        => new(file, lineHashes.Values[row], ordinals.Values[row], found, expected);
}
