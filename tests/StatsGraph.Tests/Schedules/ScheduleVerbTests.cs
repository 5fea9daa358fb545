using System.Text;
using System.Text.Json;
using StatsGraph.Tests.Command;
using StatsGraph.Tests.Server;
using StatsGraph.Tests.Some;

namespace StatsGraph.Tests.Schedules;

/// <summary>The verb <c>schedule</c> over a real lake: a report that comes by e-mail, webhook and into a folder, restated when a late line comes.</summary>
public sealed class ScheduleVerbTests : IAsyncLifetime
{
    private readonly SomeLake some = new("Europe/Berlin", DateTimeOffset.UnixEpoch);
    private readonly SomeCertificate certificate = new();
    private readonly ManualClock clock = new(SomeSchedules.At("2026-10-20T06:00:00Z"));
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private string said = "";
    private MailReceiver mail = null!;
    private HookReceiver hook = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Out => Path.Combine(some.Data, "out");

    public async ValueTask InitializeAsync()
    {
        mail = new MailReceiver(certificate);
        hook = await HookReceiver.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(some.Data, "roots.pem"), certificate.Roots, Cancellation);
        await File.WriteAllTextAsync(Path.Combine(some.Data, "smtp"), MailReceiver.Password + "\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(some.Data, "appsettings.json"), $$"""
            {
              "Sites": { "radio": { "Name": "Some Radio", "TimeZone": "Europe/Berlin" } },
              "Schedules": {
                "us": {
                  "Cron": "0 6 1-10 * *", "Site": "radio", "Report": "us-ath", "Formats": ["csv", "json", "xlsx", "pdf"], "SettleAfterDays": 1,
                  "To": { "Folder": "{{Out}}", "Mail": ["licensing@example.org"], "Webhook": "{{hook.Address}}", "WebhookSecret": "{{HookReceiver.Secret}}" }
                },
                "countries": { "Cron": "0 7 * * MON", "Site": "radio", "Query": "countries", "Variables": { "first": "5" }, "Formats": ["csv"], "Period": "this month", "To": { "Folder": "{{Out}}" } }
              },
              "Mail": {
                "Host": "localhost", "Port": {{mail.Port}}, "User": "{{MailReceiver.User}}", "PasswordFile": "{{Path.Combine(some.Data, "smtp")}}",
                "From": "stats@example.org", "TrustedCertificates": "{{Path.Combine(some.Data, "roots.pem")}}"
              }
            }
            """, Cancellation);
        Ingest("a.log", "198.51.100.7", "10/Oct/2026:12:00:00 +0200", 3_600);
        Ingest("b.log", "81.2.69.160", "10/Oct/2026:13:00:00 +0200", 1_800);
    }

    [Fact]
    public async Task A_report_is_issued_and_delivered_everywhere_and_again_only_once_it_has_changed()
    {
        Assert.Equal((0, "Runs made: 0; deliveries made: 0.\n", ""), await RunAsync("run"));
        clock.Pass(SomeSchedules.At("2026-11-01T22:59:00Z") - clock.GetUtcNow());
        // November has begun, and October has not settled: only the countries of two Mondays are due.
        Assert.Equal((0, "Runs made: 1; deliveries made: 1.\n", ""), await RunAsync("run"));
        clock.Pass(TimeSpan.FromMinutes(2));
        hook.AnswerNext(500);
        var (status, told, errors) = await RunAsync("run", "us");
        Assert.Equal((1, "Runs made: 1; deliveries made: 2.\n"), (status, told));
        var origin = hook.Address.GetLeftPart(UriPartial.Authority);
        Assert.StartsWith(
            $"statsgraph: schedule us: the run due 2026-11-01 05:00Z could not be delivered to its webhook: {origin} answered 500; expected 2xx; tried again at 2026-11-01 23:0", errors, StringComparison.Ordinal);
        clock.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(
            (0, "Runs made: 0; deliveries made: 1.\n", "statsgraph: schedule us: the run due 2026-11-01 05:00Z is delivered to its webhook after 2 attempts\n"), await RunAsync("run", "us"));

        string[] files = ["radio_US-ATH_2026-10_r1.csv", "radio_US-ATH_2026-10_r1.json", "radio_US-ATH_2026-10_r1.xlsx", "radio_US-ATH_2026-10_r1.pdf"];
        Assert.Equal(files.Append("countries_2026-10_20261026T060000Z.csv").Order(StringComparer.Ordinal), Delivered());
        Assert.Equal(files, mail.Taken.Single().Message.Attachments.Select(file => file.ContentDisposition!.FileName));
        Assert.Equal(files, hook.Taken.Single().Body.GetProperty("data").GetProperty("files").EnumerateArray().Select(file => file.GetProperty("name").GetString()));
        Assert.StartsWith("%PDF-", await File.ReadAllTextAsync(Path.Combine(Out, files[3]), Cancellation), StringComparison.Ordinal);
        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(Out, files[1]), Cancellation), await File.ReadAllBytesAsync(Path.Combine(some.Data, "issued/radio/US-ATH/2026-10/0001.json"), Cancellation));

        // The next day nothing is new, and on the third a line has come that ended in November.
        clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal((0, "Runs made: 1; deliveries made: 0.\n", ""), await RunAsync("run", "us"));
        Ingest("c.log", "198.51.100.8", "01/Nov/2026:02:00:00 +0100", 10_800);
        clock.Pass(TimeSpan.FromDays(1));
        Assert.Equal((0, "Runs made: 1; deliveries made: 3.\n", ""), await RunAsync("run", "us"));
        Assert.Equal("radio_US-ATH_2026-10_r2.csv", mail.Taken[1].Message.Attachments.First().ContentDisposition!.FileName);
        Assert.Contains("All channels, tuningHours_territory: 1 -> 2 hours (+1).", mail.Taken[1].Message.TextBody!, StringComparison.Ordinal);
        Assert.Contains("radio_US-ATH_2026-10_r1.csv", Delivered());
        AssertNoSecrets();
    }

    [Fact]
    public async Task The_saved_documents_of_schedules_and_deliveries_are_answered_without_a_server()
    {
        await RunAsync("run", "countries", "--now");
        var schedules = await AskAsync("schedules");
        Assert.Equal(["countries", "us"], schedules.GetProperty("schedules").EnumerateArray().Select(schedule => schedule.GetProperty("name").GetString()));
        var delivery = Assert.Single((await AskAsync("deliveries")).GetProperty("deliveries").GetProperty("nodes").EnumerateArray());
        Assert.Equal(("countries", "DELIVERED"), (delivery.GetProperty("schedule").GetString(), delivery.GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_schedule_is_listed_and_can_be_tried_at_once()
    {
        Assert.Equal((0, $"folder {Out}: delivered\nmail licensing@example.org: delivered\nwebhook {hook.Address.GetLeftPart(UriPartial.Authority)}: delivered\n", ""), await RunAsync("run", "US", "--now"));
        Assert.Equal(["radio_US-ATH_2026-09_r1.csv", "radio_US-ATH_2026-09_r1.json", "radio_US-ATH_2026-09_r1.pdf", "radio_US-ATH_2026-09_r1.xlsx"], Delivered());
        var (status, table, _) = await RunAsync("list");
        Assert.Equal(0, status);
        Assert.Equal(
            """
            NAME       MAKES      SITE   CRON          ZONE           NEXT                  OF       LAST                            TO
            countries  countries  radio  0 7 * * MON   Europe/Berlin  2026-10-26T06:00:00Z  2026-10  -                               folder
            us         us-ath     radio  0 6 1-10 * *  Europe/Berlin  2026-11-01T23:00:00Z  2026-10  2026-10-20T06:00:00Z delivered  folder, mail, webhook

            """,
            table);
        var list = JsonSerializer.Deserialize<JsonElement>((await RunAsync("list", "--json")).Output);
        Assert.Equal("delivered", list[1].GetProperty("lastRun").GetProperty("deliveries")[2].GetProperty("state").GetString());
        AssertNoSecrets();
        Assert.Equal((2, "", "statsgraph: there is no schedule 'eu'; expected one of the setting Schedules: countries, us\n"), await RunAsync("run", "eu"));
        Assert.Equal((2, "", "statsgraph: option '--now' needs the name of a schedule; see 'statsgraph schedule list'\n"), await RunAsync("run", "--now"));
    }

    [Fact]
    public async Task A_table_is_delivered_with_its_variables_filled_in()
    {
        await RunAsync("run", "countries", "--now");
        var lines = await File.ReadAllLinesAsync(Path.Combine(Out, "countries_2026-10_20261020T060000Z.csv"), Cancellation);
        Assert.Equal(3, lines.Length);
        Assert.Contains(lines, line => line.Contains("GB", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        mail.Dispose();
        await hook.DisposeAsync();
        certificate.Dispose();
        some.Dispose();
    }

    private IEnumerable<string> Delivered() => Directory.GetFiles(Out).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    /// <summary>Neither in what was ever told nor in what is kept.</summary>
    private void AssertNoSecrets()
    {
        var kept = Directory.EnumerateFiles(Path.Combine(some.Data, "schedules"), "*", SearchOption.AllDirectories).Select(File.ReadAllText);
        Assert.All(kept.Append(said), text => Assert.All(
            (string[])[MailReceiver.Password, HookReceiver.Secret, "T0P-S3CRET", "key=abcdef"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal)));
    }

    private async Task<JsonElement> AskAsync(string name)
    {
        output.GetStringBuilder().Clear();
        var host = SomeHost.In(some.Data) with { Output = output, Error = error, Clock = clock };
        Assert.Equal(0, await StatsGraphCommand.RunAsync(["query", RepositoryFolder.Path("queries", name + ".graphql"), "--data", some.Data], host));
        return JsonSerializer.Deserialize<JsonElement>(output.ToString()).GetProperty("data");
    }

    private async Task<(int Status, string Output, string Error)> RunAsync(params string[] words)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        var host = SomeHost.In(some.Data) with { Output = output, Error = error, Clock = clock };
        var status = await StatsGraphCommand.RunAsync(["schedule", .. words, "--data", some.Data], host);
        said += output.ToString() + error;
        return (status, output.ToString(), error.ToString());
    }

    private void Ingest(string name, string address, string stamp, long seconds)
        => some.Ingest([some.Write(name, Encoding.Latin1.GetBytes(FormattableString.Invariant(
            $"{address} - - [{stamp}] \"GET /live.mp3 HTTP/1.1\" 200 {seconds * 16_000} \"-\" \"VLC/3.0.20\" {seconds}\n")))]);
}
