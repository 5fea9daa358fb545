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
              "linesPerSecond": 1250
            }

            """,
            IngestSummaryJson.Print(Summary));

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
}
