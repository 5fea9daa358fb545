using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StatsGraph.Configuration;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Server;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

/// <summary>What the README says is compared with what the code does.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");
    private static readonly RootCommand Root = StatsGraphCommand.Root(SomeHost.In(Repository.Root));

    /// <summary>What can be done: a verb that has others under it does nothing itself.</summary>
    private static readonly IReadOnlyList<(string Words, Verb Verb)> Verbs = [.. Root.Subcommands.SelectMany(verb =>
        verb.Subcommands.Count == 0 ? [(verb.Name, (Verb)verb)] : verb.Subcommands.Select(one => ($"{verb.Name} {one.Name}", (Verb)one)))];

    [Fact]
    public void The_table_of_verbs_has_every_verb_with_every_option_and_argument()
    {
        var documented = VerbRow().Matches(Readme).ToDictionary(
            row => row.Groups["verb"].Value,
            row => (Options: Options().Matches(row.Groups["usage"].Value).Select(option => option.Value).Order().ToList(),
                Argument: Argument().Match(row.Groups["usage"].Value).Value.TrimEnd('.')));
        Assert.Equal(Verbs.Select(verb => verb.Words), documented.Keys);
        Assert.All(Verbs, verb =>
        {
            Assert.Equal(verb.Verb.Options.Select(option => option.Name).Order(), documented[verb.Words].Options);
            Assert.Equal(verb.Verb.Arguments.SingleOrDefault()?.Name ?? "", documented[verb.Words].Argument);
        });
    }

    [Fact]
    public void The_table_of_settings_has_every_setting()
        => Assert.Equal(
            new[] { "Data", "DefaultSite", "Token" }
                .Concat(SettingsReader.SiteKeys.Select(key => "Sites:KEY:" + key))
                .Concat(SettingsReader.IngestKeys.Select(key => "Ingest:" + key))
                .Concat(SettingsReader.ReportKeys.Select(key => "Reports:" + key))
                .Concat(SettingsReader.ComplianceKeys.Select(key => "Compliance:" + key))
                .Concat(ScheduleReader.Keys.Except([ScheduleReader.TargetSection]).Select(key => "Schedules:NAME:" + key))
                .Concat(ScheduleReader.TargetKeys.Select(key => "Schedules:NAME:To:" + key))
                .Concat(MailReader.Keys.Select(key => "Mail:" + key))
                .Concat(SettingsReader.ServerKeys.Except(["Limits", "Ingest", "Live", "Embed", "Telemetry", "Logging"]).Select(key => "Server:" + key))
                .Concat(LimitsReader.Keys.Concat(LimitsReader.CallerKeys).Select(key => "Server:Limits:" + key))
                .Concat(UploadLimitsReader.Keys.Select(key => "Server:Ingest:" + key))
                .Concat(LiveReader.Keys.Select(key => "Server:Live:" + key))
                .Concat(EmbedReader.Keys.Select(key => "Server:Embed:" + key))
                .Concat(TelemetryReader.TelemetryKeys.Select(key => "Server:Telemetry:" + key))
                .Concat(TelemetryReader.LoggingKeys.Select(key => "Server:Logging:" + key))
                .Order(StringComparer.Ordinal),
            SettingRow().Matches(Readme).Select(row => row.Groups["key"].Value).Order(StringComparer.Ordinal));

    [Fact]
    public void The_defaults_of_settings_are_those_of_the_code()
    {
        var settings = SettingsReader.Read(SomeHost.In(Path.GetTempPath()), "no-such-folder");
        var defaults = SettingRow().Matches(Readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`', ' '));
        Assert.Equal(
            [
                settings.Site("x").Profile.TimeZone, Text(settings.Site("x").Rules.DurationCeiling.TotalDays), Text(settings.Site("x").Profile.PlayCeiling.TotalMinutes), Text(settings.LinesPerCommit),
                Text(settings.Reports.SettlingTime.TotalHours),
                settings.Reports.MemoryLimit, Text(settings.Reports.MaximumYears), Text(settings.Reports.MaximumBuckets),
                Text(settings.Reports.MaximumGroups), Text(settings.Reports.QueryTimeout.TotalSeconds) + "s", settings.Columns ? "true" : "false",
                settings.Urls.Text, settings.Introspection ? "true" : "false", Text(settings.Telemetry.SlowQuery!.Value.TotalSeconds) + "s",
                Text(settings.Telemetry.LogFormat), Text(settings.LogLevel), settings.Telemetry.Metrics ? "true" : "false",
            ],
            new[]
            {
                "Sites:KEY:TimeZone", "Sites:KEY:DurationCeilingDays", "Sites:KEY:PlayCeilingMinutes", "Ingest:LinesPerCommit", "Reports:SettlingHours", "Reports:MemoryLimit", "Reports:MaximumYears",
                "Reports:MaximumBuckets", "Reports:MaximumGroups", "Reports:QueryTimeout", "Reports:Columns", "Server:Urls",
                "Server:Introspection", "Server:SlowQuery", "Server:Logging:Format", "Server:Logging:Level", "Server:Telemetry:Metrics",
            }.Select(key => defaults[key]));
    }

    [Fact]
    public void The_defaults_of_limits_are_those_of_the_code()
    {
        var settings = SettingsReader.Read(SomeHost.In(Path.GetTempPath()), "no-such-folder");
        var defaults = SettingRow().Matches(Readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`', ' '));
        Assert.All(UploadLimitsReader.Keys, key => Assert.Equal(
            typeof(UploadLimits).GetProperty(key)!.GetValue(settings.Uploads) is TimeSpan time ? $"{time.TotalHours}h"
                : Convert.ToString(typeof(UploadLimits).GetProperty(key)!.GetValue(settings.Uploads), System.Globalization.CultureInfo.InvariantCulture),
            defaults["Server:Ingest:" + key]));
        Assert.All(LimitsReader.Keys, key => Assert.Equal(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{typeof(GraphQLLimits).GetProperty(key)!.GetValue(settings.Limits)}"),
            defaults["Server:Limits:" + key]));
        Assert.All(LimitsReader.CallerKeys, key => Assert.Equal(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{typeof(CallerLimits).GetProperty(key)!.GetValue(settings.CallerLimits)}"),
            defaults["Server:Limits:" + key]));
    }

    [Fact]
    public void The_defaults_of_subscriptions_are_those_of_the_code()
    {
        var live = SettingsReader.Read(SomeHost.In(Path.GetTempPath()), "no-such-folder").Live;
        var defaults = SettingRow().Matches(Readme).ToDictionary(row => row.Groups["key"].Value, row => row.Groups["default"].Value.Trim('`', ' '));
        Assert.All(LiveReader.Keys, key => Assert.Equal(
            typeof(LiveOptions).GetProperty(key)!.GetValue(live) is TimeSpan time ? Text(time.TotalSeconds) + "s"
                : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{typeof(LiveOptions).GetProperty(key)!.GetValue(live)}"),
            defaults["Server:Live:" + key]));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("queries/README.md")]
    [InlineData("Dockerfile")]
    public void Every_command_line_that_is_shown_is_understood(string file)
        => Assert.All(CommandLines(Repository.Read(file)), AssertUnderstood);

    [Fact]
    public void The_examples_of_the_help_are_understood()
        => Assert.All(Root.Subcommands.Cast<Verb>().Concat(Verbs.Select(verb => verb.Verb)).Select(verb => Call().Match(verb.Example).Groups["words"].Value), AssertUnderstood);

    [Fact]
    public void Every_file_that_is_linked_is_there()
        => Assert.All(
            new[] { "README.md", "src/README.md", "queries/README.md" }.SelectMany(
                file => Link().Matches(Repository.Read(file)).Select(link => Path.Combine(Repository.Root, Path.GetDirectoryName(file)!, link.Groups["path"].Value))),
            path => Assert.True(Path.Exists(path), path));

    [Fact]
    public void The_first_commands_are_the_demo_and_the_tests()
        => Assert.Equal(
            ["dotnet run --project src/StatsGraph -c Release -- demo", "dotnet test"],
            CodeLine().Matches(Readme).Select(line => line.Groups["code"].Value).Where(code => code.StartsWith("dotnet ", StringComparison.Ordinal)).Take(2));

    [Fact]
    public void It_says_how_many_packages_the_build_fetches_by_npm()
    {
        var direct = Directory.GetFiles(Path.Combine(Repository.Root, "src"), "package.json", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1 })
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!.AsObject().Where(part => part.Key is "dependencies" or "devDependencies"))
            .Sum(part => part.Value!.AsObject().Count);
        Assert.Contains(FormattableString.Invariant($"with which the build fetches {direct} packages"), Readme, StringComparison.Ordinal);
    }

    private static void AssertUnderstood(string line)
    {
        // The parser's splitter knows no single quotes: what is in them becomes one word without blanks or quotes.
        var words = CommandLineParser.SplitCommandLine(SingleQuoted().Replace(line, "{}")).ToList();
        CommandLineCheck.ThrowIfWrong(Root.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null }), words);
    }

    /// <summary>What follows <c>statsgraph</c> in the indented lines, up to a redirection.</summary>
    private static IEnumerable<string> CommandLines(string text)
        => CodeLine().Matches(text).Select(line => line.Groups["code"].Value)
            .Select(code => Call().Match(code)).Where(call => call.Success).Select(call => call.Groups["words"].Value);

    /// <summary>Names are read in any case, and written in lower case.</summary>
    private static string Text(Enum value) => value.ToString().ToLowerInvariant();

    private static string Text(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\| `statsgraph (?<verb>(token|schedule) \w+|[\w-]+)(?<usage>[^`]*)` \|", RegexOptions.Multiline)]
    private static partial Regex VerbRow();

    [GeneratedRegex(@"--[a-z-]+")]
    private static partial Regex Options();

    [GeneratedRegex(@"(?<=\s)([A-Z]+(\.graphql|\.\.\.)|ID|PROFILE|NAME)(?=$)")]
    private static partial Regex Argument();

    [GeneratedRegex(@"^\| `(?<key>(Data|DefaultSite|Token|Sites:KEY:\w+|Ingest:\w+|Reports:\w+|Compliance:\w+|Schedules:NAME:(To:)?\w+|Mail:\w+|Server:((Limits|Ingest|Live|Embed|Telemetry|Logging):)?\w+))` \| [^|]+ \| (?<default>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex(@"^(    |#   )(?<code>\S.*)$", RegexOptions.Multiline)]
    private static partial Regex CodeLine();

    [GeneratedRegex(@"(^|[\s])(statsgraph|src/StatsGraph -c Release --) (?<words>(ingest|query|report-of-use|report|schedule|serve|prune|demo|verify|compact|vacuum|token|schema)\b[^>|&]*)")]
    private static partial Regex Call();

    [GeneratedRegex("'[^']*'")]
    private static partial Regex SingleQuoted();

    [GeneratedRegex(@"\]\((?<path>(?!https?:)[^)#]+)\)")]
    private static partial Regex Link();
}
