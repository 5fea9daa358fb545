using System.Text;
using NodaTime;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Periods;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Reports;

/// <summary>How long an answer stays true of one version of the lake.</summary>
public sealed class AnswersEndTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly SomeLake lake = new("Europe/Berlin", Now);
    private readonly ReportStore store;

    public AnswersEndTests() => store = new ReportStore(
        LakeTable.Open(lake.Data),
        [new SiteProfile { Key = SomeLake.Site, TimeZone = "Europe/Berlin" }],
        new StoppedClock(Now),
        new ReportOptions { MemoryLimit = "256MB" });

    public void Dispose()
    {
        store.Dispose();
        lake.Dispose();
    }

    [Fact]
    public async Task A_period_by_its_name_ends_with_the_day_of_its_zone()
    {
        Ingest(secondsFromNow: -60);

        Assert.Equal(Instant.FromUtc(2026, 11, 22, 23, 0), await EndAsync(new PeriodRequest.Preset(PeriodPreset.LastMonth)));
        Assert.Equal(
            Instant.FromUtc(2026, 11, 22, 15, 0), await EndAsync(new PeriodRequest.Preset(PeriodPreset.Today), zone: "Asia/Tokyo"));
    }

    [Fact]
    public async Task A_month_by_its_number_never_ends_while_no_stamp_is_in_the_future()
    {
        Ingest(secondsFromNow: -60);

        Assert.Equal(Instant.MaxValue, await EndAsync(new PeriodRequest.Month("2026-10")));
    }

    [Fact]
    public async Task A_stamp_in_the_future_ends_all_answers_once_it_is_reached()
    {
        Ingest(secondsFromNow: 600);

        Assert.Equal(Instant.FromDateTimeOffset(Now.AddSeconds(600)), await EndAsync(new PeriodRequest.Month("2026-10")));
    }

    private void Ingest(int secondsFromNow)
    {
        var line = new LogLine { EndedAt = Now.ToUnixTimeSeconds() + secondsFromNow };
        lake.Ingest([lake.Write("access.log", Encoding.ASCII.GetBytes($"{line}\n"))]);
    }

    private async Task<Instant> EndAsync(PeriodRequest period, string? zone = null)
    {
        using var reports = store.Open(isVisible: null);
        await reports.Site(SomeLake.Site)!.ReportAsync(
            new ReportRequest(period, zone, MinDuration: 0, Where: null), TestContext.Current.CancellationToken);
        return reports.AnswersEnd;
    }
}
