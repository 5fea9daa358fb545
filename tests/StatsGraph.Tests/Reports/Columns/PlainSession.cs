using System.Text;
using StatsGraph.Reports.Columns;

namespace StatsGraph.Tests.Reports.Columns;

/// <summary>A session as a test writes it down, its texts as texts; and the slow, plain way to its visit.</summary>
internal sealed record PlainSession(
    SessionFlags Kind, long Listener, uint Start, uint End, uint Duration, ulong Bytes, string? Mount, long LineHash, int Ordinal, string? Texts)
{
    // By code point, as their UTF-8 bytes are: U+FFFD is before U+1F4FB, though not in UTF-16.
    private static readonly string[] Mounts = ["/b", "/a", "/a/b", "/\uFFFD", "/\U0001F4FB"];

    /// <summary>Sessions that are close in every way, so that ties, chains and long overlaps abound. Bytes tell them apart.</summary>
    public static List<PlainSession> Random(Random random, int count)
    {
        var origin = random.Next(3) == 0 ? 0u : 2_400_000_000u;
        var span = new[] { 2_000, 40_000, 1_000_000 }[random.Next(3)];
        var listeners = random.Next(1, 12);
        var sessions = new List<PlainSession>();
        for (var number = 0; number < count; number++)
        {
            var start = origin + (uint)(random.Next(span / 100) * 100);
            var duration = (uint)(random.Next(6) switch
            {
                0 => 0,
                1 => random.Next(span),
                2 => 100,
                _ => random.Next(3_000),
            });
            var kind = new[] { SessionFlags.None, SessionFlags.None, SessionFlags.Bot, SessionFlags.Relay }[random.Next(4)];
            sessions.Add(new PlainSession(
                kind, random.Next(listeners) * -7_777_777L, start, start + duration, duration, (ulong)number, Mounts[random.Next(Mounts.Length)],
                random.Next(-2, 3), number, random.Next(3) == 0 ? null : $"text {random.Next(4)}"));
        }

        return sessions;
    }

    /// <summary>Puts sessions into rows.</summary>
    public static SessionRows Rows(SiteTexts texts, IReadOnlyList<PlainSession> sessions)
    {
        // Room that is not used must not matter.
        var rows = new SessionRows(sessions.Count + 3) { Count = sessions.Count };
        for (var row = 0; row < sessions.Count; row++)
        {
            var session = sessions[row];
            (rows.Starts[row], rows.Ends[row], rows.Durations[row]) = (session.Start, session.End, session.Duration);
            (rows.Bytes[row], rows.Listeners[row], rows.Kinds[row]) = (session.Bytes, session.Listener, session.Kind);
            (rows.LineHashes[row], rows.Ordinals[row]) = (session.LineHash, session.Ordinal);
            foreach (var column in SiteTexts.Columns)
                rows.Codes(column)[row] = texts[column].Code(column == TextColumn.Mount ? session.Mount : Text(session, column));
        }

        return rows;
    }

    /// <summary>All sessions in order, each with what is to be known of its visit: formed by the book, from all of them.</summary>
    public static List<VisitingSession> Visits(IEnumerable<PlainSession> sessions)
    {
        var formed = sessions
            .GroupBy(session => (session.Kind, session.Listener))
            .SelectMany(group =>
            {
                var ordered = Ordered(group);
                var entry = 0;
                return ordered.Select((session, place) =>
                {
                    var first = place == 0 || session.Start - ordered.Take(place).Max(earlier => (long)earlier.End) >= 1800;
                    entry = first ? place : entry;
                    return (session, Visit: (first, ordered[entry].Mount));
                }).ToList();
            })
            .ToDictionary(pair => pair.session, pair => pair.Visit);
        return [.. Ordered(formed.Keys).Select(session => new VisitingSession(session, formed[session].first, formed[session].Mount))];
    }

    /// <summary>What columns say, row by row, without the sessions that a lens drops.</summary>
    public static List<VisitingSession> Read(SiteColumns columns, VisitLens lens, ReadOnlySpan<long> listeners)
    {
        var read = new List<VisitingSession>();
        for (var number = 0; number < columns.Chunks.Count; number++)
        {
            var chunk = columns.Chunks[number];
            for (var row = 0; row < chunk.Rows; row++)
            {
                var flags = lens.Flags(number)[row];
                if ((flags & SessionFlags.Dropped) != 0)
                {
                    Assert.Equal(SessionFlags.Dropped | (chunk.Flags[row] & SessionFlags.Kinds), flags);
                    continue;
                }

                var session = new PlainSession(
                    flags & SessionFlags.Kinds, listeners[chunk.Listeners[row]], chunk.Starts[row], chunk.Ends[row], chunk.Durations[row],
                    chunk.Bytes[row], Decode(columns, number, lens, TextColumn.Mount, row), chunk.LineHashes[row], chunk.Ordinals[row],
                    Decode(columns, number, lens, TextColumn.City, row)?.Replace("City ", null, StringComparison.Ordinal));
                foreach (var column in SiteTexts.Columns.Where(column => column != TextColumn.Mount))
                    Assert.Equal(Text(session, column), Decode(columns, number, lens, column, row));
                read.Add(new VisitingSession(
                    session, (flags & SessionFlags.First) != 0, Decode(columns, number, lens, TextColumn.EntryMount, row)));
            }
        }

        return read;
    }

    private static string? Decode(SiteColumns columns, int chunk, VisitLens lens, TextColumn column, int row) =>
        columns.Texts[column][lens.Codes(chunk, column)[row]];

    private static string? Text(PlainSession session, TextColumn column) => session.Texts is null ? null : $"{column} {session.Texts}";

    private static List<PlainSession> Ordered(IEnumerable<PlainSession> sessions) =>
    [
        .. sessions.OrderBy(session => session.Start)
            .ThenBy(session => session.End)
            .ThenBy(session => Convert.ToHexString(Encoding.UTF8.GetBytes(session.Mount!)), StringComparer.Ordinal)
            .ThenBy(session => session.LineHash)
            .ThenBy(session => session.Ordinal),
    ];
}

/// <summary>A session and its visit.</summary>
internal sealed record VisitingSession(PlainSession Session, bool First, string? EntryMount);
