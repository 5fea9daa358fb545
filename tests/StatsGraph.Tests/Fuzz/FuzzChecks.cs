using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Geo;
using StatsGraph.Ingest.Parsing;
using StatsGraph.Ingest.Sessions;
using StatsGraph.Lake;

namespace StatsGraph.Tests.Fuzz;

/// <summary>What holds for any bytes. A check gives what is wrong, or null; an exception is wrong too.</summary>
public sealed partial class FuzzChecks : IDisposable
{
    private static readonly LineClassifier Classifier = new(ClassificationRules.Default);

    private readonly PlaceFinder places = new([]);
    private readonly LineFactReader facts = new(Classifier.UserAgents);
    private readonly ClientReader clients;

    public FuzzChecks() => clients = new ClientReader(new ClientNetworks(places));

    public void Dispose() => places.Dispose();

    /// <summary>One line, alone: it is blank, an access record of some class, or rejected with an excerpt that may be kept.</summary>
    public string? Line(byte[] bytes)
    {
        var line = LineText.Strip(bytes);
        if (LineText.IsBlank(line))
            return null;
        if (!LineParser.TryParse(line, out var record, out var reason))
            return reason == RejectReason.None ? "rejected for no reason" : OfExcerpt(Excerpt.Of(line, reason == RejectReason.Truncated));
        var (lists, row) = (facts.Begin(), new LineRow());
        facts.Read(record, ref row);
        clients.Read(record.Address, out _, ref row);
        var path = lists.Paths[row.Path];
        var lineClass = Classifier.Classify(record, path, lists.UserAgents[row.UserAgent]);
        return lineClass is LineClass.Rejected or LineClass.Blank ? $"an access record of class {lineClass}"
            : path.Text.Contains('?') && !Encoding.UTF8.GetString(record.Target).Contains("%3F", StringComparison.OrdinalIgnoreCase)
                ? $"the mount '{path.Text}' holds a query string" : null;
    }

    /// <summary>A whole log on its way through the ingest into a lake of its own, twice.</summary>
    /// <param name="content">The log, unpacked.</param>
    /// <param name="packing">How it lies on disk.</param>
    /// <param name="linesPerCommit">Lines of a commit.</param>
    public static string? Log(byte[] content, FuzzPacking packing, int linesPerCommit)
    {
        var folder = Directory.CreateTempSubdirectory("statsgraph-fuzz-");
        try
        {
            var path = Path.Combine(folder.FullName, "access.log");
            File.WriteAllBytes(path, FuzzLog.Pack(content, packing));
            var lake = LakeTable.Open(Path.Combine(folder.FullName, "data"));
            var first = Ingest(folder, lake, path, linesPerCommit);
            var rows = lake.Snapshot().Files.Sum(file => file.Rows);
            return OfFirst(first, rows, packing.DamageSeed is null ? content : null, packing.Kind > 0)
                ?? OfSecond(first, Ingest(folder, lake, path, linesPerCommit))
                ?? (lake.Snapshot().Files.Sum(file => file.Rows) == rows ? null : "a second reading added rows");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IngestSummary Ingest(DirectoryInfo folder, LakeTable lake, string path, int linesPerCommit)
    {
        var data = Path.Combine(folder.FullName, "data");
        using var ingest = new LogIngest(lake, new IngestOptions { DataFolder = data, Site = "fuzz", LinesPerCommit = linesPerCommit });
        return ingest.Run([path], () => Stream.Null, progress: null, CancellationToken.None);
    }

    /// <param name="summary">What the first reading told.</param>
    /// <param name="rows">Rows of the lake.</param>
    /// <param name="content">The log; null where the archive is damaged, so that nobody knows what can be read.</param>
    /// <param name="isArchive">Its unfinished end is a rejected line then.</param>
    private static string? OfFirst(IngestSummary summary, long rows, byte[]? content, bool isArchive)
    {
        var counted = summary.Classes.Values.Sum() + summary.Blank + summary.AlreadyIngested;
        var cut = counted - summary.Lines;
        if (cut is not (0 or 1) || (cut == 1 && !isArchive))
            return Text($"{summary.Lines} lines were read and {counted} were counted");
        if (rows != counted - summary.AlreadyIngested)
            return Text($"{counted - summary.AlreadyIngested} lines are new and {rows} rows are in the lake");
        // An archive's mark at the start of plain bytes makes them a broken archive.
        if (content is not null && summary.Problems.All(problem => problem.Message.StartsWith("looks like", StringComparison.Ordinal))
            && summary.Lines != content.Count(value => value == '\n'))
            return Text($"{content.Count(value => value == '\n')} newlines and {summary.Lines} lines");
        return summary.Examples.Select(example => OfExcerpt(example.Excerpt)).FirstOrDefault(wrong => wrong is not null);
    }

    private static string? OfSecond(IngestSummary first, IngestSummary second)
    {
        var added = second.Classes.Values.Sum() + second.Blank;
        return added > 0 ? Text($"a second reading found {added} new lines")
            : second.AlreadyIngested != second.Lines || second.Lines != first.Lines
                ? Text($"a second reading of {first.Lines} lines read {second.Lines} and knew {second.AlreadyIngested}") : null;
    }

    private static string? OfExcerpt(string excerpt)
        => excerpt.Length > Excerpt.Length ? $"an excerpt of {excerpt.Length} characters: {excerpt}"
            : Ipv4().IsMatch(ControlEscape().Replace(excerpt, " ")) ? $"an excerpt with an address: {excerpt}"
            : Query().IsMatch(excerpt) ? $"an excerpt with a query string: {excerpt}" : null;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How an excerpt shows a control character; its digits belong to no address.</summary>
    [GeneratedRegex(@"\\x[0-9a-f]{2}")]
    private static partial Regex ControlEscape();

    [GeneratedRegex(@"(?<![0-9.])(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(\.(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])){3}(?![0-9.])")]
    private static partial Regex Ipv4();

    [GeneratedRegex("""[?](?![*" ]|$)""")]
    private static partial Regex Query();
}
