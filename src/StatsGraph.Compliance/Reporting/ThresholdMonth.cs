using NodaTime;
using NodaTime.Text;
using StatsGraph.Compliance.Channels;
using StatsGraph.Reports.Periods;

namespace StatsGraph.Compliance;

/// <summary>What a threshold is compared with in one calendar month.</summary>
/// <param name="Name">The month: <c>2026-10</c>.</param>
/// <param name="Threshold">Hours.</param>
/// <param name="From">First instant of the month.</param>
/// <param name="To">First instant after it.</param>
/// <param name="Through">How far the data reach.</param>
internal sealed record ThresholdMonth(string Name, double Threshold, Instant From, Instant To, Instant? Through)
{
    private readonly Dictionary<string, long> mounts = new(StringComparer.Ordinal);

    /// <summary>A month before anything was heard in it.</summary>
    /// <param name="threshold">Hours.</param>
    /// <param name="first">Its first day.</param>
    /// <param name="period">The period that it is of.</param>
    public static ThresholdMonth Of(double threshold, LocalDate first, ResolvedPeriod period)
    {
        var zone = DateTimeZoneProviders.Tzdb[period.TimeZone];
        return new ThresholdMonth(
            LocalDatePattern.CreateWithInvariantCulture("uuuu'-'MM").Format(first),
            threshold,
            zone.AtStartOfDay(first).ToInstant(),
            zone.AtStartOfDay(first.PlusMonths(1)).ToInstant(),
            period.DataThrough);
    }

    /// <summary>Adds what was heard on a mount.</summary>
    public void Add(string mount, long seconds) => mounts[mount] = seconds;

    /// <summary>What a channel used of the threshold.</summary>
    public ThresholdUse Of(Channel channel)
    {
        var hours = Listening.HoursOf(channel.Mounts.Sum(mount => mounts.GetValueOrDefault(mount)));
        var projection = Through > From && Through < To ? Project(hours, (double)(Through.Value - From).TotalSeconds / (To - From).TotalSeconds) : null;
        return new ThresholdUse(Name, Threshold, hours, hours / Threshold, projection, ReportWords.Threshold(Name, Threshold, hours, projection));
    }

    /// <summary>What the month comes to if the rest of it is as its elapsed part was.</summary>
    private ThresholdProjection Project(double hours, double elapsed) => new(elapsed, hours / elapsed, hours / elapsed / Threshold);
}
