using System.Data;
using StatsGraph.Lake;
using StatsGraph.Reports.Engine;
using StatsGraph.Reports.Figures;
using StatsGraph.Reports.Periods;
using StatsGraph.Reports.Sessions;

namespace StatsGraph.Reports;

/// <summary>What became of the lines of sites, and which mounts were listened to: put together of what is known of each data file.</summary>
internal sealed class IntakeFacts
{
    private const int MostExamples = 3;

    private readonly QueryEngine engine;
    private readonly FileFacts<List<string>> mounts;
    private readonly FileFacts<List<LineClassCount>> classes;
    private readonly FileFacts<List<FileRejection>> rejections;

    public IntakeFacts(QueryEngine engine)
    {
        this.engine = engine;
        mounts = new(FigureNames.Mounts, async (lines, cancellation) => await ReadAsync(lines, "Sites/Mounts", record => record.GetString(1), cancellation));
        classes = new(FigureNames.Intake, async (lines, cancellation) => await ReadAsync(
            lines, "Sites/Intake", record => new LineClassCount(LineClassNames.Parse(record.GetString(1)), record.GetInt64(2)), cancellation));
        rejections = new(FigureNames.Rejections, async (lines, cancellation) => await ReadAsync(lines, "Sites/Rejections", ReadRejection, cancellation));
    }

    /// <summary>Mounts that listeners ever tuned in to, each once, in no order.</summary>
    public async Task<IEnumerable<string>> MountsAsync(SiteLines lines, SiteTrace? trace, CancellationToken cancellation) =>
        (await mounts.OfAsync(lines, lines.Files, trace, cancellation)).SelectMany(file => file).Distinct(StringComparer.Ordinal);

    /// <summary>What became of every line.</summary>
    public async Task<Intake> IntakeAsync(SiteLines lines, SiteTrace? trace, CancellationToken cancellation)
    {
        var counts = (await classes.OfAsync(lines, lines.Files, trace, cancellation)).SelectMany(file => file)
            .GroupBy(row => row.Class).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Lines));
        var rejected = (await rejections.OfAsync(lines, lines.Files, trace, cancellation)).SelectMany(file => file)
            .GroupBy(row => row.Reason, StringComparer.Ordinal)
            .Select(rows => new Rejection(
                rows.Key,
                rows.Sum(row => row.Lines),
                [.. rows.SelectMany(row => row.Examples).OrderBy(example => example.Hash).Take(MostExamples).Select(example => example.Excerpt)]));
        return new Intake(
            counts.Values.Sum(),
            counts.GetValueOrDefault(LineClass.Blank),
            [.. Enum.GetValues<LineClass>()
                .Where(lineClass => lineClass != LineClass.Blank)
                .Select(lineClass => new LineClassCount(lineClass, counts.GetValueOrDefault(lineClass)))],
            [.. rejected.OrderByDescending(row => row.Lines).ThenBy(row => row.Reason, Comparer<string>.Create(SortOrder.CompareTexts))]);
    }

    /// <summary>Lines by class and reason whose stamp lies in a run of time, and those that have none, in order of class, then of reason.</summary>
    public async Task<IReadOnlyList<PeriodLines>> PeriodAsync(SiteLines lines, Run run, SiteTrace? trace, CancellationToken cancellation)
    {
        var within = lines.Only([.. lines.Files.Where(file => file.UndatedRows > 0 || MayHold(file, run))]);
        var step = trace?.Begin(FigureNames.PeriodLines, LakeRoad.Name);
        var rows = await engine.QueryAsync(
            within.Read(SqlText.Load("Sites/PeriodLines")).Bind("since", run.From).Bind("until", run.To),
            record => new PeriodLines(
                LineClassNames.Parse(record.GetString(0)), record.IsDBNull(1) ? null : record.GetString(1), record.GetInt64(2), record.GetInt64(3)),
            cancellation);
        step?.End(within.Rows, rows.Count);
        return [.. rows.OrderBy(row => row.Class).ThenBy(row => row.Reason, Comparer<string?>.Create((a, b) => string.CompareOrdinal(a, b)))];
    }

    /// <summary>Rows of a statement whose first column is the path of the file that they speak of.</summary>
    private async Task<IReadOnlyDictionary<string, List<T>>> ReadAsync<T>(
        SiteLines lines, string text, Func<IDataRecord, T> read, CancellationToken cancellation) =>
        (await engine.QueryAsync(lines.Read(SqlText.Load(text)), record => (File: record.GetString(0), Row: read(record)), cancellation))
            .GroupBy(row => row.File, StringComparer.Ordinal)
            .ToDictionary(rows => rows.Key, rows => rows.Select(row => row.Row).ToList(), StringComparer.Ordinal);

    /// <summary>Whether a file can have lines with stamps in a run of time; one that tells no stamps may have any.</summary>
    private static bool MayHold(LakeFile file, Run run) =>
        (file.FirstEnd is not { } first || first.ToUnixTimeSeconds() < run.To) && (file.LastEnd is not { } last || last.ToUnixTimeSeconds() >= run.From);

    private static FileRejection ReadRejection(IDataRecord record) => new(
        record.GetString(1),
        record.GetInt64(2),
        record.IsDBNull(3) ? [] : [.. ((List<long>)record.GetValue(3)).Zip((List<string>)record.GetValue(4))]);

    /// <summary>Rejected lines of a file, of one reason.</summary>
    private sealed record FileRejection(string Reason, long Lines, IReadOnlyList<(long Hash, string Excerpt)> Examples);
}
