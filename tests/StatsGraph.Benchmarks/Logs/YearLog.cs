using System.Text;

namespace StatsGraph.Benchmarks.Logs;

/// <summary>
/// Writes the access logs of a year of a station, part by part: so many sessions of listeners who come back, more of them in the evening and on
/// Sundays, from no second to a whole day long; 1 in 20 goes on to another mount. Beside them are errors, crawlers and pages. The same
/// for the same numbers, on every machine.
/// </summary>
internal sealed class YearLog
{
    /// <summary>When the year begins: midnight in Berlin.</summary>
    public static readonly DateTimeOffset First = new(2024, 12, 31, 23, 0, 0, TimeSpan.Zero);

    private const int Days = 365;
    private const int Hours = 24 * Days;
    private const int SecondsPerHour = 3600;

    /// <summary>1 in so many addresses belongs to a regular, who listens all year; the others come for a while and go.</summary>
    private const int AddressesPerRegular = 20;

    /// <summary>Those who come and go are there at a time: 1 in so many.</summary>
    private const int AddressesPerPresent = 8;

    /// <summary>Sessions that end in an hour of the day, by the weight of the hour.</summary>
    private static readonly int[] DayShape = [5, 4, 3, 3, 4, 8, 16, 24, 26, 24, 22, 22, 24, 22, 21, 22, 24, 26, 26, 24, 22, 19, 14, 8];

    private readonly int sessions;
    private readonly Audience audience;
    private readonly StableRandom random;
    private readonly int[] untilHour = new int[Hours + 1];
    private readonly int[] mountUpTo;
    private readonly PriorityQueue<Session, DateTimeOffset> goingOn = new();
    private readonly StringBuilder text = new();

    /// <summary>Begins a year.</summary>
    /// <param name="sessions">Sessions of listeners in all.</param>
    /// <param name="addresses">Addresses that they have.</param>
    /// <param name="seed">Tells stations apart.</param>
    public YearLog(int sessions, int addresses, ulong seed)
    {
        this.sessions = sessions;
        Addresses = addresses;
        audience = new Audience(addresses);
        random = new StableRandom(20250101 + seed);
        var total = Enumerable.Range(0, Hours).Sum(Weight);
        for (long hour = 0, weight = 0; hour < Hours; hour++)
            untilHour[hour + 1] = (int)((weight += Weight((int)hour)) * sessions / total);
        mountUpTo = new int[audience.Mounts.Count];
        for (var (mount, sum) = (0, 0); mount < mountUpTo.Length; mount++)
            mountUpTo[mount] = sum += 1000 / (mount + 1);
    }

    /// <summary>Mounts of the station.</summary>
    public IReadOnlyList<string> Mounts => audience.Mounts;

    /// <summary>User agents of the listeners.</summary>
    public IReadOnlyList<string> UserAgents => audience.UserAgents;

    private int Addresses { get; }

    /// <summary>Writes the log of one of equal parts of the year. They are to be written in order.</summary>
    public void WritePart(string path, int part, int parts)
    {
        using var writer = Open(path);
        for (var hour = part * Hours / parts; hour < (part + 1) * Hours / parts; hour++)
            WriteHour(writer, hour, untilHour[hour + 1] - untilHour[hour]);
    }

    /// <summary>Writes the log of an hour after the year, with more sessions than an hour has.</summary>
    public void WriteRush(string path, int hour, int count)
    {
        goingOn.Clear();
        using var writer = Open(path);
        WriteHour(writer, Hours + hour, count);
    }

    private static StreamWriter Open(string path)
        => new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 20);

    private static int Weight(int hour) => DayShape[hour % 24] * (hour / 24 % 7 == 4 ? 5 : 4);

    private void WriteHour(StreamWriter writer, int hour, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var end = First.AddHours(hour).AddSeconds((long)number * SecondsPerHour / count);
            var session = goingOn.TryPeek(out _, out var due) && due <= end ? goingOn.Dequeue() : Session.Of(Listener(hour), end, Duration());
            if (session.Mount < 0)
                session = session with { Mount = Mount(session.Listener) };
            if (random.Below(20) == 0)
                GoOn(session);
            text.Clear();
            Append(session);
            if (random.Below(25) == 0)
                AppendOther(end, hour);
            writer.Write(text);
        }
    }

    /// <summary>The listener begins anew within half an hour, on another mount.</summary>
    private void GoOn(Session session)
    {
        var duration = Duration();
        var end = session.End.AddSeconds(random.Below(1500) + duration);
        goingOn.Enqueue(new Session(session.Listener, end, duration, (session.Mount + 1 + random.Below(Mounts.Count - 1)) % Mounts.Count), end);
    }

    private void Append(Session session)
        => LogLine.Append(
            text, audience.Address(session.Listener), session.End, $"GET {Mounts[session.Mount]} HTTP/1.1", 200,
            ((ulong)session.Duration * 16_000) + (ulong)random.Below(65_536), LogLine.Referrers[random.Below(LogLine.Referrers.Count)],
            audience.UserAgent(session.Listener), session.Duration);

    private void AppendOther(DateTimeOffset end, int hour)
    {
        var listener = Listener(hour);
        _ = random.Below(8) switch
        {
            < 5 => LogLine.Append(
                text, audience.Address(listener), end, $"GET /gone{random.Below(30)}.mp3 HTTP/1.1", 404, 378, "-", audience.UserAgent(listener), 0),
            < 7 => LogLine.Append(
                text, "203.0.113.9", end, $"GET {Mounts[Mount(listener)]} HTTP/1.1", 200, 960_000, "-",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 60),
            _ => LogLine.Append(
                text, audience.Address(listener), end, "GET /favicon.ico HTTP/1.1", 200, 1150, "https://radio.example.org/", audience.UserAgent(listener), 0),
        };
    }

    /// <summary>A third are regulars, the keen ones of them more often; the others are those of the season.</summary>
    private int Listener(int hour)
    {
        var regulars = Math.Max(1, Addresses / AddressesPerRegular);
        if (random.Below(3) == 0)
            return Math.Min(random.Below(regulars), random.Below(regulars));
        var present = Math.Max(1, (Addresses - regulars) / AddressesPerPresent);
        var gone = (long)(Addresses - regulars - present) * Math.Min(hour, Hours) / Hours;
        return regulars + (int)gone + random.Below(present);
    }

    /// <summary>Mostly the listener's own mount, which is one of the first for most.</summary>
    private int Mount(int listener)
    {
        var total = mountUpTo[^1];
        var point = random.Below(5) > 0 ? (int)(((uint)listener * 2246822519u >> 4) % (uint)total) : random.Below(total);
        return Array.FindIndex(mountUpTo, upTo => point < upTo);
    }

    /// <summary>Seconds: some who only look in, most for minutes, many for an hour or more, a few from six hours to a day.</summary>
    private int Duration() => random.Below(1000) switch
    {
        < 100 => random.Below(10),
        < 550 => 10 + random.Below(590),
        < 850 => 600 + random.Below(3_000),
        < 990 => 3_600 + random.Below(10_800),
        _ => 21_600 + random.Below(64_800),
    };

    /// <summary>A session before it is a line.</summary>
    /// <param name="Listener">Number of the listener.</param>
    /// <param name="End">Its end.</param>
    /// <param name="Duration">Seconds.</param>
    /// <param name="Mount">Number of the mount; negative while it is not chosen.</param>
    private readonly record struct Session(int Listener, DateTimeOffset End, int Duration, int Mount)
    {
        public static Session Of(int listener, DateTimeOffset end, int duration) => new(listener, end, duration, -1);
    }
}
