using System.IO.Compression;
using StatsGraph.Tests.Oracle;

namespace StatsGraph.Tests.Some;

/// <summary>What a random log is made like; the same numbers make the same log.</summary>
/// <param name="Seed">Which of the logs.</param>
/// <param name="Lines">About how many lines; duplicates come on top.</param>
/// <param name="Zone">IANA zone whose midnights, month ends and clock changes the sessions gather around.</param>
/// <param name="FirstMonth">First day of the months that the log covers.</param>
/// <param name="Months">How many months.</param>
/// <param name="Unfinished">Whether a last line is still being written.</param>
public sealed record RandomLogOptions(int Seed, int Lines, string Zone, DateOnly FirstMonth, int Months = 1, bool Unfinished = false);

/// <summary>A file that holds a part of a log; gzip when its name says so.</summary>
public sealed record LogPiece(string Name, byte[] Bytes);

/// <summary>
/// A whole log with everything that is hard: chained visits, exact gaps of 30 minutes and a second less, ties, sessions over
/// midnights, month ends and clock changes, every class, every reason of rejection, duplicates, strange bytes.
/// Only text: what it means is for a parser to say. Equal lines stand next to one another.
/// </summary>
public sealed class RandomLog
{
    private static readonly int[] Gaps = [-600, -1, 0, 0, 1, 60, 299, 300, 1_799, 1_799, 1_800, 1_800, 1_801];
    private static readonly int[] Nudges = [-3_600, -1_800, -901, -900, -301, -300, -299, -1, 0, 0, 1, 299, 300, 600, 899, 900, 1_800];

    private static readonly int[] Durations =
        [0, 0, 1, 2, 30, 59, 60, 61, 299, 300, 301, 600, 899, 900, 901, 1_799, 1_800, 1_801, 3_600, 3_601, 7_200, 14_400];

    private readonly Random random;
    private readonly RandomLines lines;
    private readonly List<long> anchors;
    private readonly List<(string Address, string Agent, long Start, long End)> past = [];

    private RandomLog(RandomLogOptions options)
    {
        random = new Random(options.Seed);
        lines = new RandomLines(random);
        anchors = Anchors(options);
        Lines = Ordered(Enumerable.Range(0, options.Lines).Select(_ => Line()).ToList());
        Unfinished = options.Unfinished ? lines.Dressed(lines.Apart(anchors[^1], 30).ToString()[..^6]) : [];
    }

    /// <summary>The lines in the order of the log, without newlines.</summary>
    public IReadOnlyList<byte[]> Lines { get; }

    /// <summary>Bytes after the last newline.</summary>
    public byte[] Unfinished { get; }

    /// <summary>Makes a log.</summary>
    public static RandomLog Make(RandomLogOptions options) => new(options);

    /// <summary>The log as one file.</summary>
    public byte[] ToBytes() => [.. Join(Lines), .. Unfinished];

    /// <summary>
    /// The log in pieces, cut at line ends but never between equal lines, in any order, some compressed, some twice, together with
    /// older copies (a piece's beginning, cut anywhere) and perhaps the whole log. Imported in any way, they hold the lines of
    /// <see cref="ToBytes"/> and no others.
    /// </summary>
    public IReadOnlyList<LogPiece> Cut(int seed)
    {
        var dice = new Random(seed);
        var places = Enumerable.Range(1, Lines.Count - 1)
            .Where(index => !Stripped(Lines[index - 1]).SequenceEqual(Stripped(Lines[index])))
            .ToArray();
        dice.Shuffle(places);
        var cuts = places.Take(dice.Next(1, 9)).Append(0).Append(Lines.Count).Distinct().Order().ToList();

        var pieces = new List<LogPiece>();
        foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
        {
            var bytes = to == Lines.Count ? [.. Join(Lines.Take(from..to)), .. Unfinished] : Join(Lines.Take(from..to));
            pieces.Add(new LogPiece($"{from:000000}.log", bytes));
            if (dice.Next(3) == 0)
                pieces.Add(new LogPiece($"{from:000000}.older.log", bytes[..dice.Next(bytes.Length)]));
            if (dice.Next(4) == 0)
                pieces.Add(new LogPiece($"{from:000000}.again.log", bytes));
        }

        if (dice.Next(2) == 0)
            pieces.Add(new LogPiece("whole.log", ToBytes()));
        var files = pieces.Select(piece => dice.Next(2) == 0 && piece.Bytes is [.., (byte)'\n'] ? Compressed(piece) : piece).ToArray();
        dice.Shuffle(files);
        return files;
    }

    /// <summary>Midnights, month ends and clock changes of the zone, and a few instants in between.</summary>
    private List<long> Anchors(RandomLogOptions options)
    {
        var zone = new OracleZone(options.Zone);
        var end = options.FirstMonth.AddMonths(options.Months);
        var (first, count) = (options.FirstMonth, end.DayNumber - options.FirstMonth.DayNumber + 1);
        var days = Enumerable.Range(0, count).Select(day => first.AddDays(day)).ToList();
        var changes = zone.Runs(zone.StartOf(first), zone.StartOf(end), (_, offset) => $"{offset}").Skip(1).Select(run => run.From);
        var special = days.Where(day => day.Day == 1).Select(zone.StartOf).Concat(changes).ToList();
        var usual = days.SelectMany(day => new[] { zone.StartOf(day), zone.StartOf(day) + (random.Next(96) * 900) });
        return [.. Enumerable.Repeat(special, 4).SelectMany(each => each), .. usual];
    }

    private string Line() => random.Next(100) switch
    {
        < 72 => Listening(),
        < 80 => lines.Apart(lines.OneOf(anchors) + lines.OneOf(Nudges), lines.OneOf(Durations)).ToString(),
        < 91 => lines.Other(lines.OneOf(anchors) + lines.OneOf(Nudges)).ToString(),
        < 98 => lines.Rejected(lines.OneOf(anchors)),
        _ => lines.Blank(),
    };

    private string Listening()
    {
        var (address, agent) = (lines.OneOf(RandomLines.Addresses), lines.OneOf(RandomLines.Agents));
        var duration = random.Next(30) switch
        {
            0 => random.Next(3) * 86_400L,
            < 8 => random.Next(20_000),
            _ => lines.OneOf(Durations),
        };
        var start = lines.OneOf(anchors) + lines.OneOf(Nudges);
        if (past.Count > 0 && random.Next(3) > 0)
        {
            var other = past[random.Next(Math.Max(0, past.Count - 40), past.Count)];
            (address, agent) = random.Next(6) == 0 ? (address, agent) : (other.Address, other.Agent);
            start = random.Next(5) == 0 ? other.Start : other.End + lines.OneOf(Gaps);
        }
        else if (random.Next(4) == 0)
        {
            // Ends, rather than begins, at the anchor.
            start -= duration;
        }

        past.Add((address, agent, start, start + duration));
        return lines.Listening(address, agent, start, duration).ToString();
    }

    /// <summary>Nearly by time, some lines late, a few doubled, equal ones side by side.</summary>
    private List<byte[]> Ordered(List<string> texts)
    {
        var byTime = texts.OrderBy(text => EndOf(text) + (random.Next(12) == 0 ? random.Next(100_000) : random.Next(3)));
        return byTime
            .SelectMany(text => Enumerable.Repeat(text, random.Next(30) == 0 ? random.Next(2, 4) : 1))
            .Select(lines.Dressed)
            .GroupBy(line => Convert.ToHexString(Stripped(line)))
            .SelectMany(equal => equal)
            .ToList();
    }

    private long EndOf(string text)
    {
        var parsed = ReferenceParser.Parse(ReferenceParser.Strip(System.Text.Encoding.Latin1.GetBytes(text)));
        return parsed is ReferenceLine.Accepted record ? record.EndedAt : lines.OneOf(anchors);
    }

    private static byte[] Stripped(byte[] line) => ReferenceParser.Strip(line);

    private static byte[] Join(IEnumerable<byte[]> some) => [.. some.SelectMany(line => line.Append((byte)'\n'))];

    private static LogPiece Compressed(LogPiece piece)
    {
        using var stream = new MemoryStream();
        using (var archive = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
            archive.Write(piece.Bytes);
        return new LogPiece(piece.Name + ".gz", stream.ToArray());
    }
}
