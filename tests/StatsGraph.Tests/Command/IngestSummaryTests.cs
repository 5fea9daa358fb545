using StatsGraph.Ingest;
using StatsGraph.Lake;
using StatsGraph.Terminal;

namespace StatsGraph.Tests.Command;

public sealed class IngestSummaryTests
{
    private static readonly IngestSummary Summary = new()
    {
        Site = "radio",
        Files = 3,
        Lines = 1_000,
        Blank = 2,
        AlreadyIngested = 60,
        Classes = new Dictionary<LineClass, long> { [LineClass.Listener] = 900, [LineClass.NonStream] = 33, [LineClass.Rejected] = 5 },
        Rejections = new Dictionary<string, long> { ["no-duration"] = 3, ["bad-date"] = 2 },
        Examples = [new RejectionExample("logs/access.log", 17, "no-duration", "203.0.113.x - - [01/Oct/2026")],
        Waiting = 1,
        Elapsed = TimeSpan.FromSeconds(0.8),
        Problems = [],
        Notes = [],
    };

    [Fact]
    public void The_json_is_one_object_of_the_agreed_shape()
        => Assert.Equal(
            """
            {
              "site": "radio",
              "files": 3,
              "lines": 1000,
              "blank": 2,
              "alreadyIngested": 60,
              "classes": {
                "listener": 900,
                "relay": 0,
                "bot": 0,
                "source": 0,
                "admin": 0,
                "error": 0,
                "nonStream": 33,
                "probe": 0,
                "suspect": 0,
                "rejected": 5
              },
              "rejections": {
                "no-duration": 3,
                "bad-date": 2
              },
              "waiting": 1,
              "elapsedSeconds": 0.8,
              "linesPerSecond": 1250,
              "warnings": []
            }

            """,
            IndentedJson.Print(json => IngestSummaryJson.Write(json, Summary)));

    [Fact]
    public void The_table_has_every_class_and_an_example_of_what_was_rejected()
        => Assert.Equal(
            """
            Site radio: 1,000 lines of 3 logs in 0.8 s (1,250 lines/s)

            new lines
            listener          900  sessions: what the figures count
            relay               0  other streaming servers
            bot                 0  monitors, crawlers and scripts
            source              0  the station's own encoders
            admin               0  statistics and administration
            error               0  refused or redirected requests
            non-stream         33  pages, playlists and other files
            probe               0  a few bytes asked for before the real session
            suspect             0  durations that cannot be true
            rejected            5  no access records, see below
            blank               2  white space only
            already ingested   60  in the lake before
            waiting             1  unfinished last lines, left for the next run

            rejected because     for example
            no-duration       3  logs/access.log:17: 203.0.113.x - - [01/Oct/2026
            bad-date          2

            """,
            IngestSummaryTable.Print(Summary));

    [Fact]
    public void The_json_of_a_dry_run_says_so_and_warnings_have_a_code()
    {
        var json = System.Text.Json.JsonDocument.Parse(IndentedJson.Print(json => IngestSummaryJson.Write(json, Warned with { IsDryRun = true }))).RootElement;
        Assert.True(json.GetProperty("dryRun").GetBoolean());
        Assert.Equal("""[{"code":"one-address","message":"all come from one"}]""", System.Text.Json.JsonSerializer.Serialize(json.GetProperty("warnings")));
    }

    [Fact]
    public void A_dry_run_says_before_anything_else_that_nothing_was_written()
    {
        var lines = IngestSummaryTable.Print(Summary with { IsDryRun = true }).Split('\n');
        Assert.Equal("Dry run: nothing was written. An ingest would do this:", lines[0]);
        Assert.Equal("would be new", lines[4]);
    }

    [Fact]
    public void A_long_example_keeps_its_beginning_and_its_end()
    {
        var excerpt = new string('a', 60) + new string('b', 60);
        Assert.Contains(
            $"logs/access.log:17: {new string('a', 45)}…{new string('b', 34)}\n",
            IngestSummaryTable.Print(Summary with { Examples = [Summary.Examples[0] with { Excerpt = excerpt }] }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Remarks_are_notes_then_warnings_then_problems_and_notes_may_be_left_out()
    {
        var summary = Warned with { Notes = ["error.log: skipped"], Problems = [new IngestProblem("a.log", "no such file or folder")] };
        Assert.Equal(
            ["error.log: skipped", "warning: all come from one", "a.log: no such file or folder"], IngestRemarks.Of(summary, withNotes: true));
        Assert.Equal(["warning: all come from one", "a.log: no such file or folder"], IngestRemarks.Of(summary, withNotes: false));
    }

    private static IngestSummary Warned => Summary with { Warnings = [new IngestWarning("one-address", "all come from one")] };
}
