using System.Globalization;
using System.Text;
using StatsGraph.Ingest;
using StatsGraph.Lake;

namespace StatsGraph.Terminal;

/// <summary>The summary of an ingest for people: every line is in exactly one of its rows.</summary>
internal static class IngestSummaryTable
{
    private const int MostReasons = 10;

    /// <summary>The whole text, ending in a newline.</summary>
    public static string Print(IngestSummary summary)
    {
        var text = new StringBuilder();
        var seconds = summary.Elapsed.TotalSeconds;
        text.Append(summary.IsDryRun ? "Dry run: nothing was written. An ingest would do this:\n\n" : "");
        // A run over playlists alone says nothing of access logs.
        if (summary.Plays is null || summary.Files > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"Site {summary.Site}: {summary.Lines:N0} lines of {Counted(summary.Files, "log")} in {seconds:0.0} s");
            text.Append(seconds > 0.05 ? string.Create(CultureInfo.InvariantCulture, $" ({summary.Lines / seconds:N0} lines/s)\n\n") : "\n\n");
            AppendLines(text, summary);
            AppendRejections(text, summary.Rejections, summary.Examples);
            text.Append(summary.Plays is null ? "" : "\n");
        }

        if (summary.Plays is { } plays)
        {
            text.Append(
                CultureInfo.InvariantCulture, $"Site {summary.Site}: {plays.Rows:N0} rows of {Counted(plays.Files, "playlist")} in {seconds:0.0} s\n\n");
            AppendPlays(text, plays, summary.IsDryRun);
            AppendRejections(text, plays.Rejections, plays.Examples);
        }

        return text.ToString();
    }

    private static void AppendLines(StringBuilder text, IngestSummary summary)
    {
        var rows = Enum.GetValues<LineClass>()
            .Where(lineClass => lineClass != LineClass.Blank)
            .Select(lineClass => new[] { Name(lineClass), Number(summary.Classes.GetValueOrDefault(lineClass)), Meaning(lineClass) });
        text.Append(TextTable.Print(
            [
                [summary.IsDryRun ? "would be new" : "new lines", "", ""],
                .. rows,
                ["blank", Number(summary.Blank), "white space only"],
                ["already ingested", Number(summary.AlreadyIngested), "in the lake before"],
                ["waiting", Number(summary.Waiting), "unfinished last lines, left for the next run"],
            ],
            rightAligned: [1]));
    }

    private static void AppendPlays(StringBuilder text, PlaySummary plays, bool isDryRun)
        => text.Append(TextTable.Print(
            [
                [isDryRun ? "would be new" : "new rows", "", ""],
                ["play", Number(plays.Plays), "recordings that were played"],
                ["break", Number(plays.Breaks), "no title: the play before is over"],
                ["rejected", Number(plays.Rejected), "no plays, see below"],
                ["already ingested", Number(plays.AlreadyIngested), "in the lake before"],
                ["waiting", Number(plays.Waiting), "unfinished last lines, left for the next run"],
            ],
            rightAligned: [1]));

    private static void AppendRejections(
        StringBuilder text, IReadOnlyDictionary<string, long> rejections, IReadOnlyList<RejectionExample> examples)
    {
        if (rejections.Count == 0)
        {
            return;
        }

        var rows = rejections.Take(MostReasons).Select(rejection =>
        {
            var example = examples.FirstOrDefault(example => example.Reason == rejection.Key);
            return new[]
            {
                rejection.Key,
                Number(rejection.Value),
                example is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{example.Log}:{example.Line}: {Short(example.Excerpt)}"),
            };
        });
        text.Append('\n').Append(TextTable.Print([["rejected because", "", "for example"], .. rows], rightAligned: [1]));
        if (rejections.Count > MostReasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"and {Counted(rejections.Count - MostReasons, "more reason")}\n");
        }
    }

    private static string Name(LineClass lineClass) => lineClass.Text().Replace('_', '-');

    private static string Meaning(LineClass lineClass) => lineClass switch
    {
        LineClass.Listener => "sessions: what the figures count",
        LineClass.Relay => "other streaming servers",
        LineClass.Bot => "monitors, crawlers and scripts",
        LineClass.Source => "the station's own encoders",
        LineClass.Admin => "statistics and administration",
        LineClass.Error => "refused or redirected requests",
        LineClass.NonStream => "pages, playlists and other files",
        LineClass.Probe => "a few bytes asked for before the real session",
        LineClass.Suspect => "durations that cannot be true",
        LineClass.Rejected => "no access records, see below",
        _ => "",
    };

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Counted(int count, string noun)
        => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>What is wrong stands as often at the end of a line as at its beginning.</summary>
    private static string Short(string excerpt) => excerpt.Length <= 80 ? excerpt : $"{excerpt[..45]}…{excerpt[^34..]}";
}
