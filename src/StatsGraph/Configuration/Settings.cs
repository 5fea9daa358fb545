using System.Net;
using Microsoft.Extensions.Logging;
using StatsGraph.Compliance.Channels;
using StatsGraph.Compliance.Use;
using StatsGraph.Ingest;
using StatsGraph.Ingest.Uploads;
using StatsGraph.Printing;
using StatsGraph.Reports;
using StatsGraph.Schedules;
using StatsGraph.Server;
using StatsGraph.Server.Auth;
using StatsGraph.Server.Edge;
using StatsGraph.Server.Telemetry;

namespace StatsGraph.Configuration;

/// <summary>Everything that can be configured, read and checked once.</summary>
internal sealed record Settings
{
    /// <summary>Key of the site where neither the command line nor the configuration names one.</summary>
    public const string FallbackSite = "default";

    /// <summary>Where the server listens unless told otherwise: this machine only.</summary>
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>Megabytes of answers that the server keeps unless told otherwise.</summary>
    public const int DefaultAnswerCacheMegabytes = 64;

    /// <summary>What the server says of caching unless told otherwise: a client may keep an answer, and has to ask whether it still holds.</summary>
    public const string DefaultCacheControl = "private, no-cache";

    /// <summary>Absolute path of the data folder; it need not exist.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Configured sites by key.</summary>
    public required IReadOnlyDictionary<string, SiteSettings> Sites { get; init; }

    /// <summary>Key of the site that logs belong to when <c>--site</c> is not given; null where it is not configured.</summary>
    public required string? DefaultSite { get; init; }

    /// <summary>Lines that a commit holds at most.</summary>
    public required int LinesPerCommit { get; init; }

    /// <summary>Limits of reports.</summary>
    public required ReportOptions Reports { get; init; }

    /// <summary>Whether the server keeps the sessions in columns, in memory and beside the lake, and answers from them.</summary>
    public required bool Columns { get; init; }

    /// <summary>Addresses that the server listens on.</summary>
    public required ListenUrls Urls { get; init; }

    /// <summary>Path that comes before all others of the server; empty for none.</summary>
    public required string PathBase { get; init; }

    /// <summary>Proxies that the server believes whom they pass requests on for; nobody else.</summary>
    public required IReadOnlyList<IPNetwork> Proxies { get; init; }

    /// <summary>Absolute paths of the certificate of the https addresses; null for none.</summary>
    public required CertificateFiles? Certificate { get; init; }

    /// <summary>Days for which browsers that came by https are to come by https alone; 0 to say nothing of it.</summary>
    public required int HstsDays { get; init; }

    /// <summary>Names that clients may call the server by, beside this machine's own; empty for those that follow from <see cref="Urls"/>.</summary>
    public required IReadOnlyList<string> AllowedHosts { get; init; }

    /// <summary>Origins whose pages may ask the server; <c>*</c> among them for all; empty for none but its own.</summary>
    public required IReadOnlyList<string> Cors { get; init; }

    /// <summary>Which cards of the dashboard pages of other sites may frame.</summary>
    public EmbedOptions Embed { get; init; } = new();

    /// <summary>Bytes of answers that the server keeps; 0 for none.</summary>
    public required long AnswerCacheBytes { get; init; }

    /// <summary>What caches on the way may do with the answer to a GET.</summary>
    public required string CacheControl { get; init; }

    /// <summary>Whether the server explains its answers; null where that follows from <see cref="Urls"/>.</summary>
    public required bool? Explain { get; init; }

    /// <summary>Whether requests may ask the server for its schema by introspection.</summary>
    public required bool Introspection { get; init; }

    /// <summary>Absolute path of the folder of further saved documents; null for none.</summary>
    public required string? QueriesFolder { get; init; }

    /// <summary>Whether the server answers saved documents and no others.</summary>
    public required bool TrustedDocumentsOnly { get; init; }

    /// <summary>Absolute path of the folder of further profiles of compliance reports; null for none.</summary>
    public string? ProfilesFolder { get; init; }

    /// <summary>The paper that compliance reports are printed for; null for that of those whom a report is for.</summary>
    public PaperFormat? Paper { get; init; }

    /// <summary>The fonts that pages are printed in.</summary>
    public PrintFonts Fonts { get; init; } = PrintFonts.Carried;

    /// <summary>What one request to the server may ask for.</summary>
    public required GraphQLLimits Limits { get; init; }

    /// <summary>What a log that is sent to the server may bring.</summary>
    public required UploadLimits Uploads { get; init; }

    /// <summary>What subscriptions may take.</summary>
    public required LiveOptions Live { get; init; }

    /// <summary>Token for the server that logs are sent to; null for none.</summary>
    public required string? Token { get; init; }

    /// <summary>How much a caller may ask the server for.</summary>
    public required CallerLimits CallerLimits { get; init; }

    /// <summary>Whether the server asks for tokens; null where that follows from the rest.</summary>
    public required AccessMode? Access { get; init; }

    /// <summary>What the server tells of itself, and to whom.</summary>
    public required TelemetryOptions Telemetry { get; init; }

    /// <summary>Least important messages of the server that are logged.</summary>
    public required LogLevel LogLevel { get; init; }

    /// <summary>What is made at certain times, in the order of the names.</summary>
    public required IReadOnlyList<Schedule> Schedules { get; init; }

    /// <summary>Whether the server may be reached from other machines, and everybody may read every site.</summary>
    public required bool Public { get; init; }

    /// <summary>
    /// Key of the site that logs belong to: the one asked for, else the default one, else the only configured one, else <c>default</c>.
    /// </summary>
    public string ResolveSite(string? asked)
        => asked ?? DefaultSite ?? (Sites.Count == 1 ? Sites.Keys.Single() : FallbackSite);

    /// <summary>Settings of a site; those of a site that configures nothing where it is not configured.</summary>
    public SiteSettings Site(string key)
        => Sites.GetValueOrDefault(key) ?? new SiteSettings(new SiteProfile { Key = key }, ClassificationRules.Default, Logs: []);
}

/// <summary>What is configured for one site.</summary>
/// <param name="Profile">How it is shown.</param>
/// <param name="Rules">What its log lines are.</param>
/// <param name="Logs">Logs that a server follows: files, folders, globs.</param>
/// <param name="Retention">How old its lines may become; null for any age.</param>
/// <param name="IsPublic">Whether everybody may read its figures.</param>
/// <param name="Channels">Which of its mounts are one channel of compliance reports; null where each is.</param>
internal sealed record SiteSettings(
    SiteProfile Profile, ClassificationRules Rules, IReadOnlyList<string> Logs, Retention? Retention = null, bool IsPublic = false,
    ChannelMap? Channels = null)
{
    /// <summary>What reports of use say of it.</summary>
    public ReportOfUseTerms Use { get; init; } = ReportOfUseTerms.None;
}
