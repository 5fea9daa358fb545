using System.IO.Compression;
using System.Text;
using StatsGraph.Tests.Server;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Command;

/// <summary>
/// The verb <c>report-of-use</c>, its files byte for byte. On /live.mp3 of the station are a listener in Germany on 1 October, 10 to 11 o'clock UTC, and
/// one in the United States on 2 October, 20:00 to 20:30; on /jazz one of unknown country on 5 October, 07:00 to 07:15.
/// </summary>
public sealed class ReportOfUseVerbTests : IDisposable
{
    private const string Plays = """
        artist,title,album,label,isrc,start,duration,mount
        Björk | Guðmundsdóttir,Jóga,Homogenic,One Little Indian,,2026-10-02T20:00:00Z,300,/live.mp3
        Björk | Guðmundsdóttir,Jóga,Homogenic,One Little Indian,,2026-10-02T20:05:00Z,300,/live.mp3
        "Quote, ""and"" Comma",^Caret^,,,US-S1Z-99-00001,2026-10-02T20:29:59.500Z,300,/live.mp3
        Nobody,Nothing,,Label,no isrc,2026-10-02T20:10:00Z,60,/live.mp3
        Germany,Only,,,DEABC2600001,2026-10-01T10:00:00Z,60,/live.mp3
        Unknown,Country,,,DEABC2600002,2026-10-05T07:00:00Z,60,/jazz
        Edge,Case,,,DEABC2600003,2026-10-02T20:30:00Z,60,/live.mp3

        """;

    private const string Settings = """
        { "Sites": { "demo": { "Name": "Demo FM", "ReportOfUse": {
            "Service": "Demo FM (KDEM)", "Category": "B", "Contact": "Jane Roe", "Street": "1 Main Street", "City": "Springfield, IL 62701",
            "Telephone": "555-0100", "Email": "jane@example.org" } } } }
        """;

    private readonly SomeStation station = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private readonly string folder;

    public ReportOfUseVerbTests()
    {
        folder = Path.Combine(station.Folder, "out");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(station.Folder, "lake.key"), new byte[32]);
        File.WriteAllText(Path.Combine(station.Folder, "plays.csv"), Plays);
    }

    public void Dispose() => station.Dispose();

    [Fact]
    public async Task The_text_file_has_each_recording_that_was_heard_in_the_United_States_and_what_is_missing_is_listed()
    {
        await IngestAsync();

        Assert.Equal(0, await RunAsync("--category", "A"));

        var path = Path.Combine(folder, "demo20261001-20261031.txt");
        Assert.Equal(
            "^demo^|^A^|^Bjork Gudmundsdottir^|^Joga^||^Homogenic^|^One Little Indian^|2\r\n"
            + "^demo^|^A^|^Nobody^|^Nothing^|||^Label^|1\r\n"
            + "^demo^|^A^|^Quote, \"and\" Comma^|^Caret^|^USS1Z9900001^|||1\r\n",
            File.ReadAllText(path, Encoding.ASCII));
        Assert.Equal(
            $"""
            2026-10: 3 rows, 4 performances within the United States
            Not in it: 1 performance to listeners of unknown country, 1 to listeners elsewhere, 3 recordings that nobody heard
            The data are not complete: they reach up to 2026-10-06T11:00:00Z, and a session is in the log only once it has ended. Later sessions may change the figures.
            missing: ISRC ('NOISRC' is none) or album of 'Nobody - Nothing'

            """,
            error.ToString());
        Assert.Equal(path + Environment.NewLine, output.ToString());
        Assert.Equal([path], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Letters_that_ASCII_has_not_become_question_marks_and_are_told()
    {
        File.AppendAllText(Path.Combine(station.Folder, "plays.csv"), "Кино,Łódź — Ørsted,,,DEABC2600004,2026-10-02T20:15:00Z,60,/live.mp3\n");
        await IngestAsync();

        Assert.Equal(0, await RunAsync("--category", "A"));

        Assert.Contains("^????^|^Lodz - Orsted^|^DEABC2600004^|||1\r\n", File.ReadAllText(Path.Combine(folder, "demo20261001-20261031.txt")), StringComparison.Ordinal);
        Assert.EndsWith("written with question marks: 'Кино - Łódź — Ørsted' has letters that ASCII has not\n", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_period_of_which_lines_are_or_were_removed_is_not_reported()
    {
        await IngestAsync();
        File.WriteAllText(Path.Combine(station.Folder, "appsettings.json"), """{ "Sites": { "demo": { "Retention": "30d" } } }""");
        Assert.Equal(1, await RunAsync("--category", "A"));
        Assert.Equal(
            "statsgraph: 2026-10 of demo is not reported: the site's Retention removes lines from before 2026-10-23, so that the period is not whole\n", error.ToString());

        File.WriteAllText(Path.Combine(station.Folder, "appsettings.json"), """{ "Sites": { "demo": { "TimeZone": "Europe/Berlin" } } }""");
        station.Lake.Prune("demo", new DateTimeOffset(2026, 10, 1, 22, 0, 0, TimeSpan.Zero), dryRun: false, TestContext.Current.CancellationToken);
        error.GetStringBuilder().Clear();
        Assert.Equal(1, await RunAsync("--category", "A"));
        Assert.Equal(
            "statsgraph: 2026-10 of demo is not reported: a prune removed lines from before 2026-10-02, so that the period is not whole\n", error.ToString());
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task That_no_playlist_was_read_is_told()
    {
        Assert.Equal(0, await RunAsync("--category", "A"));

        Assert.StartsWith("2026-10: 0 rows, 0 performances within the United States\n", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("No playlist tells of anything that was played in the period.\n", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", File.ReadAllText(Path.Combine(folder, "demo20261001-20261031.txt")));
    }

    [Fact]
    public async Task With_headers_it_begins_with_service_contact_period_and_columns()
    {
        File.WriteAllText(Path.Combine(station.Folder, "appsettings.json"), Settings);
        await IngestAsync();

        Assert.Equal(0, await RunAsync("--headers"));

        var lines = File.ReadAllText(Path.Combine(folder, "DemoFMKDEM20261001-20261031.txt"), Encoding.ASCII).Split("\r\n");
        Assert.Equal(
            [
                "Demo FM (KDEM)", "Jane Roe", "1 Main Street", "Springfield, IL 62701", "555-0100", "jane@example.org", "20261001", "20261031", "20261122", "3", "^",
                "|", "",
                "^NAME_OF_SERVICE^|^TRANSMISSION_CATEGORY^|^FEATURED_ARTIST^|^SOUND_RECORDING_TITLE^|^ISRC^|^ALBUM_TITLE^|^MARKETING_LABEL^|^ACTUAL_TOTAL_PERFORMANCES^",
                "^Demo FM (KDEM)^|^B^|^Bjork Gudmundsdottir^|^Joga^||^Homogenic^|^One Little Indian^|2",
            ],
            lines[..15]);
        Assert.Equal(18, lines.Length);
    }

    [Fact]
    public async Task By_hours_each_channel_has_its_hours_and_the_frequency_of_its_plays()
    {
        await IngestAsync();

        Assert.Equal(0, await RunAsync("--category", "A", "--by-hours", "--format", "csv"));

        Assert.Equal(
            "NAME_OF_SERVICE,TRANSMISSION_CATEGORY,FEATURED_ARTIST,SOUND_RECORDING_TITLE,ISRC,ALBUM_TITLE,MARKETING_LABEL,AGGREGATE_TUNING_HOURS,CHANNEL_OR_PROGRAM_NAME,PLAY_FREQUENCY\r\n"
            + "demo,A,Björk | Guðmundsdóttir,Jóga,,Homogenic,One Little Indian,0.50,/live.mp3,2\r\n"
            + "demo,A,Edge,Case,DEABC2600003,,,0.50,/live.mp3,1\r\n"
            + "demo,A,Germany,Only,DEABC2600001,,,0.50,/live.mp3,1\r\n"
            + "demo,A,Nobody,Nothing,,,Label,0.50,/live.mp3,1\r\n"
            + "demo,A,\"Quote, \"\"and\"\" Comma\",^Caret^,USS1Z9900001,,,0.50,/live.mp3,1\r\n"
            + "demo,A,Unknown,Country,DEABC2600002,,,0.00,/jazz,1\r\n",
            File.ReadAllText(Path.Combine(folder, "demo_REPORT-OF-USE-BY-HOURS_2026-10_draft.csv")));
    }

    [Fact]
    public async Task A_channel_of_several_mounts_has_the_hours_of_all_and_played_what_one_of_them_tells()
    {
        File.WriteAllText(
            Path.Combine(station.Folder, "appsettings.json"), """{ "Sites": { "demo": { "Channels": { "Main": ["/live.mp3", "/live.aac"] } } } }""");
        File.AppendAllText(
            Path.Combine(station.Folder, "plays.csv"),
            "Björk | Guðmundsdóttir,Jóga,Homogenic,One Little Indian,,2026-10-02T20:00:01Z,300,/live.aac\n");
        await IngestAsync();

        Assert.Equal(0, await RunAsync("--category", "A", "--by-hours"));

        var lines = File.ReadAllLines(Path.Combine(folder, "demo20261001-20261031.txt"));
        Assert.Equal("^demo^|^A^|^Bjork Gudmundsdottir^|^Joga^||^Homogenic^|^One Little Indian^|0.50|^Main^|2", lines[0]);
        Assert.Equal("^demo^|^A^|^Unknown^|^Country^|^DEABC2600002^|||0.00|^/jazz^|1", lines[^1]);
    }

    [Fact]
    public async Task A_week_is_a_period_too_and_is_named_by_its_first_and_its_last_day()
    {
        await IngestAsync();

        Assert.Equal(0, await StatsGraphCommand.RunAsync(
            ["report-of-use", "--data", station.Folder, "--site", "demo", "--period", "2026-10-02_2026-10-09", "--category", "A", "--out", folder], Host()));

        Assert.Equal([Path.Combine(folder, "demo20261002-20261008.txt")], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task It_is_delivered_as_an_archive_of_the_same_name()
    {
        await IngestAsync();
        Assert.Equal(0, await RunAsync("--category", "A"));

        Assert.Equal(0, await RunAsync("--category", "A", "--format", "zip"));

        using var archive = ZipFile.OpenRead(Path.Combine(folder, "demo20261001-20261031.zip"));
        var entry = Assert.Single(archive.Entries);
        Assert.Equal("demo20261001-20261031.txt", entry.FullName);
        using var content = new StreamReader(entry.Open());
        Assert.Equal(File.ReadAllText(Path.Combine(folder, entry.FullName)), content.ReadToEnd());
    }

    [Fact]
    public async Task Without_a_folder_it_goes_to_standard_output_alone()
    {
        await IngestAsync();

        Assert.Equal(0, await StatsGraphCommand.RunAsync(
            ["report-of-use", "--data", station.Folder, "--site", "demo", "--category", "A"], Host()));

        Assert.StartsWith("^demo^|^A^|^Bjork Gudmundsdottir^|", output.ToString(), StringComparison.Ordinal);
        Assert.EndsWith("|1\r\n", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("option '--category' is missing, and so is ReportOfUse:Category of the site; expected one of A, B, C, H, I, J, K")]
    [InlineData("option '--category': 'D' is no transmission category; expected one of A, B, C, H, I, J, K", "--category", "D")]
    [InlineData("options '--month' and '--period' both name a period; expected one of them", "--category", "A", "--period", "2026-10-01_2026-10-08")]
    [InlineData("option '--category': 'Z' is no transmission category; expected one of A, B, C, H, I, J, K", "--category", "Z")]
    [InlineData("option '--headers': the contact is missing; expected Contact, Street, City, Telephone and Email in setting Sites:demo:ReportOfUse", "--category", "A", "--headers")]
    [InlineData("option '--headers' is for the text file; leave it out with --format csv", "--category", "A", "--headers", "--format", "csv")]
    public async Task What_is_not_known_is_asked_for_and_not_made_up(string message, params string[] words)
    {
        Assert.NotEqual(0, await RunAsync(words));

        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    private async Task IngestAsync()
    {
        Assert.Equal(0, await StatsGraphCommand.RunAsync(
            ["ingest", "--quiet", "--data", station.Folder, "--site", "demo", Path.Combine(station.Folder, "plays.csv")], Host()));
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
    }

    private Task<int> RunAsync(params string[] words) => StatsGraphCommand.RunAsync(
        ["report-of-use", "--data", station.Folder, "--site", "demo", "--month", "2026-10", "--out", folder, .. words], Host());

    private CommandHost Host() => SomeHost.In(station.Folder) with
    {
        Output = output,
        Error = error,
        Clock = new StoppedClock(DateTimeOffset.Parse("2026-11-22T12:00:00Z", null)),
    };
}
