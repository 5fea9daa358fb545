using System.Globalization;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Apache.Arrow.Types;
using StatsGraph.Lake;
using StatsGraph.Reports;
using StatsGraph.Reports.Columns;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Server;

/// <summary>
/// A station whose log has ten lines of October 2026, in a lake of its own. Its clock stands still on 22 November 2026.
/// Four of them are sessions: listener 1 for an hour on /live.mp3 and, ten minutes later, ten minutes on /jazz; listener 2 for half an
/// hour on /live.mp3; listener 3, whom no country is known of, for a quarter of an hour on /jazz.
/// </summary>
public sealed partial class SomeStation : IDisposable
{
    public const string Key = "demo";

    private static readonly Line[] Lines =
    [
        new("listener", "2026-10-01T10:00:00Z", 3600, "/live.mp3", 1, "DE", "VLC"),
        new("listener", "2026-10-01T11:10:00Z", 600, "/jazz", 1, "DE", "VLC"),
        new("listener", "2026-10-02T20:00:00Z", 1800, "/live.mp3", 2, "US", "foobar2000", Referrer: "www.google.com"),
        new("listener", "2026-10-05T07:00:00Z", 900, "/jazz", 3, null, "VLC"),
        new("bot", "2026-10-05T08:00:00Z", 5, "/jazz", 4, "US", null),
        new("error", "2026-10-06T09:00:00Z", 0, "/gone", 5, "DE", null, Status: 404),
        new("error", "2026-10-06T10:00:00Z", 0, "/gone", 5, "DE", null, Status: 404),
        new("error", "2026-10-06T11:00:00Z", 0, "/closed", 5, "DE", null, Status: 403),
        new("rejected", null, null, null, null, null, null, Reason: "no-duration"),
        new("blank", null, null, null, null, null, null),
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    private readonly ReportOptions options;
    private readonly TimeProvider clock;

    public SomeStation()
        : this(new ReportOptions())
    {
    }

    internal SomeStation(ReportOptions options, TimeProvider? clock = null)
    {
        this.options = options with { MemoryLimit = "256MB" };
        this.clock = clock ?? new StoppedClock(DateTimeOffset.Parse("2026-11-22T12:00:00Z", CultureInfo.InvariantCulture));
        Lake = LakeTable.Open(Folder);
        Lake.Append(Key, [Batch()], [], CancellationToken.None);
        Store = Open();
    }

    public ReportStore Store { get; }

    public LakeTable Lake { get; }

    /// <summary>The data folder.</summary>
    public string Folder => folder.FullName;

    public IReadOnlyList<SiteProfile> Sites { get; } = [new SiteProfile { Key = Key, Name = "Demo FM", TimeZone = "Europe/Berlin" }];

    /// <summary>Another store; the caller disposes it.</summary>
    public ReportStore Open(ColumnStore? columns = null) => new(Lake, Sites, clock, options, columns);

    /// <summary>Takes away the files that the lake's log names.</summary>
    public void LoseFiles()
    {
        foreach (var file in folder.EnumerateFiles("*.parquet", SearchOption.AllDirectories))
        {
            file.Delete();
        }
    }

    /// <summary>Makes the data files unreadable in a way that the log does not tell.</summary>
    public void SpoilFiles()
    {
        foreach (var file in folder.EnumerateFiles("*.parquet", SearchOption.AllDirectories))
        {
            File.WriteAllBytes(file.FullName, new byte[file.Length]);
        }

        foreach (var commit in folder.EnumerateFiles("*.json", SearchOption.AllDirectories))
        {
            File.WriteAllText(commit.FullName, Tags().Replace(File.ReadAllText(commit.FullName), ""));
        }
    }

    public void Dispose()
    {
        Store.Dispose();
        folder.Delete(recursive: true);
    }

    private static RecordBatch Batch() => new(
        LineColumns.Schema, LineColumns.Schema.FieldsList.Select(field => Column(field)), Lines.Length);

    private static IArrowArray Column(Field field) => field.DataType switch
    {
        StringType => new StringArray.Builder().AppendRange(Lines.Select(line => (string?)Value(field.Name, line))).Build(),
        Int32Type => Fill(new Int32Array.Builder(), field.Name, (builder, value) => builder.Append((int)value), b => b.AppendNull()).Build(),
        Int64Type => Fill(new Int64Array.Builder(), field.Name, (builder, value) => builder.Append((long)value), b => b.AppendNull()).Build(),
        DoubleType => Fill(new DoubleArray.Builder(), field.Name, (builder, value) => builder.Append((double)value), b => b.AppendNull()).Build(),
        TimestampType => Fill(
            new TimestampArray.Builder(LineColumns.Timestamp), field.Name, (builder, value) => builder.Append((DateTimeOffset)value), b => b.AppendNull()).Build(),
        Decimal128Type => Fill(
            new Decimal128Array.Builder(LineColumns.Unsigned64), field.Name, (builder, value) => builder.Append((decimal)value), b => b.AppendNull()).Build(),
        var type => throw new NotSupportedException($"The lake has no columns of type {type}."),
    };

    private static TBuilder Fill<TBuilder>(TBuilder builder, string column, Action<TBuilder, object> append, Action<TBuilder> appendNull)
    {
        foreach (var line in Lines)
        {
            if (Value(column, line) is { } value)
            {
                append(builder, value);
            }
            else
            {
                appendNull(builder);
            }
        }

        return builder;
    }

    private static object? Value(string column, Line line) => column switch
    {
        LineColumns.Class => line.Class,
        LineColumns.LineHash => (long)System.Array.IndexOf(Lines, line) + 1,
        LineColumns.Ordinal => 0,
        LineColumns.Reason => line.Reason,
        LineColumns.Excerpt => line.Reason is null ? null : "x - - [...]",
        LineColumns.StartedAt => line.Start,
        LineColumns.EndedAt => line.Start?.AddSeconds(line.Seconds ?? 0),
        LineColumns.Duration => line.Seconds,
        LineColumns.Status => line.Start is null ? null : line.Status,
        LineColumns.Bytes => line.Seconds is { } seconds ? (decimal)(seconds * 16_000) : null,
        LineColumns.Mount => line.Mount,
        LineColumns.Listener => line.Listener,
        LineColumns.Player => line.Player,
        LineColumns.Referrer => line.Referrer,
        LineColumns.Country => line.Country,
        _ => null,
    };

    private sealed record Line(
        string Class, string? StartedAt, long? Seconds, string? Mount, long? Listener, string? Country, string? Player,
        string? Referrer = null, int Status = 200, string? Reason = null)
    {
        public DateTimeOffset? Start { get; } = StartedAt is null ? null : DateTimeOffset.Parse(StartedAt, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""."tags":\{[^}]*\}""")]
    private static partial Regex Tags();
}
