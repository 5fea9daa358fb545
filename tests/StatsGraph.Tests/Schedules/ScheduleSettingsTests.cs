using System.Text.Json;
using System.Text.RegularExpressions;
using StatsGraph.Configuration;
using StatsGraph.Schedules;
using StatsGraph.Tests.Command;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Schedules;

/// <summary>Schedules are read from the settings, and what is wrong with one is told by the name of the setting.</summary>
public sealed partial class ScheduleSettingsTests : IDisposable
{
    private const string Mail = """, "Mail": { "Host": "localhost", "From": "a@b.example" }""";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    [Fact]
    public void The_example_of_the_readme_is_read()
    {
        var example = Example().Match(Repository.Read("README.md")).Groups["json"].Value;
        var settings = Read(example.Replace("/etc/statsgraph/", folder.FullName + "/", StringComparison.Ordinal));
        Assert.Equal(["countries", "us-hours"], settings.Schedules.Select(schedule => schedule.Name));
        var (countries, hours) = (settings.Schedules[0], settings.Schedules[1]);
        Assert.Equal(("30 7 * * MON", "Europe/Berlin", "this month", 12, 12), (countries.Times.Expression, countries.Times.TimeZone, countries.Period.Text, countries.CatchUp, countries.Attempts));
        Assert.Equal("""{"month":"{period}","first":"50"}""", JsonSerializer.Serialize(((ScheduledWork.Query)countries.Work).Variables.OrderByDescending(pair => pair.Key).ToDictionary()));
        Assert.Equal((new ScheduledWork.Report("US-ATH"), "radio", "last month", 3), (hours.Work, hours.Site, hours.Period.Text, hours.SettleAfterDays));
        Assert.Equal(["pdf", "xlsx"], hours.Formats);
        Assert.Equal(
            ["folder /srv/reports", "mail licensing@example.org", "webhook https://hooks.example.org"],
            hours.Targets.Select(target => $"{target.Kind} {target.Address}"));
        // What can be found out before a run is found out: the profile, the document, its variables, the formats.
        using var store = Stores.Open(SomeHost.In(folder.FullName), settings);
        new ScheduleRuns(SomeHost.In(folder.FullName), settings).Open(store, Options).Dispose();
    }

    [Theory]
    [InlineData("\"Report\": \"US-ATH\", \"Site\": \"radio\"", "Cron: is missing; expected minute, hour, day of the month, month and day of the week, such as '0 6 1 * *'")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"TimeZone\": \"UTC+02\", \"Report\": \"US-ATH\", \"Site\": \"radio\"", "TimeZone: 'UTC+02' is no IANA time zone; expected one such as Europe/Berlin")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Site\": \"radio\"", "Report: is missing; expected a profile here, or a saved document in 'Query'")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\"", "Site: is missing; a report is of one site")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Query\": \"countries\", \"Site\": \"radio\"", "Query: cannot be together with 'Report'; expected one of them")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"Variables\": { \"a\": \"b\" }", "Variables: the report US-ATH has none; expected 'Query' instead of 'Report'")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"No Site\"", "Site: 'No Site' is no site key; expected 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"Period\": \"this month\", \"SettleAfterDays\": 3",
        "SettleAfterDays: the period 'this month' is not over when a run is due, so that there is nothing to wait for; expected none")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"CatchUp\": 0", "CatchUp: '0' is no whole number from 1 to 100")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"Formats\": [\"csv\", \"CSV\"]", "Formats: names one twice")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"At\": 1",
        "At: is unknown; expected one of Cron, TimeZone, Site, Report, Query, Variables, Period, SettleAfterDays, CatchUp, Attempts, Formats, To")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"us\", \"Site\": \"radio\"", "Report: there is no profile 'us'; expected one of CA-RESOUND, DE-GVL, INDUSTRY, UK-PPL, US-ATH, REPORT-OF-USE and REPORT-OF-USE-BY-HOURS")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Report\": \"US-ATH\", \"Site\": \"radio\", \"Formats\": [\"doc\"]", "Formats: 'doc' is none of csv, json, xlsx, pdf")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Query\": \"average-duration\", \"Site\": \"radio\"", "Query: The document asks for two lists, ")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Query\": \"nothing\", \"Site\": \"radio\"", "Query: there is no document 'nothing'; expected one of average-duration, ")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Query\": \"countries\", \"Site\": \"radio\", \"Variables\": { \"first\": \"x\" }", "Variables: the variable 'first' is of type Int; 'x' is none")]
    [InlineData("\"Cron\": \"0 6 1 * *\", \"Query\": \"countries\", \"Variables\": { \"land\": \"x\" }", "Variables: the document 'countries' has no variable 'land'; expected site (String!), month (String!), ")]
    public void What_is_wrong_with_a_schedule_is_told_by_its_setting(string schedule, string expected)
        => Assert.StartsWith("setting Schedules:us:" + expected, Complaint($$"""{ "Schedules": { "us": { {{schedule}}, "To": { "Folder": "out" } } } }"""), StringComparison.Ordinal);

    [Theory]
    [InlineData("", "", "Schedules:us:To:Folder: is missing; expected a folder here, addresses in 'Mail' or an address in 'Webhook'")]
    [InlineData("\"Mail\": [\"a@b.example\"]", "", "Schedules:us:To:Mail: there is no server for e-mail; expected the setting Mail:Host")]
    [InlineData("\"Mail\": [\"nobody\"]", Mail, "Schedules:us:To:Mail: 'nobody' is no address of e-mail; expected one such as licensing@example.org")]
    [InlineData("\"Webhook\": \"http://hooks.example.org/T0P-S3CRET\"", "", "Schedules:us:To:Webhook: is no address that files may be sent to; expected https://, or http:// on this machine, without a user")]
    [InlineData("\"Webhook\": \"https://hooks.example.org/a\"", "", "Schedules:us:To:WebhookSecret: is missing; expected what the receiver checks signatures by, here or in the file of 'WebhookSecretFile'")]
    [InlineData("\"Webhook\": \"https://hooks.example.org/a\", \"WebhookSecret\": \"T0P-S3CRET\"", "", "Schedules:us:To:WebhookSecret: the webhook's secret is too short; expected 24 bytes or more, or 'whsec_' and their Base64")]
    [InlineData("\"Webhook\": \"https://hooks.example.org/a\", \"WebhookSecret\": \"x\", \"WebhookSecretFile\": \"y\"", "", "Schedules:us:To:WebhookSecretFile: cannot be together with 'WebhookSecret'; expected one of them")]
    [InlineData("\"Folder\": \"out\"", ", \"Mail\": { \"Host\": \"localhost\" }", "Mail:From: is missing; expected the sender's address, such as StatsGraph <stats@example.org>")]
    [InlineData("\"Folder\": \"out\"", ", \"Mail\": { \"From\": \"a@b.example\" }", "Mail:Host: is missing; expected the name of the server that takes e-mail")]
    [InlineData("\"Folder\": \"out\"", ", \"Mail\": { \"Host\": \"localhost\", \"From\": \"a@b.example\", \"User\": \"me\" }", "Mail:User: and its password belong together; expected both ('Password' or 'PasswordFile') or neither")]
    [InlineData("\"Folder\": \"out\"", ", \"Mail\": { \"Host\": \"localhost\", \"From\": \"a@b.example\", \"User\": \"me\", \"Password\": \"T0P-S3CRET\", \"Security\": \"none\" }",
        "Mail:Security: 'none' would show the password to all on the way; expected starttls or tls")]
    [InlineData("\"Folder\": \"out\"", ", \"Mail\": { \"Host\": \"localhost\", \"From\": \"a@b.example\", \"Security\": \"ssl\" }", "Mail:Security: 'ssl' is none of starttls, tls, none")]
    public void What_is_wrong_with_a_target_is_told_by_its_setting_and_without_secrets(string to, string more, string expected)
    {
        var complaint = Complaint($$"""{ "Schedules": { "us": { "Cron": "0 6 1 * *", "Report": "US-ATH", "Site": "radio", "To": { {{to}} } } }{{more}} }""");
        Assert.Equal("setting " + expected, complaint);
        Assert.DoesNotContain("T0P-S3CRET", complaint, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static readonly StatsGraph.Server.ServerOptions Options = new();

    private string Complaint(string json) => Assert.Throws<CommandException>(() =>
    {
        var settings = Read(json);
        using var store = Stores.Open(SomeHost.In(folder.FullName), settings);
        new ScheduleRuns(SomeHost.In(folder.FullName), settings).Open(store, Options).Dispose();
    }).Message;

    private Settings Read(string json)
    {
        File.WriteAllText(Path.Combine(folder.FullName, "appsettings.json"), json);
        return SettingsReader.Read(SomeHost.In(folder.FullName), null);
    }

    [GeneratedRegex(@"### On schedule.*?```json\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();
}
