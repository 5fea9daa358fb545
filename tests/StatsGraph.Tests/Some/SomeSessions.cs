using System.Globalization;
using System.Text;
using StatsGraph.Reports.Columns;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Tests.Some;

/// <summary>A session as a test writes it down; instants in seconds since 1970.</summary>
internal sealed record SomeSession(
    string Kind, long Start, long End, ulong Bytes, string? Mount, long Listener, long Hash, string? Country, string? Region, string? City, string? Referrer,
    string? Player, string? Agent, long? Asn, string? NetworkName)
{
    public long Duration => End - Start;
}

/// <summary>Random sessions of a few listeners, close to each other, with ties and extremes; the same ones as a Parquet file and as rows of columns.</summary>
internal static class SomeSessions
{
    /// <summary>Sessions over some days from an instant.</summary>
    public static List<SomeSession> Make(int seed, int count, long from, int days)
    {
        var random = new Random(seed);
        T Any<T>(params T[] values) => values[random.Next(values.Length)];
        return [.. Enumerable.Range(0, count).Select(number =>
        {
            var start = from + (random.Next(4) == 0 ? random.Next(days * 96) * 900L : random.NextInt64(days * 86_400L));
            var seconds = random.Next(12) switch
            {
                0 => 0,
                1 => random.Next(86_400 * 3),
                2 => 900 * random.Next(8),
                3 => random.Next(120),
                _ => random.Next(7_200),
            };
            return new SomeSession(
                Any("listener", "listener", "listener", "listener", "relay", "bot"),
                start,
                start + seconds,
                random.Next(30) == 0 ? ulong.MaxValue - (ulong)random.Next(9) : (ulong)random.Next(1_000_000),
                Any("/a", "/b", "/ä", "/live", "/live.mp3", "/a"),
                random.Next(1 + (count / 12)) - 7,
                random.NextInt64() - (1L << 62),
                Any("DE", "US", "AT", null, ""),
                Any("Bavaria", "Texas", null),
                Any("Munich", "Austin", "Zürich", null),
                Any("google.com", "example.org", null, null),
                Any("VLC", "iTunes", null),
                Any("VLC/3.0", "Mozilla/5.0 (X11)", "", null),
                Any<long?>(64500, 15169, null),
                Any("Net", "Another Net", null));
        })];
    }

    /// <summary>Writes them to a file as the lake has them.</summary>
    public static async Task<SiteLines> WriteAsync(QueryEngine engine, string file, IEnumerable<SomeSession> sessions)
    {
        static string Text(string? value) => value is null ? "null" : $"'{value}'";
        var rows = new StringBuilder();
        foreach (var one in sessions)
        {
            rows.Append(rows.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"""
                ({Text(one.Kind)}, {one.Hash}, {one.Start}, {one.End}, {one.Duration}, {one.Bytes}, {Text(one.Mount)}, {one.Listener}, {Text(one.Country)},
                {Text(one.Region)}, {Text(one.City)}, {Text(one.Referrer)}, {Text(one.Player)}, {Text(one.Agent)},
                {one.Asn?.ToString(CultureInfo.InvariantCulture) ?? "null"}, {Text(one.NetworkName)})
                """);
        }

        await engine.ExecuteAsync(
            new Statement($"""
                copy (
                    select
                        kind as class, hash::bigint as line_hash, 0::integer as ordinal, null::varchar as reason, null::varchar as excerpt,
                        to_timestamp(s) as started_at, to_timestamp(e) as ended_at, d::bigint as duration, 200::integer as status,
                        b::decimal(20, 0) as bytes, mount, listener::bigint as listener, agent::varchar as user_agent, player::varchar as player,
                        referrer::varchar as referrer, country::varchar as country, region::varchar as region, city::varchar as city,
                        asn::bigint as asn, name::varchar as network
                    from (values {rows})
                        t(kind, hash, s, e, d, b, mount, listener, country, region, city, referrer, player, agent, asn, name)
                ) to '{file}'
                """),
            CancellationToken.None);
        return new SiteLines(0, $"site-{Guid.NewGuid():N}", [SomeLake.DataFile(file)]);
    }

    /// <summary>The same as rows of columns.</summary>
    public static SessionRows Rows(IReadOnlyList<SomeSession> sessions, SiteTexts texts)
    {
        var rows = new SessionRows(sessions.Count) { Count = sessions.Count };
        foreach (var (row, one) in sessions.Index())
        {
            (rows.Starts[row], rows.Ends[row], rows.Durations[row]) = (ColumnTime.Of(one.Start), ColumnTime.Of(one.End), (uint)one.Duration);
            (rows.Bytes[row], rows.Listeners[row], rows.LineHashes[row]) = (one.Bytes, one.Listener, one.Hash);
            rows.Kinds[row] = one.Kind switch { "relay" => SessionFlags.Relay, "bot" => SessionFlags.Bot, _ => SessionFlags.None };
            void Set(TextColumn column, string? text) => rows.Codes(column)[row] = texts[column].Code(text);
            Set(TextColumn.Mount, one.Mount);
            Set(TextColumn.Country, one.Country);
            Set(TextColumn.Region, one.Region);
            Set(TextColumn.City, one.City);
            Set(TextColumn.Referrer, one.Referrer);
            Set(TextColumn.Player, one.Player);
            Set(TextColumn.UserAgent, one.Agent);
            Set(TextColumn.Network, one.Asn is null ? null : $"AS{one.Asn}");
            texts.NetworkNames.Add(rows.Codes(TextColumn.Network)[row], one.NetworkName, (uint)one.Duration);
        }

        return rows;
    }
}
