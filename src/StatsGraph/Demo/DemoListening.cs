namespace StatsGraph.Demo;

/// <summary>The sessions of the demo's listeners, in the rhythm of days and weeks.</summary>
internal sealed class DemoListening(DemoRandom random)
{
    /// <summary>Burst that Icecast sends at once so that players start quickly.</summary>
    private const int Burst = 65_536;

    /// <summary>Sessions that start in each hour of Berlin's day, in percent of <see cref="Busiest"/>.</summary>
    private static readonly int[] WorkingDay =
        [12, 8, 6, 6, 10, 30, 75, 100, 95, 80, 72, 68, 70, 66, 64, 66, 72, 78, 70, 58, 48, 40, 30, 20];

    private static readonly int[] Weekend =
        [20, 14, 8, 6, 6, 8, 16, 32, 58, 80, 92, 95, 88, 78, 70, 64, 60, 58, 54, 50, 46, 42, 36, 28];

    private const int Busiest = 165;

    /// <summary>Seconds of sessions: most are short, some last for hours, a few for more than a day.</summary>
    private static readonly (int PerMille, int Value)[] Durations =
        [(0, 0), (80, 5), (220, 25), (380, 120), (550, 600), (700, 1_800), (800, 3_600), (900, 7_200), (970, 14_400), (995, 36_000), (1_000, 130_000)];

    private readonly DemoAudience audience = new(random);

    /// <summary>Every session that starts before the logs end, with the probes of the players that send some.</summary>
    public IEnumerable<DemoLine> Lines() => Hours().SelectMany(SessionsOf);

    private static IEnumerable<long> Hours()
    {
        for (var hour = DemoClock.First; hour < DemoClock.Last; hour += DemoClock.Hour)
        {
            yield return hour;
        }
    }

    private IEnumerable<DemoLine> SessionsOf(long hour)
    {
        var local = DemoClock.Local(hour);
        var shape = local.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? Weekend : WorkingDay;
        var expected = shape[local.Hour] * Busiest * random.Between(85, 115) / 100;
        var sessions = (expected / 100) + (random.Below(100) < expected % 100 ? 1 : 0);
        for (var session = 0; session < sessions; session++)
        {
            foreach (var line in VisitFrom(hour + random.Below((int)DemoClock.Hour)))
            {
                yield return line;
            }
        }
    }

    /// <summary>One session, and now and then further ones of the same listener soon after it: it changed the stream or lost the connection.</summary>
    private IEnumerable<DemoLine> VisitFrom(long start)
    {
        var listener = audience.Pick(random);
        var mount = random.PerMille(850) ? listener.Mount : DemoStation.Mounts[random.Below(DemoStation.Mounts.Count)];
        if (listener.Player.Probes && random.PerMille(700))
        {
            yield return DemoLine.Of(listener.Address, start, "GET " + mount.Path, 206, 2, listener.Player.Agent, 0);
        }

        do
        {
            var duration = (long)random.Quantile(Durations) * listener.Player.Patience / 100;
            var bytes = (duration * mount.BytesPerSecond) + random.Below(Burst);
            yield return DemoLine.Of(
                listener.Address, start + duration, "GET " + mount.Path, 200, bytes, listener.Player.Agent, duration, listener.Page);
            start += duration + random.Between(2, 900);
            mount = random.PerMille(500) ? mount : DemoStation.Mounts[random.Below(DemoStation.Mounts.Count)];
        }
        while (random.PerMille(180));
    }
}
