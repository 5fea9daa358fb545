using Microsoft.Extensions.Logging;
using StatsGraph.Configuration;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Printing;
using StatsGraph.Reports;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Telemetry;
using StatsGraph.Tests.Printing;
using StatsGraph.Verbs;

namespace StatsGraph.Tests.Command;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("statsgraph-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Without_any_configuration_everything_has_a_default()
    {
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), dataFolder: null);
        Assert.Equal(Path.Combine(folder.FullName, "data"), settings.DataFolder);
        Assert.Equal("default", settings.ResolveSite(null));
        Assert.Equal(("UTC", null), (settings.Site("default").Profile.TimeZone, settings.Site("default").Profile.Name));
        Assert.Equal(["Icecast", "Liquidsoap", "SHOUTcast"], settings.Site("default").Rules.Relays);
        Assert.Equal(("http://127.0.0.1:5080", true, false), (settings.Urls.Text, settings.Urls.LoopbackOnly, settings.Public));
        Assert.Equal((new ReportOptions(), true), (settings.Reports, settings.Columns));
    }

    [Fact]
    public void The_data_folder_wins_over_the_working_folder_and_the_environment_over_both()
    {
        Write("appsettings.json", """{ "Sites": { "radio": { "Name": "working", "TimeZone": "Europe/Berlin" } }, "Reports": { "MaximumYears": 1 } }""");
        Write("lake/appsettings.json", """{ "Sites": { "radio": { "Name": "data" } }, "Reports": { "MaximumYears": 2 } }""");
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName, ("STATSGRAPH_REPORTS__MAXIMUMYEARS", "3")), "lake");
        Assert.Equal(("data", "Europe/Berlin", 3),
            (settings.Site("radio").Profile.Name, settings.Site("radio").Profile.TimeZone, settings.Reports.MaximumYears));
    }

    [Theory]
    [InlineData(null, null, null, "data")]
    [InlineData("file", null, null, "file")]
    [InlineData("file", "variable", null, "variable")]
    [InlineData("file", "variable", "option", "option")]
    public void The_data_folder_is_the_options_else_the_variables_else_the_files(string? file, string? variable, string? option, string expected)
    {
        if (file is not null)
        {
            Write("appsettings.json", $$"""{ "Data": "{{file}}" }""");
        }

        (string, string)[] environment = variable is null ? [] : [("STATSGRAPH_DATA", variable)];
        Assert.Equal(Path.Combine(folder.FullName, expected), SettingsReader.Read(SomeHost.In(folder.FullName, environment), option).DataFolder);
    }

    [Fact]
    public void Fonts_are_named_from_the_working_folder_and_one_that_is_none_is_told_at_once()
    {
        Write("appsettings.json", """{ "Compliance": { "Fonts": ["fonts/some.ttf"] } }""");
        const string Expected = "expected a TrueType font (.ttf)";
        var font = Path.Combine(folder.FullName, "fonts", "some.ttf");
        Assert.Equal(
            $"setting Compliance:Fonts: '{font}' cannot be read: Could not find a part of the path '{font}'.; {Expected}",
            Assert.Throws<CommandException>(() => SettingsReader.Read(SomeHost.In(folder.FullName), null)).Message);

        Write("fonts/some.ttf", "This is no font.");
        Assert.Equal(
            $"setting Compliance:Fonts: '{font}' is none; {Expected}",
            Assert.Throws<CommandException>(() => SettingsReader.Read(SomeHost.In(folder.FullName), null)).Message);

        File.WriteAllBytes(font, SomeFonts.Carried());
        Assert.NotSame(PrintFonts.Carried, SettingsReader.Read(SomeHost.In(folder.FullName), null).Fonts);
        Write("appsettings.json", "{}");
        Assert.Same(PrintFonts.Carried, SettingsReader.Read(SomeHost.In(folder.FullName), null).Fonts);
    }

    [Fact]
    public void Everything_of_a_site_can_be_configured()
    {
        Write("appsettings.json", """
            {
              // Comments are allowed.
              "Sites": { "radio": {
                "Name": "Radio One", "TimeZone": "Asia/Kathmandu", "MountAliases": { "/Old": "/live.mp3", "/a:b": "/c" },
                "Bots": ["^Probe"], "Relays": ["Steamcast"], "Players": ["^OurApp"], "DurationCeilingDays": 2.5, "Logs": ["/var/log/a.log", "/var/log/b"] } }
            }
            """);
        var site = SettingsReader.Read(SomeHost.In(folder.FullName), null).Site("radio");
        Assert.Equal(("Radio One", "Asia/Kathmandu"), (site.Profile.Name, site.Profile.TimeZone));
        Assert.Equal(new Dictionary<string, string> { ["/Old"] = "/live.mp3", ["/a:b"] = "/c" }, site.Profile.MountAliases);
        Assert.Equal(["/var/log/a.log", "/var/log/b"], site.Logs);
        Assert.Equal(["^Probe"], site.Rules.Bots);
        Assert.Equal(["^OurApp"], site.Rules.Players);
        Assert.Equal(TimeSpan.FromHours(60), site.Rules.DurationCeiling);
        Assert.Equal(["Icecast", "Liquidsoap", "SHOUTcast", "Steamcast"], site.Rules.Relays);
    }

    [Fact]
    public void Who_may_what_can_be_configured()
    {
        Write("appsettings.json", """
            {
              "Sites": { "radio": { "Public": true }, "jazz": {} },
              "Server": { "Access": "Tokens", "Limits": { "RequestsPerMinute": 5, "RequestsAtOnce": 2, "CostPerMinute": 700 } }
            }
            """);
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal((true, false, false), (settings.Site("radio").IsPublic, settings.Site("jazz").IsPublic, settings.Site("rock").IsPublic));
        Assert.Equal(AccessMode.Tokens, settings.Access);
        Assert.Equal(new CallerLimits { RequestsPerMinute = 5, RequestsAtOnce = 2, CostPerMinute = 700 }, settings.CallerLimits);
        Write("appsettings.json", "{}");
        Assert.Null(SettingsReader.Read(SomeHost.In(folder.FullName), null).Access);
    }

    [Theory]
    [InlineData("{}", "default")]
    [InlineData("""{ "Sites": { "jazz": {} } }""", "jazz")]
    [InlineData("""{ "Sites": { "jazz": {}, "rock": {} } }""", "default")]
    [InlineData("""{ "Sites": { "jazz": {}, "rock": {} }, "DefaultSite": "rock" }""", "rock")]
    public void The_site_is_the_default_one_else_the_only_one_else_default(string file, string site)
    {
        Write("appsettings.json", file);
        Assert.Equal(site, SettingsReader.Read(SomeHost.In(folder.FullName), null).ResolveSite(null));
        Assert.Equal("asked", SettingsReader.Read(SomeHost.In(folder.FullName), null).ResolveSite("asked"));
    }

    [Theory]
    [InlineData("""{ "Sites": { "radio": { "TimeZone": "Europe/Berln" } } }""",
        "setting Sites:radio:TimeZone: 'Europe/Berln' is no IANA time zone; expected one such as Europe/Berlin")]
    [InlineData("""{ "Sites": { "radio": { "TimeZone": "UTC+02" } } }""",
        "setting Sites:radio:TimeZone: 'UTC+02' is no IANA time zone; expected one such as Europe/Berlin")]
    [InlineData("""{ "DefaultSit": "radio" }""", "setting DefaultSit: is unknown; expected one of Data, DefaultSite, Token, Sites, Ingest, Reports, Server, Compliance, Schedules, Mail")]
    [InlineData("""{ "Reports": { "MemoryLimit": "63MB" } }""", "setting Reports:MemoryLimit: '63MB' is less than 64MB")]
    [InlineData("""{ "Reports": { "MemoryLimit": "0GB" } }""",
        "setting Reports:MemoryLimit: '0GB' is no amount of memory; expected one such as 512MB or 4GB")]
    [InlineData("""{ "Sites": { "radio": { "Zone": "UTC" } } }""",
        "setting Sites:radio:Zone: is unknown; expected one of Name, TimeZone, MountAliases, Bots, Relays, Players, DurationCeilingDays, Logs, Retention, Public, Channels, PlayCeilingMinutes, ReportOfUse")]
    [InlineData("""{ "Sites": { "radio": { "Logs": "/var/log/access.log" } } }""", "setting Sites:radio:Logs: '/var/log/access.log' is no list")]
    [InlineData("""{ "Sites": { "radio": { "Logs": ["-"] } } }""",
        "setting Sites:radio:Logs: '-' cannot be followed; expected files, folders and globs")]
    [InlineData("""{ "Sites": { "a b": {} } }""",
        "setting Sites:a b: 'a b' is no site key; expected 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit")]
    [InlineData("""{ "DefaultSite": "-" }""",
        "setting DefaultSite: '-' is no site key; expected 1 to 64 of a-z, 0-9, '.', '_' and '-', beginning with a letter or digit")]
    [InlineData("""{ "Sites": { "radio": { "Bots": "x" } } }""", "setting Sites:radio:Bots: 'x' is no list")]
    [InlineData("""{ "Sites": { "radio": { "Players": ["("] } } }""",
        "setting Sites:radio:Players: '(' is no regular expression: Invalid pattern '(' at offset 1. Not enough )'s.")]
    [InlineData("""{ "Sites": { "radio": { "DurationCeilingDays": 0 } } }""",
        "setting Sites:radio:DurationCeilingDays: '0' is no number from 0.01 to 3650")]
    [InlineData("""{ "Reports": { "MaximumYears": 1000 } }""", "setting Reports:MaximumYears: '1000' is no whole number from 1 to 100")]
    [InlineData("""{ "Reports": { "MemoryLimit": "much" } }""",
        "setting Reports:MemoryLimit: 'much' is no amount of memory; expected one such as 512MB or 4GB")]
    [InlineData("""{ "Reports": { "Cache": 1 } }""",
        "setting Reports:Cache: is unknown; expected one of SettlingHours, MemoryLimit, MaximumYears, MaximumBuckets, MaximumGroups, QueryTimeout, "
        + "Columns")]
    [InlineData("""{ "Reports": { "Columns": "on" } }""", "setting Reports:Columns: 'on' is neither true nor false")]
    [InlineData("""{ "Reports": { "QueryTimeout": 30 } }""",
        "setting Reports:QueryTimeout: '30' is no time from 100ms to 1h; expected one such as 500ms, 5s or 2m")]
    [InlineData("""{ "Reports": { "QueryTimeout": "2h" } }""",
        "setting Reports:QueryTimeout: '2h' is no time from 100ms to 1h; expected one such as 500ms, 5s or 2m")]
    [InlineData("""{ "Server": { "Explain": "loopback" } }""", "setting Server:Explain: 'loopback' is neither true nor false")]
    [InlineData("""{ "Server": { "Introspection": "off" } }""", "setting Server:Introspection: 'off' is neither true nor false")]
    [InlineData("""{ "Server": { "TrustedDocumentsOnly": 1 } }""", "setting Server:TrustedDocumentsOnly: '1' is neither true nor false")]
    [InlineData("""{ "Server": { "Urls": "5080" } }""",
        "setting Server:Urls: '5080' is no address to listen on; expected one such as http://127.0.0.1:5080")]
    [InlineData("""{ "Server": { "Public": "yes" } }""", "setting Server:Public: 'yes' is neither true nor false")]
    [InlineData("""{ "Server": { "PathBase": "stats/" } }""", "setting Server:PathBase: 'stats/' is no path; expected one such as /stats")]
    [InlineData("""{ "Server": { "AnswerCacheMegabytes": -1 } }""",
        "setting Server:AnswerCacheMegabytes: '-1' is no whole number from 0 to 1000000")]
    [InlineData("""{ "Server": { "Embed": { "Cards": ["countries"] } } }""", "setting Server:Embed:Cards: is of no use without Server:Embed:Origins")]
    [InlineData("""{ "Server": { "Embed": { "Origins": ["*"] } } }""", "setting Server:Embed:Origins: is of no use without Server:Embed:Cards")]
    [InlineData("""{ "Server": { "Embed": { "Cards": ["Countries"], "Origins": ["*"] } } }""",
        "setting Server:Embed:Cards: 'Countries' is no name of a card; expected one such as countries, or * for all")]
    [InlineData("""{ "Server": { "Embed": { "Cards": ["*"], "Origins": ["https://radio.example/"] } } }""",
        "setting Server:Embed:Origins: 'https://radio.example/' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Embed": { "Frames": ["*"] } } }""", "setting Server:Embed:Frames: is unknown; expected one of Cards, Origins")]
    [InlineData("""{ "Server": { "Live": { "Interval": "1ms" } } }""", "setting Server:Live:Interval: '1ms' is no time from 100ms to 1h; expected one such as 500ms, 5s or 2m")]
    [InlineData("""{ "Server": { "Live": { "MaximumPerConnection": 0 } } }""", "setting Server:Live:MaximumPerConnection: '0' is no whole number from 1 to 10000")]
    [InlineData("""{ "Server": { "Limits": { "MaximumDepth": 51 } } }""", "setting Server:Limits:MaximumDepth: '51' is no whole number from 1 to 50")]
    [InlineData("""{ "Server": { "Limits": { "MaximumFields": 0 } } }""",
        "setting Server:Limits:MaximumFields: '0' is no whole number from 1 to 100000")]
    [InlineData("""{ "Server": { "Limits": { "MaximumQueryStringBytes": 262145 } } }""",
        "setting Server:Limits:MaximumQueryStringBytes: '262145' is no whole number from 256 to 262144")]
    [InlineData("""{ "Server": { "Limits": { "Fields": 1 } } }""",
        "setting Server:Limits:Fields: is unknown; expected one of MaximumBytes, MaximumQueryStringBytes, MaximumFields, MaximumRootFields, MaximumDepth, "
        + "MaximumArguments, MaximumDirectivesPerLocation, MaximumDefinitions, MaximumListItems, MaximumValues, MaximumValueDepth, MaximumTextLength, "
        + "MaximumRepetitions, MaximumLineLength, MaximumErrors, MaximumFieldCost, MaximumTypeCost, RequestsPerMinute, RequestsAtOnce, CostPerMinute")]
    [InlineData("""{ "Server": { "Limits": { "RequestsAtOnce": 0 } } }""",
        "setting Server:Limits:RequestsAtOnce: '0' is no whole number from 1 to 100000")]
    [InlineData("""{ "Server": { "Access": "closed" } }""", "setting Server:Access: 'closed' is neither open nor tokens")]
    [InlineData("""{ "Sites": { "radio": { "Public": "yes" } } }""", "setting Sites:radio:Public: 'yes' is neither true nor false")]
    [InlineData("""{ "Server": { "CacheControl": "max-age=soon" } }""",
        "setting Server:CacheControl: 'max-age=soon' is no value of Cache-Control; expected one such as private, max-age=60")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "radio.example.org"] } }""",
        "setting Server:Cors: 'radio.example.org' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "https://radio.example.org/"] } }""",
        "setting Server:Cors: 'https://radio.example.org/' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "https://radio.example.org:443"] } }""",
        "setting Server:Cors: 'https://radio.example.org:443' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "ftp://radio.example.org"] } }""",
        "setting Server:Cors: 'ftp://radio.example.org' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "https://a@radio.example.org"] } }""",
        "setting Server:Cors: 'https://a@radio.example.org' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Server": { "Cors": ["https://a.example", "https://*.example.org"] } }""",
        "setting Server:Cors: 'https://*.example.org' is no origin; expected one such as https://radio.example.org, or * for all")]
    [InlineData("""{ "Sites": { "radio": { "Channels": { "A": ["/a", "/b"], "B": ["/b"] } } } }""",
        "setting Sites:radio:Channels: channel 'B': the mount '/b' is also of channel 'A'; expected each mount in one channel")]
    [InlineData("""{ "Sites": { "radio": { "Channels": { "A": "/a" } } } }""", "setting Sites:radio:Channels:A: '/a' is no list")]
    [InlineData("""{ "Compliance": { "Folder": "x" } }""", "setting Compliance:Folder: is unknown; expected one of Profiles, Paper, Fonts")]
    [InlineData("""{ "Compliance": { "Fonts": "none.ttf" } }""", "setting Compliance:Fonts: 'none.ttf' is no list")]
    [InlineData("""{ "Compliance": { "Paper": "A5" } }""", "setting Compliance:Paper: 'A5' is no paper; expected A4 or Letter")]
    [InlineData("""{ "Server": { "Cors": "*" } }""", "setting Server:Cors: '*' is no list")]
    [InlineData("""{ "Server": { "SlowQuery": "soon" } }""",
        "setting Server:SlowQuery: 'soon' is no time from 0s to 1h and not 'off'; expected one such as 500ms, 5s or 2m")]
    [InlineData("""{ "Server": { "Logging": { "Format": "xml" } } }""", "setting Server:Logging:Format: 'xml' is none of text, json")]
    [InlineData("""{ "Server": { "Logging": { "Level": "loud" } } }""",
        "setting Server:Logging:Level: 'loud' is none of debug, information, warning, error")]
    [InlineData("""{ "Server": { "Logging": { "File": "x" } } }""", "setting Server:Logging:File: is unknown; expected one of Format, Level")]
    [InlineData("""{ "Server": { "Telemetry": { "Otlp": "127.0.0.1:4317" } } }""",
        "setting Server:Telemetry:Otlp: is no address of a collector; expected one such as http://127.0.0.1:4317")]
    [InlineData("""{ "Server": { "Telemetry": { "Otlp": "http://user:secret@127.0.0.1:4317" } } }""",
        "setting Server:Telemetry:Otlp: is no address of a collector; expected one such as http://127.0.0.1:4317")]
    public void A_wrong_setting_is_told_by_its_key(string file, string message)
    {
        Write("appsettings.json", file);
        var failure = Assert.Throws<CommandException>(() => SettingsReader.Read(SomeHost.In(folder.FullName), null));
        Assert.Equal((1, message), (failure.ExitStatus, failure.Message));
    }

    [Fact]
    public void Channels_are_groups_of_mounts_and_profiles_are_in_a_folder()
    {
        Write("appsettings.json", """{ "Sites": { "radio": { "Channels": { "Main": ["/b", "/a"] } } }, "Compliance": { "Profiles": "rules" } }""");
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal(
            [("/other", "/other"), ("Main", "/a /b")],
            settings.Site("radio").Channels!.Of(["/other", "/a"]).Select(channel => (channel.Name, string.Join(' ', channel.Mounts))));
        Assert.Equal((null, Path.Combine(folder.FullName, "rules")), (settings.Site("other").Channels, settings.ProfilesFolder));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", false)]
    public void Columns_can_be_switched_off(string columns, bool expected)
        => Assert.Equal(expected, SettingsReader.Read(SomeHost.In(folder.FullName, ("STATSGRAPH_REPORTS__COLUMNS", columns)), null).Columns);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{ "Server": { "Introspection": false } }""", false)]
    public void Introspection_can_be_switched_off(string file, bool expected)
    {
        Write("appsettings.json", file);
        Assert.Equal(expected, SettingsReader.Read(SomeHost.In(folder.FullName), null).Introspection);
    }

    [Theory]
    [InlineData("{}", null, 30)]
    [InlineData("""{ "Server": { "Explain": false }, "Reports": { "QueryTimeout": "2m" } }""", false, 120)]
    [InlineData("""{ "Server": { "Explain": true }, "Reports": { "QueryTimeout": "500ms" } }""", true, 0.5)]
    public void A_request_has_its_time_and_may_be_explained_or_not(string file, bool? explain, double seconds)
    {
        Write("appsettings.json", file);
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal((explain, TimeSpan.FromSeconds(seconds)), (settings.Explain, settings.Reports.QueryTimeout));
    }

    [Fact]
    public void What_the_server_tells_of_itself_can_be_chosen()
    {
        Write("appsettings.json", """
            { "Server": {
                "SlowQuery": "0s", "Logging": { "Format": "JSON", "Level": "Information" }, "Telemetry": { "Metrics": false, "Otlp": "https://collector.example:4318" } } }
            """);
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal(
            new TelemetryOptions { Metrics = false, Otlp = new Uri("https://collector.example:4318"), SlowQuery = TimeSpan.Zero, LogFormat = LogFormat.Json },
            settings.Telemetry);
        Assert.Equal(LogLevel.Information, settings.LogLevel);

        Write("appsettings.json", """{ "Server": { "SlowQuery": "off" } }""");
        Assert.Null(SettingsReader.Read(SomeHost.In(folder.FullName), null).Telemetry.SlowQuery);
    }

    [Fact]
    public void The_folder_of_saved_documents_is_seen_from_the_working_folder()
    {
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal((null, false), (settings.QueriesFolder, settings.TrustedDocumentsOnly));
        Write("appsettings.json", """{ "Server": { "Queries": "own", "TrustedDocumentsOnly": true } }""");
        settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal((Path.Combine(folder.FullName, "own"), true), (settings.QueriesFolder, settings.TrustedDocumentsOnly));
    }

    [Fact]
    public async Task A_server_does_not_start_where_the_folder_of_saved_documents_is_missing()
    {
        Write("appsettings.json", """{ "Server": { "Queries": "own" } }""");
        var host = SomeHost.In(folder.FullName);
        var settings = SettingsReader.Read(host, null);
        var run = new ServerRun(host, settings, ListenUrls.Parse("http://127.0.0.1:0"));
        var failure = await Assert.ThrowsAsync<CommandException>(() => run.UntilStoppedAsync(TestContext.Current.CancellationToken));
        Assert.Equal($"setting Server:Queries: there is no folder '{Path.Combine(folder.FullName, "own")}'", failure.Message);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{ "Server": { "Cors": ["*"] } }""", "*")]
    [InlineData("""{ "Server": { "Cors": ["https://radio.example.org", "http://localhost:3000", "http://[::1]:3000"] } }""",
        "https://radio.example.org", "http://localhost:3000", "http://[::1]:3000")]
    public void Pages_of_other_origins_may_ask_where_they_are_named(string file, params string[] origins)
    {
        Write("appsettings.json", file);
        Assert.Equal(origins, SettingsReader.Read(SomeHost.In(folder.FullName), null).Cors);
    }

    [Fact]
    public void Cards_of_the_dashboard_may_be_framed_where_they_and_the_origins_are_named()
    {
        var embed = SettingsReader.Read(SomeHost.In(folder.FullName), null).Embed;
        Assert.Empty(embed.Cards.Concat(embed.Origins));
        Write("appsettings.json", """{ "Server": { "Embed": { "Cards": ["countries", "entry-mounts"], "Origins": ["https://radio.example"] } } }""");
        embed = SettingsReader.Read(SomeHost.In(folder.FullName), null).Embed;
        Assert.Equal(("countries entry-mounts", "https://radio.example"), (string.Join(' ', embed.Cards), string.Join(' ', embed.Origins)));
    }

    [Fact]
    public void Every_limit_of_the_server_can_be_configured()
    {
        var numbers = LimitsReader.Keys.Select((key, index) => (Key: key, Number: key.EndsWith("Bytes", StringComparison.Ordinal) ? 2_000 + index
            : key.EndsWith("Length", StringComparison.Ordinal) ? 300 : index + 1)).ToList();
        Write("appsettings.json", $$"""{ "Server": { "Limits": { {{string.Join(", ", numbers.Select(n => $"\"{n.Key}\": {n.Number}"))}} } } }""");
        var limits = SettingsReader.Read(SomeHost.In(folder.FullName), null).Limits;
        Assert.All(numbers, n => Assert.Equal(n.Number, typeof(GraphQLLimits).GetProperty(n.Key)!.GetValue(limits)));
        Assert.Equal(typeof(GraphQLLimits).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(), LimitsReader.Keys.Order());
    }

    [Fact]
    public void Every_limit_of_uploads_and_the_token_can_be_configured()
    {
        Write("appsettings.json", """
            { "Token": "abc", "Server": { "Ingest": { "MaximumBytes": 67108865, "MaximumUncompressedBytes": 5000000000, "MaximumRatio": 11, "MaximumLines": 1000001,
              "MaximumLineBytes": 65537, "MaximumUploads": 3, "MinimumBytesPerSecond": 0, "MaximumTime": "5m" } } }
            """);
        var settings = SettingsReader.Read(SomeHost.In(folder.FullName), null);
        Assert.Equal("abc", settings.Token);
        Assert.Equal(
            new UploadLimits
            {
                MaximumBytes = 67_108_865,
                MaximumUncompressedBytes = 5_000_000_000,
                MaximumRatio = 11,
                MaximumLines = 1_000_001,
                MaximumLineBytes = 65_537,
                MaximumUploads = 3,
                MinimumBytesPerSecond = 0,
                MaximumTime = TimeSpan.FromMinutes(5),
            },
            settings.Uploads);
        Assert.Equal(typeof(UploadLimits).GetProperties().Where(p => p.CanWrite).Select(p => p.Name).Order(), UploadLimitsReader.Keys.Order());
    }

    [Theory]
    [InlineData("64MB")]
    [InlineData("64MiB")]
    [InlineData("1GB")]
    public void The_least_memory_is_enough(string memory)
    {
        Write("appsettings.json", $$"""{ "Reports": { "MemoryLimit": "{{memory}}" } }""");
        Assert.Equal(memory, SettingsReader.Read(SomeHost.In(folder.FullName), null).Reports.MemoryLimit);
    }

    [Fact]
    public void A_variable_that_means_nothing_is_told_and_ignored()
    {
        using var error = new StringWriter();
        var host = SomeHost.In(folder.FullName, ("STATSGRAPH_DEFAULTSIT", "radio"), ("STATSGRAPH_DATA", "x")) with { Error = error };
        Assert.Null(SettingsReader.Read(host, null).DefaultSite);
        Assert.Equal(
            "statsgraph: variable STATSGRAPH_DEFAULTSIT is unknown and ignored; expected STATSGRAPH_ and one of Data, DefaultSite, Token, Sites, Ingest, Reports, Server, Compliance, Schedules, Mail",
            error.ToString().TrimEnd());
    }

    [Theory]
    [InlineData("{ \"Sites\": ")]
    [InlineData("[]")]
    [InlineData("""{ "Data": "a", "Data": "b" }""")]
    public void A_file_that_cannot_be_read_is_told_by_its_path(string text)
    {
        Write("appsettings.json", text);
        var failure = Assert.Throws<CommandException>(() => SettingsReader.Read(SomeHost.In(folder.FullName), null));
        Assert.StartsWith(Path.Combine(folder.FullName, "appsettings.json") + ": ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", true)]
    [InlineData("http://localhost:5080/;http://[::1]:5081", true)]
    [InlineData("http://127.0.0.2:0", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://127.0.0.1:5080;http://192.168.1.7:5080", false)]
    [InlineData("http://localhost.example:5080", false)]
    [InlineData("http://127.0.0.1.example:5080", false)]
    public void Only_addresses_of_this_machine_are_taken_for_its_own(string urls, bool loopbackOnly)
        => Assert.Equal(loopbackOnly, ListenUrls.Parse(urls).LoopbackOnly);

    [Theory]
    [InlineData("http://x@127.0.0.1:5988")]
    [InlineData("http://127.0.0.1:80@0.0.0.0:5988")]
    [InlineData("http://127.0.0.1:5988?a")]
    [InlineData("http://127.0.0.1:5988#a")]
    [InlineData("http://127.0.0.1:5988/stats")]
    [InlineData("http://127.0.0.1:port")]
    [InlineData("http://127.0.0.1:70000")]
    [InlineData("http://unix:/run/statsgraph.sock")]
    [InlineData("http://")]
    [InlineData("127.0.0.1:5080")]
    [InlineData(";")]
    public void What_kestrel_might_take_for_another_address_is_none(string urls)
        => Assert.Throws<FormatException>(() => ListenUrls.Parse(urls));

    private void Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
