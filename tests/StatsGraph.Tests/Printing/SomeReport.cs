using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Profiles;

namespace StatsGraph.Tests.Printing;

/// <summary>Compliance reports that a test makes up, with random figures from a seed.</summary>
internal sealed record SomeReport
{
    public string Profile { get; init; } = "US-ATH";

    public string Period { get; init; } = "2026-10";

    public string Site { get; init; } = "Some Radio";

    public IReadOnlyList<string> Channels { get; init; } = ["Main", "/rock.mp3"];

    /// <summary>Its revision; 0 for a draft.</summary>
    public int Revision { get; init; } = 1;

    public bool IsRunning { get; init; }

    /// <summary>Most seconds that a channel has in a place; 0 for no data at all.</summary>
    public int Most { get; init; } = 900_000_000;

    public ComplianceProfile Rules { get; init; } = null!;

    public int Seed { get; init; } = 1;

    /// <summary>The report.</summary>
    public ComplianceReport Make()
    {
        var (random, profile, period) = (new Random(Seed), Rules ?? ComplianceProfiles.BuiltIn.Find(Profile)!, CompliancePeriod.Parse(Period));
        var (start, end) = (Start(period.From), Start(period.To));
        var rows = Channels.Select(name => Row(random, profile, period, name)).ToList();
        return ReportDocument.Seal(new ComplianceReport
        {
            Site = new ReportedSite("some", Site, new Dictionary<string, string> { ["/old"] = "/rock.mp3" }),
            Profile = profile,
            Period = new ReportedPeriod(period.Name, period.From, period.To, "Europe/Berlin", start, end),
            Data = new ReportedData(Most == 0 ? null : end + Duration.FromDays(IsRunning ? -9 : 2), !IsRunning, 24, 17, "mark"),
            Total = Row(random, profile, period, null),
            Channels = rows,
            Days = [.. Enumerable.Range(0, NodaTime.Period.DaysBetween(period.From, period.To)).Select(day => new DayListening(
                period.From.PlusDays(day), random.Next(Most), profile.Territory is null ? 0 : random.Next(Most), random.Next(Most)))],
            LeftOut = Most == 0 ? [] : [new("rejected", "no-duration", 1_234, 0), new("bot", null, 20_034, 0), new("rejected", "bad-date", 0, 17)],
            Method = ["Sessions are counted by a method that is told in a sentence."],
            Remarks = Most == 0 ? ["There are no data of this site."] : [],
            Issue = Revision == 0 ? null : new ReportIssue(
                Revision, end + Duration.FromDays(4), end + Duration.FromDays(3), Revision == 1 ? null : "sha256:0123456789abcdef", Revision == 1 ? 0 : 12,
                Revision == 1 ? [] : [new(null, "tuningHours_territory", "hours", 100.25, 101.75, 1.5), new(Channels[0], "sessions_unknown", "sessions", null, 3, 3)],
                Revision == 1 ? [] : ["The data are complete now."]),
        });
    }

    private ChannelFigures Row(Random random, ComplianceProfile profile, CompliancePeriod period, string? name)
    {
        var (territory, outside, unknown) = (Some(random), profile.Territory is null ? new Listening(0, 0) : Some(random), Some(random));
        var hours = territory.TuningHours;
        var threshold = name is null || profile.Threshold is not { TuningHours: var limit } ? [] : period.WholeMonths.Select(month => new ThresholdUse(
            $"{month:uuuu'-'MM}", limit, hours, hours / limit, IsRunning ? new ThresholdProjection(0.5, 2 * hours, 2 * hours / limit) : null, "")).ToList();
        return new ChannelFigures(
            name, name is null ? [] : [name, $"{name}.aac"], territory, outside, unknown, territory.Plus(outside).Plus(unknown),
            territory.Sessions + outside.Sessions + unknown.Sessions, [.. profile.Measures.Select(measure => Measure(random, period, measure))], threshold);
    }

    private MeasureValue Measure(Random random, CompliancePeriod period, ProfileMeasure measure)
    {
        MeasurePoint Point(string key) => new(key, random.NextDouble());
        IReadOnlyList<MeasurePoint>? points = measure.Figure switch
        {
            ComplianceFigure.CountryShares when Most > 0 => [Point("DE"), Point("VN"), Point("unknown")],
            ComplianceFigure.CountryShares => [],
            ComplianceFigure.AverageConcurrentByHourOfDay => [.. Enumerable.Range(0, 24).Select(hour => Point($"{hour:00}"))],
            ComplianceFigure.AverageConcurrentByHour =>
                [.. Enumerable.Range(0, (int)(Start(period.To) - Start(period.From)).TotalHours).Select(hour => Point($"{Start(period.From) + Duration.FromHours(hour)}"))],
            _ => null,
        };
        double? value = points is null && Most > 0 ? random.NextDouble() * random.Next(1, 1_000_000) : null;
        return new MeasureValue(measure.Name, measure.Title, measure.Figure, measure.In, measure.Figure.Unit(), value, points);
    }

    private Listening Some(Random random) => new(random.Next(Most), random.Next(Most) / 1800);

    private static Instant Start(LocalDate date) => DateTimeZoneProviders.Tzdb["Europe/Berlin"].AtStartOfDay(date).ToInstant();
}
