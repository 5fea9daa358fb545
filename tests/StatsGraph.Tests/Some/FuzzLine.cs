using System.Text;

namespace StatsGraph.Tests.Some;

/// <summary>Single lines, without newlines, for parsers that must agree: whole ones, damaged ones and rubbish.</summary>
public static class FuzzLine
{
    private static readonly string[] Marks =
    [
        "\"", "\" \"", "\" ", " \"", " ", "  ", "\t", "-", " - ", "[", "]", ",", "\\", "%", "%2", "%00", "%41", "?", "/", "//", "|", "||||",
        "#", "#Fields", "\0", "\r", "\v", "\f", "\u00EF\u00BB\u00BF", "\u00FF", "\u00C3\u00A4",
    ];

    private static readonly string[] Snippets =
    [
        .. Marks,
        "0", "-5", "15", "18446744073709551615", "18446744073709551616", "999999999999999999999",
        "\" 200 5 \"", "\" 206 0 \"", "\" 20 5 \"", "\" 200 \"",
        "[22/Nov/2026:17:00:33 +0000]", " [22/Xyz/0000:99:99:99 -9999] \"", "22/Nov/2026:17:00:33", "22/Nov/2026:17:00:33 +0000",
        " +0530", " +1800", " -1801", " +0060", "29/Feb/2024", "29/Feb/2026",
        "01/Jan/1970:00:00:00 +0000", "31/Dec/9999:23:59:59 +0000", "31/Dec/9999:23:59:59 -0001", "01/Jan/0000:00:00:00 +0000",
        "2026-11-22 17:00:33 ", "[2026-11-22  17:00:33] INFO ", "Nov 22 17:00:33 ", "Nov  2 17:00:33 ", "<13>",
        "GET /live.mp3 HTTP/1.1", "SOURCE", "STATS", "/admin/", "/admin.cgi", ".m3u", "(null)",
        "::1", "[::1]", "::ffff:1.2.3.4", "1.2.3.4", "01.2.3.4", "1.2.3.256",
        "http://", "https://A.b.:80/", "http://u@h@i/", "x://[::1",
        "Icecast", "Icecast 2", "Icecast2", "bot", "Cubot", "CUBOT", "robots.txt", "okhttp",
    ];

    /// <summary>Any number of lines; the same seed gives the same ones.</summary>
    public static IEnumerable<byte[]> Many(int seed, int count)
    {
        var random = new Random(seed);
        var wholes = RandomLog.Make(new RandomLogOptions(seed, 1_500, "Europe/Berlin", new DateOnly(2026, 10, 1))).Lines
            .Select(Encoding.Latin1.GetString)
            .ToArray();
        for (var made = 0; made < count; made++)
            yield return Encoding.Latin1.GetBytes(Next(random, wholes).Replace('\n', ' '));
    }

    private static string Next(Random random, string[] wholes)
    {
        if (random.Next(10) == 0)
            return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => OneOf(random, Snippets)));

        var line = OneOf(random, wholes);
        for (var damage = random.Next(4); damage > 0; damage--)
            line = Damaged(random, line, wholes);
        return line;
    }

    private static string Damaged(Random random, string line, string[] wholes)
    {
        var (from, to) = Range(random, line.Length);
        return random.Next(9) switch
        {
            0 => line[..from],
            1 => line[from..],
            2 => line.Remove(from, Math.Min(to - from, random.Next(1, 4))),
            3 => line.Remove(from, to - from),
            4 or 5 => line.Insert(from, OneOf(random, Snippets)),
            6 => line[..from] + OneOf(random, Snippets) + line[to..],
            7 => line[..from] + (char)random.Next(256) + line[Math.Min(from + 1, line.Length)..],
            _ => random.Next(3) switch
            {
                0 => line.Insert(from, new string('a', Math.Max(0, 1_023 - line.Length + random.Next(-2, 3)))),
                1 => line[..from] + string.Concat(OneOf(random, wholes).Take(random.Next(20))),
                _ => line + OneOf(random, wholes),
            },
        };
    }

    private static (int From, int To) Range(Random random, int length)
    {
        var (one, other) = (random.Next(length + 1), random.Next(length + 1));
        return (Math.Min(one, other), Math.Max(one, other));
    }

    private static T OneOf<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
