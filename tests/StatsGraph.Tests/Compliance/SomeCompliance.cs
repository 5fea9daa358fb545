using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Issuing;
using StatsGraph.Compliance.Profiles;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Compliance;

/// <summary>A lake of a few sessions that a test writes down, with what reports on it go by. The clock moves when it is told to.</summary>
internal sealed class SomeCompliance : IDisposable
{
    public const string Site = "radio";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");
    private readonly ManualClock clock;
    private readonly SiteProfile profile;
    private readonly Dictionary<string, ChannelMap> channels = [];
    private readonly List<ReportStore> stores = [];
    private readonly List<LakeReports> lakes = [];
    private int lines;

    /// <param name="zone">The site's zone.</param>
    /// <param name="now">Where the clock stands.</param>
    /// <param name="aliases">Mounts that count as other mounts.</param>
    public SomeCompliance(string zone = "UTC", string now = "2027-06-01T00:00:00Z", IReadOnlyDictionary<string, string>? aliases = null)
    {
        clock = new ManualClock(At(now));
        profile = new SiteProfile { Key = Site, Name = "Some Radio", TimeZone = zone, MountAliases = aliases ?? new Dictionary<string, string>() };
        Lake = LakeTable.Open(Folder);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The data folder.</summary>
    public string Folder => folder.FullName;

    public LakeTable Lake { get; }

    /// <summary>A desk of its own, as that of another process.</summary>
    public ComplianceDesk Desk
    {
        get
        {
            stores.Add(new ReportStore(LakeTable.Open(Folder), [profile], clock, new ReportOptions { MemoryLimit = "256MB" }));
            return new ComplianceDesk(new ComplianceOptions { DataFolder = Folder, Channels = channels }, stores[^1]);
        }
    }

    /// <summary>Names channels.</summary>
    public SomeCompliance With(params (string Name, string[] Mounts)[] groups)
    {
        channels[Site] = ChannelMap.Of(groups.ToDictionary(group => group.Name, group => (IReadOnlyList<string>)group.Mounts), profile.MountAliases);
        return this;
    }

    /// <summary>Lets time pass.</summary>
    public void Pass(TimeSpan time) => clock.Pass(time);

    /// <summary>Adds a line of a session in a commit of its own.</summary>
    public SomeCompliance Session(string mount, string start, long seconds, string? country = "US", string kind = "listener", long listener = 1)
        => Add(new Line(kind, null, At(start), seconds, mount, country, listener));

    /// <summary>Adds a rejected line, with a stamp or without.</summary>
    public SomeCompliance Rejected(string reason, string? stamp = null) => Add(new Line("rejected", reason, stamp is null ? null : At(stamp), 0, null, null, null));

    /// <summary>A report that is not kept.</summary>
    public async Task<ComplianceReport> DraftAsync(string profileName, string period)
    {
        var desk = Desk;
        using var lake = stores[^1].Open(isVisible: null);
        return await desk.DraftAsync(lake, lake.Site(Site)!, ComplianceProfiles.BuiltIn.Find(profileName)!, CompliancePeriod.Parse(period), Cancellation);
    }

    /// <summary>The report of StatsGraph.Reports on the same lake.</summary>
    public async Task<Report> ReportAsync(CompliancePeriod period, long minDuration = 0)
    {
        _ = Desk;
        lakes.Add(stores[^1].Open(isVisible: null));
        return await lakes[^1].Site(Site)!.ReportAsync(new ReportRequest(period.Request, null, minDuration, null), Cancellation);
    }

    /// <summary>Issues a report.</summary>
    public Task<IssueResult<ComplianceReport>> IssueAsync(string period, string profileName = "US-ATH")
        => IssueAsync(period, ComplianceProfiles.BuiltIn.Find(profileName)!);

    /// <summary>Issues a report by rules of one's own.</summary>
    public Task<IssueResult<ComplianceReport>> IssueAsync(string period, ComplianceProfile rules) => Desk.IssueAsync(Site, rules, CompliancePeriod.Parse(period), Cancellation);

    public void Dispose()
    {
        foreach (var lake in lakes)
            lake.Dispose();
        foreach (var store in stores)
            store.Dispose();
        folder.Delete(recursive: true);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private SomeCompliance Add(Line line)
    {
        lines++;
        Lake.Append(Site, [new RecordBatch(LineColumns.Schema, LineColumns.Schema.FieldsList.Select(field => Column(field, line)), 1)], [], Cancellation);
        return this;
    }

    private IArrowArray Column(Field field, Line line) => (field.DataType, Value(field.Name, line)) switch
    {
        (StringType, var value) => new StringArray.Builder().Append((string?)value).Build(),
        (Int32Type, var value) => value is int number ? new Int32Array.Builder().Append(number).Build() : new Int32Array.Builder().AppendNull().Build(),
        (Int64Type, var value) => value is long number ? new Int64Array.Builder().Append(number).Build() : new Int64Array.Builder().AppendNull().Build(),
        (TimestampType, var value) => value is DateTimeOffset instant
            ? new TimestampArray.Builder(LineColumns.Timestamp).Append(instant).Build() : new TimestampArray.Builder(LineColumns.Timestamp).AppendNull().Build(),
        (Decimal128Type, var value) => value is decimal number
            ? new Decimal128Array.Builder(LineColumns.Unsigned64).Append(number).Build() : new Decimal128Array.Builder(LineColumns.Unsigned64).AppendNull().Build(),
        _ => new DoubleArray.Builder().AppendNull().Build(),
    };

    private object? Value(string column, Line line) => column switch
    {
        LineColumns.Class => line.Class,
        LineColumns.LineHash => (long)lines,
        LineColumns.Ordinal => 0,
        LineColumns.Reason => line.Reason,
        LineColumns.StartedAt => line.Reason is null ? line.Start : null,
        LineColumns.EndedAt => line.Start?.AddSeconds(line.Seconds),
        LineColumns.Duration => line.Reason is null ? line.Seconds : null,
        LineColumns.Status => line.Reason is null ? 200 : null,
        LineColumns.Bytes => line.Reason is null ? (decimal)(line.Seconds * 16_000) : null,
        LineColumns.Mount => line.Mount,
        LineColumns.Listener => line.Listener,
        LineColumns.Country => line.Country,
        _ => null,
    };

    private sealed record Line(
        string Class, string? Reason, DateTimeOffset? Start, long Seconds, string? Mount, string? Country, long? Listener);
}
