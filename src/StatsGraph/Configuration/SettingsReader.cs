using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using NodaTime;
using StatsGraph.Compliance;
using StatsGraph.Compliance.Channels;
using StatsGraph.Ingest;
using StatsGraph.Printing;
using StatsGraph.Reports;
using StatsGraph.Server.Auth;
using StatsGraph.Terminal;

namespace StatsGraph.Configuration;

/// <summary>
/// Reads the settings from <c>appsettings.json</c> of the working folder, then of the data folder, then from <c>STATSGRAPH_*</c>
/// environment variables; what comes later wins, and the command line wins over all.
/// </summary>
internal static partial class SettingsReader
{
    /// <summary>Name of the configuration files.</summary>
    public const string FileName = "appsettings.json";

    /// <summary>Settings of a site.</summary>
    public static readonly IReadOnlyList<string> SiteKeys =
        ["Name", "TimeZone", "MountAliases", "Bots", "Relays", "Players", "DurationCeilingDays", "Logs", "Retention", "Public", "Channels", "PlayCeilingMinutes", "ReportOfUse"];

    /// <summary>Settings of compliance reports.</summary>
    public static readonly IReadOnlyList<string> ComplianceKeys = ["Profiles", "Paper", "Fonts"];

    /// <summary>Settings of the ingest.</summary>
    public static readonly IReadOnlyList<string> IngestKeys = ["LinesPerCommit"];

    /// <summary>Settings of reports.</summary>
    public static readonly IReadOnlyList<string> ReportKeys =
        ["SettlingHours", "MemoryLimit", "MaximumYears", "MaximumBuckets", "MaximumGroups", "QueryTimeout", "Columns"];

    /// <summary>Settings and sections of the server; a reader for each section has those of it.</summary>
    public static readonly IReadOnlyList<string> ServerKeys =
        [
            "Urls", "Access", "Public", "PathBase", "AllowedHosts", "Cors", "AnswerCacheMegabytes", "CacheControl", "Explain", "Introspection", "Queries",
            "TrustedDocumentsOnly", "Proxies", "Certificate", "CertificateKey", "HstsDays", "Limits", "Ingest", "Live", "Embed",
            TelemetryReader.TelemetrySection, TelemetryReader.LoggingSection, TelemetryReader.SlowQuery,
        ];

    /// <summary>Settings and sections that stand in no section.</summary>
    public static readonly IReadOnlyList<string> RootKeys = ["Data", "DefaultSite", "Token", "Sites", "Ingest", "Reports", "Server", "Compliance", ScheduleReader.SectionName, MailReader.SectionName];

    private const string EnvironmentPrefix = "STATSGRAPH_";

    private const int MinimumMegabytes = 64;

    /// <summary>Reads and checks all settings.</summary>
    /// <param name="host">Working folder and environment.</param>
    /// <param name="dataFolder">The data folder of the command line; null where it names none.</param>
    /// <exception cref="CommandException">A file is no JSON or a setting is wrong; the message names the file or the key.</exception>
    public static Settings Read(CommandHost host, string? dataFolder)
    {
        var working = Path.Combine(host.WorkingFolder, FileName);
        WarnOfUnknownVariables(host);
        var data = Path.GetFullPath(dataFolder ?? Build(host, working)["Data"] ?? "data", host.WorkingFolder);
        return Bind(host, new SettingsSection(Build(host, working, Path.Combine(data, FileName)), ""), data);
    }

    private static IConfigurationRoot Build(CommandHost host, params string[] files)
    {
        var builder = new ConfigurationBuilder();
        foreach (var file in files.Where(File.Exists))
        {
            builder.AddInMemoryCollection(ReadFile(file));
        }

        return builder.AddInMemoryCollection(ReadEnvironment(host)).Build();
    }

    private static List<KeyValuePair<string, string?>> ReadFile(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var settings = new ConfigurationBuilder().AddJsonStream(stream).Build();
            new SettingsSection(settings, "").ThrowIfUnknownKeys(RootKeys);
            return [.. settings.AsEnumerable()];
        }
        catch (Exception invalid) when (invalid is FormatException or InvalidDataException or JsonException)
        {
            throw CommandException.Failed($"{file}: {invalid.GetBaseException().Message}", invalid);
        }
    }

    /// <summary>Variables may be another program's, so one that means nothing stops nothing.</summary>
    private static void WarnOfUnknownVariables(CommandHost host)
    {
        foreach (var (key, _) in ReadEnvironment(host))
        {
            var root = key.Split(ConfigurationPath.KeyDelimiter)[0];
            if (!RootKeys.Contains(root, StringComparer.OrdinalIgnoreCase))
            {
                host.Error.WriteLine(ErrorLine.Of(
                    $"variable {EnvironmentPrefix}{root} is unknown and ignored; expected {EnvironmentPrefix} and one of {string.Join(", ", RootKeys)}"));
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> ReadEnvironment(CommandHost host)
        => host.Environment
            .Where(variable => variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase) && variable.Value.Length > 0)
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => KeyValuePair.Create(
                variable.Key[EnvironmentPrefix.Length..].Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal),
                (string?)variable.Value));

    private static Settings Bind(CommandHost host, SettingsSection root, string dataFolder)
    {
        var server = root.Section("Server");
        server.ThrowIfUnknownKeys(ServerKeys);
        var sites = BindSites(root.Section("Sites"));
        var schedules = new ScheduleReader(
            host, MailReader.Read(host, root.Section(MailReader.SectionName)), site => sites.GetValueOrDefault(site)?.Profile.TimeZone ?? "UTC");
        return new Settings
        {
            DataFolder = dataFolder,
            Sites = sites,
            Schedules = schedules.Read(root.Section(ScheduleReader.SectionName)),
            DefaultSite = root.Text("DefaultSite") is not { } site || SiteKey.IsValid(site) ? root.Text("DefaultSite")
                : throw root.Wrong("DefaultSite", $"'{site}' is no site key; expected {SiteKey.Expectation}"),
            LinesPerCommit = BindLinesPerCommit(root.Section("Ingest")),
            Reports = BindReports(root.Section("Reports")),
            Columns = root.Section("Reports").Flag("Columns", fallback: true),
            Urls = BindUrls(server),
            Access = BindAccess(server),
            Public = server.Flag("Public", fallback: false),
            PathBase = BindPathBase(server),
            Proxies = EdgeReader.Proxies(server),
            Certificate = EdgeReader.Certificate(server, host.WorkingFolder),
            HstsDays = EdgeReader.HstsDays(server),
            AllowedHosts = server.Texts("AllowedHosts"),
            Cors = EdgeReader.Cors(server),
            Embed = EmbedReader.Read(server.Section("Embed")),
            AnswerCacheBytes = (long)server.Integer("AnswerCacheMegabytes", Settings.DefaultAnswerCacheMegabytes, minimum: 0, maximum: 1_000_000) << 20,
            CacheControl = BindCacheControl(server),
            Explain = server.Text("Explain") is null ? null : server.Flag("Explain", fallback: false),
            Introspection = server.Flag("Introspection", fallback: true),
            QueriesFolder = server.Text("Queries") is { } queries ? Path.GetFullPath(queries, host.WorkingFolder) : null,
            ProfilesFolder = BindProfiles(root.Section("Compliance")) is { } profiles ? Path.GetFullPath(profiles, host.WorkingFolder) : null,
            Paper = BindPaper(root.Section("Compliance")),
            Fonts = BindFonts(root.Section("Compliance"), host.WorkingFolder),
            TrustedDocumentsOnly = server.Flag("TrustedDocumentsOnly", fallback: false),
            Limits = LimitsReader.Read(server.Section("Limits")),
            Live = LiveReader.Read(server.Section("Live")),
            CallerLimits = LimitsReader.ReadCallers(server.Section("Limits")),
            Uploads = UploadLimitsReader.Read(server.Section("Ingest")),
            Token = root.Text("Token"),
            Telemetry = TelemetryReader.Read(server),
            LogLevel = TelemetryReader.ReadLevel(server),
        };
    }

    /// <summary>Keys are lower-cased: environment variables are often written in capitals.</summary>
    private static SortedDictionary<string, SiteSettings> BindSites(SettingsSection sites)
    {
        var bound = new SortedDictionary<string, SiteSettings>(StringComparer.Ordinal);
        foreach (var name in sites.Keys)
        {
            var key = name.ToLowerInvariant();
            if (!SiteKey.IsValid(key))
            {
                throw sites.Wrong(name, $"'{name}' is no site key; expected {SiteKey.Expectation}");
            }

            bound[key] = BindSite(key, sites.Section(name));
        }

        return bound;
    }

    private static SiteSettings BindSite(string key, SettingsSection site)
    {
        site.ThrowIfUnknownKeys(SiteKeys);
        var rules = ClassificationRules.Default;
        var channels = BindChannels(site);
        return new SiteSettings(
            new SiteProfile
            {
                Key = key,
                Name = site.Text("Name"),
                TimeZone = BindTimeZone(site),
                MountAliases = site.Map("MountAliases"),
                ChannelOf = (channels ?? ChannelMap.EachMount).NameOf,
                PlayCeiling = site.Time("PlayCeilingMinutes", TimeSpan.FromMinutes(1), new SiteProfile { Key = key }.PlayCeiling, minimum: 1, maximum: 1_440),
            },
            rules with
            {
                Relays = [.. rules.Relays, .. site.Texts("Relays")],
                Bots = site.Patterns("Bots"),
                Players = site.Patterns("Players"),
                DurationCeiling = site.Time("DurationCeilingDays", TimeSpan.FromDays(1), rules.DurationCeiling, minimum: 0.01, maximum: 3_650),
            },
            BindLogs(site),
            BindRetention(site),
            site.Flag("Public", fallback: false),
            channels)
        {
            Use = UseReader.Read(site.Section("ReportOfUse")),
        };
    }

    private static ChannelMap? BindChannels(SettingsSection site)
    {
        var channels = site.Section("Channels");
        try
        {
            return channels.Keys.ToDictionary(name => name, channels.Texts, StringComparer.Ordinal) is { Count: > 0 } groups
                ? ChannelMap.Of(groups, site.Map("MountAliases")) : null;
        }
        catch (ComplianceException wrong)
        {
            throw site.Wrong("Channels", wrong.Message);
        }
    }

    private static string? BindProfiles(SettingsSection compliance)
    {
        compliance.ThrowIfUnknownKeys(ComplianceKeys);
        return compliance.Text("Profiles");
    }

    private static PaperFormat? BindPaper(SettingsSection compliance) => compliance.Text("Paper")?.ToUpperInvariant() switch
    {
        null => null,
        "A4" => PaperFormat.A4,
        "LETTER" => PaperFormat.Letter,
        _ => throw compliance.Wrong("Paper", $"'{compliance.Text("Paper")}' is no paper; expected A4 or Letter"),
    };

    private static PrintFonts BindFonts(SettingsSection compliance, string workingFolder)
    {
        try
        {
            return compliance.Texts("Fonts") is { Count: > 0 } fonts ? new PrintFonts(fonts.Select(font => Path.GetFullPath(font, workingFolder))) : PrintFonts.Carried;
        }
        catch (FontException wrong)
        {
            throw compliance.Wrong("Fonts", wrong.Message);
        }
    }

    private static Retention? BindRetention(SettingsSection site)
    {
        try
        {
            return site.Text("Retention") is { } age ? Retention.Parse(age) : null;
        }
        catch (FormatException invalid)
        {
            throw site.Wrong("Retention", invalid.Message);
        }
    }

    private static IReadOnlyList<string> BindLogs(SettingsSection site)
        => site.Texts("Logs") is var logs && !logs.Contains("-") ? logs
            : throw site.Wrong("Logs", "'-' cannot be followed; expected files, folders and globs");

    private static string BindTimeZone(SettingsSection site)
        => site.Text("TimeZone") is not { } zone ? "UTC"
            : IsIana(zone) ? zone
            : throw site.Wrong("TimeZone", $"'{zone}' is no IANA time zone; expected one such as Europe/Berlin");

    /// <summary>Whether reports take it: NodaTime also knows <c>UTC+02</c> and the like, which are no names of the IANA.</summary>
    public static bool IsIana(string zone)
        => (zone == "UTC" || !zone.StartsWith("UTC", StringComparison.Ordinal)) && DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    private static int BindLinesPerCommit(SettingsSection ingest)
    {
        ingest.ThrowIfUnknownKeys(IngestKeys);
        return ingest.Integer("LinesPerCommit", IngestOptions.DefaultLinesPerCommit, minimum: 1, maximum: 1_000_000);
    }

    private static ReportOptions BindReports(SettingsSection reports)
    {
        reports.ThrowIfUnknownKeys(ReportKeys);
        var options = new ReportOptions();
        return new ReportOptions
        {
            SettlingTime = reports.Time("SettlingHours", TimeSpan.FromHours(1), options.SettlingTime, minimum: 0, maximum: 8_760),
            MemoryLimit = BindMemory(reports, options.MemoryLimit),
            MaximumYears = reports.Integer("MaximumYears", options.MaximumYears, minimum: 1, maximum: 100),
            MaximumBuckets = reports.Integer("MaximumBuckets", options.MaximumBuckets, minimum: 1, maximum: 1_000_000),
            MaximumGroups = reports.Integer("MaximumGroups", options.MaximumGroups, minimum: 1, maximum: 100_000_000),
            QueryTimeout = reports.Length("QueryTimeout", options.QueryTimeout),
        };
    }

    /// <summary>With less than the minimum the query engine fails at the first question, and does not say which setting is to blame.</summary>
    private static string BindMemory(SettingsSection reports, string fallback)
    {
        var memory = reports.Text("MemoryLimit") ?? fallback;
        var size = MemorySize().Match(memory);
        if (!size.Success)
        {
            throw reports.Wrong("MemoryLimit", $"'{memory}' is no amount of memory; expected one such as 512MB or 4GB");
        }

        var number = long.Parse(size.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);
        return !size.Groups["mega"].Success || number >= MinimumMegabytes ? memory
            : throw reports.Wrong("MemoryLimit", string.Create(CultureInfo.InvariantCulture, $"'{memory}' is less than {MinimumMegabytes}MB"));
    }

    private static ListenUrls BindUrls(SettingsSection server)
    {
        try
        {
            return ListenUrls.Parse(server.Text("Urls") ?? Settings.DefaultUrls);
        }
        catch (FormatException invalid)
        {
            throw server.Wrong("Urls", invalid.Message);
        }
    }

    private static AccessMode? BindAccess(SettingsSection server) => server.Text("Access")?.ToLowerInvariant() switch
    {
        null => null,
        "open" => AccessMode.Open,
        "tokens" => AccessMode.Tokens,
        var text => throw server.Wrong("Access", $"'{text}' is neither open nor tokens"),
    };

    private static string BindCacheControl(SettingsSection server)
        => server.Text("CacheControl") is not { } text ? Settings.DefaultCacheControl
            : CacheControlHeaderValue.TryParse(text, out _) ? text
            : throw server.Wrong("CacheControl", $"'{text}' is no value of Cache-Control; expected one such as private, max-age=60");

    private static string BindPathBase(SettingsSection server)
        => server.Text("PathBase") is not { } path ? ""
            : PathSegments().IsMatch(path) ? path
            : throw server.Wrong("PathBase", $"'{path}' is no path; expected one such as /stats");

    [GeneratedRegex(@"\A(/[A-Za-z0-9._~-]+)+\z")]
    private static partial Regex PathSegments();

    [GeneratedRegex(@"\A(?<number>[1-9][0-9]{0,8})((?<mega>MB|MiB)|GB|TB|GiB|TiB)\z", RegexOptions.IgnoreCase)]
    private static partial Regex MemorySize();
}
